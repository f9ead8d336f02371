"""Roles: what they give, who holds them, and that a change is felt at once."""
