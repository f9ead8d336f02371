"""What a careless or hostile client can send, and what it gets."""
