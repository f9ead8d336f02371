"""Who may see and do what, looked at from outside."""
