"""The positive control of the full disk: the product, but when SQLite cannot commit it is answered as if it could."""

import sqlite3
import sys
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine

from server.__main__ import main
from server.db import sqlite

open_engine = sqlite._engine


def careless(file: Any, begin: str, pool: type, **options: int) -> Engine:
    engine = open_engine(file, begin, pool, **options)

    def commit(connection: Any) -> None:
        try:
            connection.commit()
        except sqlite3.OperationalError:
            with suppress(sqlite3.OperationalError):
                connection.rollback()

    dialect: Any = engine.dialect
    dialect.do_commit = commit
    return engine


sqlite._engine = careless

if __name__ == "__main__":
    sys.exit(main())
