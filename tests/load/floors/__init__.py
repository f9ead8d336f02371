"""Floor programs: the least a server on our stack can do. The bench runs them beside the product, in the same windows."""
