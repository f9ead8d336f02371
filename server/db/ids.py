"""Ids taken before an insert of many rows, so that it stays one statement and still knows its rows."""

from sqlalchemy import Connection, Integer, Table, bindparam, func, literal_column, select

from server.db.hot import Hot


class Ids:
    """The counting key of one table. On SQLite only inside the writer's turn, for tables that lose no rows."""

    def __init__(self, of: Table) -> None:
        self._newest = Hot(select(func.coalesce(func.max(of.c.id), 0)))
        series = func.generate_series(1, bindparam("count", type_=Integer())).table_valued("at")
        self._following = Hot(select(func.nextval(literal_column(f"'{of.name}_id_seq'"))).select_from(series))

    def take(self, conn: Connection, count: int) -> list[int]:
        """Fresh ids, rising."""
        if conn.dialect.name == "postgresql":
            return sorted(int(row[0]) for row in self._following.rows(conn, {"count": count}))
        newest = int(self._newest.rows(conn, {})[0][0])
        return list(range(newest + 1, newest + count + 1))
