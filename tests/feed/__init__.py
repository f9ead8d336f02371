"""Posts and their receipts."""
