"""The command line, one file per group of commands; `server/__main__.py` lists them."""
