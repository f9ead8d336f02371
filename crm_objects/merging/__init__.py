"""Two records that are one: merging them field by field, and undoing it within seven days (W42)."""
