"""Whole stories, from outside."""
