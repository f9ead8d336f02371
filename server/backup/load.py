"""Putting a backup back into an empty database, in one transaction: schema as it was, rows, checks, today's schema, a new epoch.

Whoever is interrupted leaves nothing behind: PostgreSQL forgets the transaction, and a SQLite file gets its name at the very end
(`server/opening.py`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from server.audit import entries
from server.audit.trace import Trace
from server.backup.archive import Archive, TablePart
from server.backup.dump import kept_tables
from server.backup.refusal import Refusal
from server.backup.values import readers
from server.db.base import DERIVED, Base
from server.db.invariant import Invariant
from server.db.migrate import head, is_known, upgrade
from server.events import log
from server.jobs import queue

AT_ONCE = 1_000


def restore(conn: Connection, archive: Archive, invariants: Iterable[Invariant], now: datetime) -> str:
    """Fills the empty database behind `conn`, whose transaction the caller commits; answers the new epoch. Raises `Refusal`."""
    manifest = archive.manifest
    if inspect(conn).get_table_names():
        raise Refusal("The target is not empty. Restore into a new, empty database.")
    if not is_known(manifest.schema):
        raise Refusal(
            f"This backup has schema {manifest.schema}, made by Tenfour {manifest.version}, which this version does not know."
            " Update Tenfour first."
        )
    if manifest.schema == head() and {one.name for one in manifest.tables} != {
        table.name for table in kept_tables()
    }:
        raise Refusal("The backup was changed: tables are missing from it.")
    upgrade(conn, manifest.schema)
    keys = _without_foreign_keys(conn)
    for table in manifest.tables:
        _load(conn, archive, table)
    _with_foreign_keys(conn, keys)
    _go_on_counting(conn)
    _count(conn, manifest.tables)
    upgrade(conn)
    _check(conn, invariants)
    return _begin_anew(conn, archive, now)


def _load(conn: Connection, archive: Archive, table: TablePart) -> None:
    there = (
        {column["name"] for column in inspect(conn).get_columns(table.name)} if _is(conn, table) else set()
    )
    if there != {column.name for column in table.columns}:
        raise Refusal(
            f"The backup was changed: table {table.name} is not that of schema {archive.manifest.schema}."
        )
    name, columns = _quoted(conn, table.name), ", ".join(_quoted(conn, one.name) for one in table.columns)
    conn.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 - what a migration put there by itself
    try:
        _insert(conn, name, columns, _values(conn, archive, table))
    except DBAPIError as error:
        raise Refusal(f"Table {table.name} cannot be filled: {error.orig}") from error
    except conn.dialect.loaded_dbapi.Error as error:
        raise Refusal(f"Table {table.name} cannot be filled: {error}") from error


def _is(conn: Connection, table: TablePart) -> bool:
    return inspect(conn).has_table(table.name)


def _values(conn: Connection, archive: Archive, table: TablePart) -> Iterator[list[Any]]:
    known = readers(conn.dialect.name)
    if not {one.kind for one in table.columns} <= known.keys():
        raise Refusal(f"Table {table.name} holds values that this version does not know.")
    checks = [known[one.kind] for one in table.columns]
    for row in archive.rows(table):
        try:
            yield [None if value is None else check(value) for value, check in zip(row, checks, strict=True)]
        except Refusal as refusal:
            raise Refusal(f"The backup was changed: table {table.name}: {refusal}.") from refusal


def _insert(conn: Connection, name: str, columns: str, rows: Iterator[list[Any]]) -> None:
    raw: Any = conn.connection.dbapi_connection
    if conn.dialect.name == "postgresql":
        with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    holes = ", ".join("?" for _ in columns.split(", "))
    raw.executemany(f"INSERT INTO {name} ({columns}) VALUES ({holes})", rows)  # noqa: S608 - names of our own schema


def _quoted(conn: Connection, name: str) -> str:
    return conn.dialect.identifier_preparer.quote_identifier(name)


def _without_foreign_keys(conn: Connection) -> list[tuple[str, str, str]]:
    """PostgreSQL checks them once, at the end, whatever the order of the tables. SQLite's writer has them off here."""
    if conn.dialect.name != "postgresql":
        return []
    found = conn.exec_driver_sql(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    )
    keys = [(str(table), str(name), str(definition)) for table, name, definition in found]
    for table, name, _ in keys:
        conn.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return keys


def _with_foreign_keys(conn: Connection, keys: list[tuple[str, str, str]]) -> None:
    if conn.dialect.name == "sqlite":
        dangling = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
        if dangling:
            raise Refusal(f"The backup was changed: rows refer to nothing: {dangling}.")
    for table, name, definition in keys:
        try:
            conn.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        except DBAPIError as error:
            raise Refusal(f"The backup was changed: rows of {table} refer to nothing.") from error


def _go_on_counting(conn: Connection) -> None:
    """New rows get ids after the restored ones. SQLite looks at the rows themselves."""
    if conn.dialect.name != "postgresql":
        return
    counting = conn.exec_driver_sql(
        "SELECT quote_ident(c.table_name), quote_ident(c.column_name),"
        " pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) AS sequence"
        " FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
    ).all()
    for table, column, sequence in counting:
        if sequence is not None:
            conn.exec_driver_sql(
                f"SELECT setval('{sequence}', coalesce(max({column}), 0) + 1, false) FROM {table}"  # noqa: S608
            )


def _count(conn: Connection, tables: Iterable[TablePart]) -> None:
    for table in tables:
        name = _quoted(conn, table.name)
        found = conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
        if found != table.rows:
            raise Refusal(f"Table {table.name} has {found} rows instead of {table.rows}.")


def _check(conn: Connection, invariants: Iterable[Invariant]) -> None:
    for one in invariants:
        found = conn.execute(text(one.broken)).fetchmany(3)
        if found:
            raise Refusal(f"The backup was changed: it is not true that {one.says}: {found}.")


def _begin_anew(conn: Connection, archive: Archive, now: datetime) -> str:
    """No client's cursor counts any more, no job is anybody's, what can be derived is made anew; the audit says that this was done."""
    epoch = log.new_epoch(conn)
    queue.free(conn)
    for job in sorted(
        {table.info[DERIVED] for table in Base.metadata.tables.values() if DERIVED in table.info}
    ):
        queue.put(conn, job, {}, now, f"{job}/{epoch}")
    details = {
        "epoch": archive.manifest.epoch,
        "seq": archive.manifest.seq,
        "fingerprint": archive.fingerprint,
    }
    entry = entries.write(conn, Trace(device="command line"), now, "backup.restored", ("log", 1), "", details)
    conn.execute(entries.ENTRIES.update().where(entries.ENTRIES.c.id == entry).values(seq=log.head(conn)))
    return epoch
