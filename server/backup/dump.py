"""Writing a backup while the company is served: every table from one snapshot, read on a connection that cannot write."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import DBAPIError

from server.backup.archive import FORMAT, ArchiveWriter, ColumnPart, Manifest
from server.backup.refusal import Refusal
from server.backup.values import kind_of, writers
from server.db.base import DERIVED, Base
from server.db.migrate import head, revision
from server.events import log
from server.work.company import CompanyRow

AT_ONCE = 1_000


def kept_tables() -> list[Table]:
    """All tables but those that can be made anew from the others."""
    return [table for table in Base.metadata.sorted_tables if DERIVED not in table.info]


def product_version() -> str:
    try:
        return version("tenfour")
    except PackageNotFoundError:  # run from a checkout
        return "checkout"


def back_up(engine: Engine, to: Path, now: datetime) -> tuple[Manifest, str]:
    """Writes `to`; answers the manifest and its fingerprint. Raises `Refusal`; nothing is left of a backup that failed."""
    if to.exists():
        raise Refusal(f"{to} exists already; nothing is overwritten.")
    try:
        with engine.connect() as conn, conn.begin():
            _must_be_current(conn)
            writer = ArchiveWriter(to)
            try:
                return _written(conn, writer, now)
            except BaseException:
                writer.abandon()
                raise
    except DBAPIError as error:
        raise Refusal(f"The database cannot be read: {error.orig}") from error
    except OSError as error:
        raise Refusal(f"{error.filename or to} cannot be written: {error.strerror}") from error


def _must_be_current(conn: Connection) -> None:
    found = revision(conn)
    if found is None:
        raise Refusal("There is no company here yet.")
    if found != head():
        raise Refusal(
            f"The database stands at schema {found}, this Tenfour at {head()}."
            " Take the backup with the version that serves it, or start this one first: it brings the schema up to date."
        )


def _written(conn: Connection, writer: ArchiveWriter, now: datetime) -> tuple[Manifest, str]:
    # The head is read in the same snapshot as every row: nothing in the file is newer than it.
    epoch, seq = log.epoch(conn), log.head(conn)
    company = conn.execute(select(CompanyRow.name)).scalar() or ""
    tables = []
    for table in kept_tables():
        columns = [ColumnPart(str(column.name), kind_of(column)) for column in table.columns]
        tables.append(writer.table(str(table.name), columns, _rows(conn, table, columns)))
    manifest = Manifest(FORMAT, "tenfour", product_version(), head(), company, epoch, seq, now, tables)
    return manifest, writer.finish(manifest)


def _rows(conn: Connection, table: Table, columns: list[ColumnPart]) -> Iterator[list[Any]]:
    """As the driver hands them over, in the order of the primary key, a thousand at a time."""
    query = select(table).order_by(*table.primary_key.columns).compile(dialect=conn.dialect)
    convert = writers(conn.dialect.name)
    changed = [(at, convert[part.kind]) for at, part in enumerate(columns) if part.kind in convert]
    raw: Any = conn.connection.dbapi_connection
    # A named cursor keeps the rows on PostgreSQL's side; SQLite's gives one after the other anyway.
    cursor = raw.cursor("backup") if conn.dialect.name == "postgresql" else raw.cursor()
    try:
        cursor.execute(str(query))
        while found := cursor.fetchmany(AT_ONCE):
            for row in found:
                values = list(row)
                for at, change in changed:
                    if values[at] is not None:
                        values[at] = change(values[at])
                yield values
    finally:
        cursor.close()
