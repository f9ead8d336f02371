"""Sealed values and their keys."""
