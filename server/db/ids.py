"""Ids taken before an insert of many rows, so that it stays one statement and still knows its rows."""

from sqlalchemy import Connection, Table, func, select, text


def take_ids(conn: Connection, of: Table, count: int) -> list[int]:
    """`count` fresh ids of a table with a counting key, rising. On SQLite only inside the writer's turn, for tables that lose no rows."""
    if conn.dialect.name == "postgresql":
        sequence = f"{of.name}_id_seq"
        taken = conn.execute(
            text("SELECT nextval(CAST(:sequence AS regclass)) FROM generate_series(1, :count)"),
            {"sequence": sequence, "count": count},
        )
        return sorted(taken.scalars())
    last = conn.execute(select(func.coalesce(func.max(of.c.id), 0))).scalar_one()
    return list(range(last + 1, last + count + 1))
