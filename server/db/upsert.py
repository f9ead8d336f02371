"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy knows in each one's own words only."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from server.db.base import Base


def insert_into(conn: Connection, into: Table | type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may go on with `.on_conflict_do_nothing` or `.on_conflict_do_update`."""
    return postgresql.insert(into) if conn.dialect.name == "postgresql" else sqlite.insert(into)
