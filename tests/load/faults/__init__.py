"""One small file a fault: how the world is set up, what goes wrong, and how often. Runner, talkers and checker are everybody's."""
