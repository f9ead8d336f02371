"""Web processes behind one port, and a worker."""
