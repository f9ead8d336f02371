"""Positive controls: the product, broken on purpose. Each is started in its place (`python -m tests.load.broken.…`) and must be found out.

Whoever changes what one of them breaks must keep it broken in the same way, or its fault test proves nothing.
"""
