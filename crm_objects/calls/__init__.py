"""Dialling by one tap, and who is calling (W13)."""
