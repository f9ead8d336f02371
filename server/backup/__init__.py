"""A company in one portable file: written while it is served, put back into an empty SQLite or PostgreSQL."""
