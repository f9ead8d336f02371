"""The positive control of the power loss: the product under the same recorder, with SQLite's `synchronous=NORMAL`."""

import sys
from typing import Any

import tests.load.recorded
from server.__main__ import main
from server.db import sqlite

assert tests.load.recorded.RECORDER is not None
listen = sqlite._listen


def careless(engine: Any, pragmas: list[str]) -> None:
    assert "synchronous=FULL" in pragmas or "query_only=ON" in pragmas
    listen(engine, [one.replace("synchronous=FULL", "synchronous=NORMAL") for one in pragmas])


sqlite._listen = careless

if __name__ == "__main__":
    sys.exit(main())
