"""Where the skeleton keeps its messages: one transaction for each batch, durable when `write` returns."""

import sqlite3
from collections.abc import Sequence
from typing import Protocol

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

Row = tuple[str, bytes]  # room, text


class Store(Protocol):
    def write(self, rows: Sequence[Row], at: int) -> None: ...


class SqliteStore:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, cached_statements=1024)
        run = self.connection.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        run(
            "CREATE TABLE IF NOT EXISTS message"
            " (id INTEGER PRIMARY KEY, room TEXT, sender TEXT, at INTEGER, text TEXT)"
        )
        run("CREATE INDEX IF NOT EXISTS message_by_room ON message (room, id)")

    def write(self, rows: Sequence[Row], at: int) -> None:
        """One statement, so that the interpreter's lock changes hands once for each batch and not once for each row."""
        values = ",".join(["(?,'somebody',?,?)"] * len(rows))
        given = [value for room, text in rows for value in (room, at, text.decode())]
        self.connection.execute(f"INSERT INTO message (room, sender, at, text) VALUES {values}", given)


class PostgresStore:
    """One prepared statement for each batch, whole columns as binary arrays: nothing is escaped or looked at again."""

    INSERT = (
        b"INSERT INTO message (room, sender, at, text) SELECT room, 'somebody', $1, text"
        b" FROM unnest($2::text[], $3::text[]) AS given (room, text)"
    )

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS message (id bigserial PRIMARY KEY, room text, sender text, at bigint, text text)"
        )
        self.connection.execute("CREATE INDEX IF NOT EXISTS message_by_room ON message (room, id)")
        self.libpq = self.connection.pgconn
        checked(self.libpq.prepare(b"write", self.INSERT))

    def write(self, rows: Sequence[Row], at: int) -> None:
        columns = [
            at.to_bytes(8, "big"),
            text_array([room.encode() for room, _ in rows]),
            text_array([t for _, t in rows]),
        ]
        checked(self.libpq.exec_prepared(b"write", columns, [1, 1, 1]))


def text_array(texts: Sequence[bytes]) -> bytes:
    """PostgreSQL's binary form of a text[]: dimensions, nulls, element type 25, length, lower bound, elements."""
    head = b"".join(word.to_bytes(4, "big") for word in (1, 0, 25, len(texts), 1))
    return head + b"".join([len(text).to_bytes(4, "big") + text for text in texts])


def checked(result: PGresult) -> None:
    if result.status != ExecStatus.COMMAND_OK:
        raise RuntimeError(result.get_error_message())


def open_store(database: str) -> Store:
    """`sqlite:PATH` or a PostgreSQL address."""
    kind, _, rest = database.partition(":")
    return SqliteStore(rest) if kind == "sqlite" else PostgresStore(database)
