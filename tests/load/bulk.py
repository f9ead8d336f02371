"""Many rows at once into the project's own tables: the driver's executemany on SQLite, COPY on PostgreSQL.

Columns and types come from the models, so a seed follows the schema; a new mandatory column fails loudly here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Engine, Table, create_engine, text

from server.db.base import Base
from server.db.postgresql import driver_url

CHUNK = 20_000
Row = Sequence[object]


def open_engine(address: str) -> Engine:
    """`sqlite:///FILE` or any PostgreSQL URL. Only while no server runs on that SQLite file."""
    return create_engine(address if address.startswith("sqlite") else driver_url(address))


def table_of(model: type[Base] | Table) -> Table:
    table = model if isinstance(model, Table) else model.__table__
    assert isinstance(table, Table)
    return table


def insert_many(
    engine: Engine, model: type[Base] | Table, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Inserts all rows in transactions of `CHUNK` rows; answers how many."""
    table = table_of(model)
    encode = encoder(engine, table, columns)
    write = write_sqlite if engine.dialect.name == "sqlite" else write_postgresql
    total = 0
    connection = engine.raw_connection()
    try:
        if (
            engine.dialect.name == "postgresql"
        ):  # the seed keeps its own references right; SQLite does not check unasked
            connection.cursor().execute("SET session_replication_role = replica")
        waiting = iter(rows)
        while chunk := list(islice(waiting, CHUNK)):
            write(connection, table.name, columns, encode(chunk))
            connection.commit()
            total += len(chunk)
    finally:
        connection.close()
    return total


def encoder(engine: Engine, table: Table, columns: Sequence[str]) -> Callable[[list[Row]], Iterator[Row]]:
    """What the column types do to a value before it goes to the driver."""
    dialect = engine.dialect
    processors = []
    for place, name in enumerate(columns):
        processor = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if processor is not None:
            processors.append((place, processor))

    def encode(rows: list[Row]) -> Iterator[Row]:
        if not processors:
            yield from rows
            return
        for row in rows:
            changed = list(row)
            for place, processor in processors:
                changed[place] = processor(changed[place])
            yield changed

    return encode


def write_sqlite(connection: Any, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    marks = ",".join("?" * len(columns))
    connection.cursor().executemany(f"INSERT INTO {table} ({quoted(columns)}) VALUES ({marks})", rows)


def write_postgresql(connection: Any, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({quoted(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def quoted(columns: Sequence[str]) -> str:
    return ",".join(f'"{name}"' for name in columns)


def settle(engine: Engine, *models: type[Base] | Table) -> None:
    """After a bulk load: the id sequences go on behind the highest id, and the planner knows what is there."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for model in models:
                table = table_of(model)
                if "id" in table.c and table.c["id"].autoincrement:
                    name = table.name
                    connection.execute(
                        text(
                            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                        )
                    )
            connection.execute(text("VACUUM ANALYZE"))
        else:
            connection.execute(text("ANALYZE"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
