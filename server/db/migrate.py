"""Migrations at start: alembic, run by ourselves; a SQLite file is copied first (delivery.md, toolchain.md §10).

Most starts find nothing to do, and find it out without alembic, whose loading takes a tenth of a start.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
SCHEMA_LOCK = 8124  # PostgreSQL: who changes the schema is alone


_SAYS = re.compile(r"""^(down_revision|revision) = (?:["'](\w+)["']|None)$""", re.MULTILINE)


def config() -> "Config":
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    return made


def head() -> str:
    """The newest migration of this version of Tenfour."""
    befores = _befores(FOLDER)
    (newest,) = befores.keys() - befores.values()
    return newest


@cache
def _befores(folder: Path) -> dict[str, str]:
    """The one before, by migration. A folder's are the same for as long as a process lives."""
    said = [dict(_SAYS.findall(file.read_text())) for file in (folder / "versions").glob("2*.py")]
    return {one["revision"]: one["down_revision"] for one in said}


def is_known(name: str) -> bool:
    """Whether this version has such a migration."""
    return name in _befores(FOLDER)


def revision(conn: Connection) -> str | None:
    """The migration at which a database stands; None when it holds nothing of ours."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


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
    from alembic import command

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
    full_text = {
        "table": ("search_terms", "registry_terms"),
        "index": ("ix_search_entry_terms", "ix_search_terms_", "ix_registry_entry_terms"),
    }.get(kind)
    return full_text is None or name is None or not name.startswith(full_text)


def freeze(metadata: MetaData, name: str) -> str:
    """`make migration`: writes the difference between the declared tables and the migrated ones as a dated file; answers its path."""
    from alembic import command

    made = config()
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'now.sqlite3'}")
        migrate(engine)
        with engine.begin() as conn:
            made.attributes["connection"] = conn
            made.attributes["metadata"] = metadata
            script: Any = command.revision(made, name, autogenerate=True)
        engine.dispose()
    _befores.cache_clear()
    return str(script.path)
