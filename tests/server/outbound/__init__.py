"""The one client for addresses outside."""
