"""The positive control of the open snapshot: the product on SQLite's old journal, in which one reader holds every writer up."""

import sys
from typing import Any

from server.__main__ import main
from server.db import sqlite

listen = sqlite._listen


def old(engine: Any, pragmas: list[str]) -> None:
    listen(engine, [one.replace("journal_mode=WAL", "journal_mode=DELETE") for one in pragmas])


sqlite._listen = old

if __name__ == "__main__":
    sys.exit(main())
