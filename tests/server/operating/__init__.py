"""The operator's acts, the local socket, backup and restore."""
