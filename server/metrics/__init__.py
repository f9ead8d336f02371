"""Figures for the operator's monitoring: `/metrics` in Prometheus' text form."""
