"""Jobs and the runner."""
