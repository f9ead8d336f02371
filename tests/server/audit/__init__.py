"""The audit log: what is written, sealed, read and taken out."""
