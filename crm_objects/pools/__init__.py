"""Pools (公海): what nobody owns lies in one, for its people to see and its administrators to give out (POOL-01 … 03)."""
