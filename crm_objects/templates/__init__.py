"""Declarations of kinds of records, and nothing else."""
