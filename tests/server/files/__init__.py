"""Files, from the first byte to the last download."""
