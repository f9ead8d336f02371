"""Signing in, sessions, invitations, foreign pages."""
