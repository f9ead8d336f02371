"""What a person reads in a document, as plain words and tables. Runs in a limited process (`child.py`), never in the server's."""
