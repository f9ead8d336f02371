"""Migrations at start: alembic, run by ourselves; a SQLite file is copied first (delivery.md, toolchain.md §10)."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine

FOLDER = Path(__file__).parent / "migrations"
SCHEMA_LOCK = 8124  # PostgreSQL: who changes the schema is alone


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    return made


def head() -> str:
    """The newest migration of this version of Tenfour."""
    return _head(FOLDER)


@cache
def _head(folder: Path) -> str:
    """Reading all of them takes a while; a folder's are the same for as long as a process lives."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def is_known(name: str) -> bool:
    """Whether this version has such a migration."""
    return any(script.revision == name for script in ScriptDirectory.from_config(config()).walk_revisions())


def revision(conn: Connection) -> str | None:
    """The migration at which a database stands; None when it holds nothing of ours."""
    return MigrationContext.configure(conn).get_current_revision()


def migrate(engine: Engine, database_file: Path | None = None) -> bool:
    """Brings the schema up to date; answers whether anything had to be done. Safe when several processes start at once."""
    with engine.connect() as conn:
        now = revision(conn)
    if now == head():
        return False
    if database_file is not None and now is not None:
        back_up(database_file, str(now))
    with _tables_may_be_rebuilt(engine), engine.begin() as conn:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
        upgrade(conn)
        if conn.dialect.name == "sqlite":
            dangling = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if dangling:
                raise RuntimeError(f"the migration left rows that refer to nothing: {dangling[:3]}")
    return True


@contextmanager
def _tables_may_be_rebuilt(engine: Engine) -> Iterator[None]:
    """SQLite changes a column by making the table anew; dropping the old one must not take along what refers to it.

    The pragma counts only outside of a transaction, on the writer's one connection.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    with closing(engine.raw_connection()) as raw:
        before = raw.cursor().execute("PRAGMA foreign_keys").fetchone()[0]
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute(f"PRAGMA foreign_keys={before}")


def upgrade(conn: Connection, revision: str = "head") -> None:
    made = config()
    made.attributes["connection"] = conn
    command.upgrade(made, revision)


def back_up(database_file: Path, revision: str) -> Path:
    """A consistent copy beside the file, named after the schema it has."""
    copy = database_file.with_name(f"{database_file.stem}.before-{revision}.sqlite3")
    with closing(sqlite3.connect(database_file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def is_declared(thing: Any, name: str | None, kind: str, *others: Any) -> bool:
    """What is compared with the declared tables: the full-text index of each database is a migration's own matter."""
    full_text = {"table": "search_terms", "index": "ix_search_entry_terms"}.get(kind)
    return full_text is None or name is None or not name.startswith(full_text)


def freeze(metadata: MetaData, name: str) -> str:
    """`make migration`: writes the difference between the declared tables and the migrated ones as a dated file; answers its path."""
    made = config()
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'now.sqlite3'}")
        migrate(engine)
        with engine.begin() as conn:
            made.attributes["connection"] = conn
            made.attributes["metadata"] = metadata
            script: Any = command.revision(made, name, autogenerate=True)
        engine.dispose()
    _head.cache_clear()
    return str(script.path)
