"""The positive control of the kill test: the product, but on SQLite it answers first and commits up to a quarter second later.

Whoever changes how the server opens SQLite must keep this broken in the same way, or the kill test proves nothing.
"""

import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from server.__main__ import main
from server.db import sqlite
from server.db.database import Lanes

LATE = 0.25


class Lateness:
    """Off while the server sets its tables up, on as soon as it serves."""

    serving = False
    last = 0.0

    def may_commit(self) -> bool:
        if self.serving and time.monotonic() - self.last < LATE:
            return False
        self.last = time.monotonic()
        return True


lateness = Lateness()
open_engine, start = sqlite._engine, sqlite.SqliteWriter.start


def late_engine(file: Path, begin: str, pool: type, **options: int) -> Engine:
    """The writer's transactions stay open; COMMIT happens only now and then, ROLLBACK only before serving."""
    if begin != "BEGIN IMMEDIATE":
        return open_engine(file, begin, pool, **options)
    engine = open_engine(file, "SELECT 1", pool, **options)

    @event.listens_for(engine, "begin")
    def _begin(conn: Any) -> None:
        if not conn.connection.driver_connection.in_transaction:
            conn.exec_driver_sql(begin)

    def commit(connection: Any) -> None:
        if lateness.may_commit():
            connection.commit()

    def roll_back(connection: Any) -> None:
        if not lateness.serving:
            connection.rollback()

    dialect: Any = engine.dialect
    dialect.do_commit, dialect.do_rollback = commit, roll_back
    return engine


def late_start(writer: sqlite.SqliteWriter, lanes: Lanes) -> None:
    lateness.serving = True
    start(writer, lanes)


sqlite._engine = late_engine
writer_class: Any = sqlite.SqliteWriter
writer_class.start = late_start

if __name__ == "__main__":
    sys.exit(main())
