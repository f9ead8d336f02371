"""The product, and how much it reads: every snapshot and every statement of SQLite's readers is counted into a small file.

`TENFOUR_TEST_COUNT` names the file; it holds two numbers of eight bytes: snapshots, statements.
"""

import mmap
import os
import struct
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from server.__main__ import main
from server.db import sqlite

NUMBERS = struct.Struct("<QQ")
listen = sqlite._listen


def read(file: Path) -> tuple[int, int]:
    snapshots, statements = NUMBERS.unpack(file.read_bytes()[: NUMBERS.size])
    return snapshots, statements


class Counter:
    """SQLite says what it runs; each of its connections is one thread's at a time, so the counts are sums of their own numbers."""

    def __init__(self, name: str) -> None:
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o644)
        os.truncate(handle, NUMBERS.size)
        self.shared = mmap.mmap(handle, NUMBERS.size)
        self.snapshots = self.statements = 0

    def ran(self, statement: str) -> None:
        if statement.startswith("BEGIN"):
            self.snapshots += 1
        elif not statement.startswith(("COMMIT", "ROLLBACK", "PRAGMA", "--")):
            self.statements += 1
        NUMBERS.pack_into(self.shared, 0, self.snapshots, self.statements)


def counting(engine: Any, pragmas: list[str]) -> None:
    listen(engine, pragmas)
    if "query_only=ON" in pragmas:

        @event.listens_for(engine, "connect")
        def _connect(connection: Any, _: object) -> None:
            connection.set_trace_callback(COUNTER.ran)


if "TENFOUR_TEST_COUNT" in os.environ:
    COUNTER = Counter(os.environ["TENFOUR_TEST_COUNT"])
    sqlite._listen = counting

if __name__ == "__main__":
    sys.exit(main())
