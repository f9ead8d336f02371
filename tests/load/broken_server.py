"""The positive control of the kill test: the product, but on SQLite it answers first and commits up to a quarter second later.

Whoever changes how the server opens SQLite must keep this broken in the same way, or the kill test proves nothing.
"""

import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from server.__main__ import main
from server.db import sqlite

LATE = 0.25
open_engine = sqlite._engine


def late_engine(file: Path, begin: str, pool: type, **options: int) -> Engine:
    """The writer's transactions stay open; COMMIT and ROLLBACK happen only now and then."""
    if begin != "BEGIN IMMEDIATE":
        return open_engine(file, begin, pool, **options)
    engine = open_engine(file, "SELECT 1", pool, **options)
    last = time.monotonic()

    @event.listens_for(engine, "begin")
    def _begin(conn: Any) -> None:
        if not conn.connection.driver_connection.in_transaction:
            conn.exec_driver_sql(begin)

    def commit(connection: Any) -> None:
        nonlocal last
        if time.monotonic() - last > LATE:
            last = time.monotonic()
            raw: sqlite3.Connection = connection.driver_connection
            raw.commit()

    dialect: Any = engine.dialect
    dialect.do_commit = commit
    dialect.do_rollback = lambda _: None
    return engine


sqlite._engine = late_engine

if __name__ == "__main__":
    sys.exit(main())
