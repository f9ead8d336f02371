"""What is declared is what the migrations make, on both databases; an older file is copied and brought up to date at start."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Connection, Engine, MetaData, String, inspect, text
from sqlalchemy.exc import DBAPIError

from server.config.settings import Settings
from server.db import migrate as migrations
from server.db.base import Base
from server.db.database import Database
from server.db.migrate import config, freeze, head, is_declared, is_known, migrate
from server.db.postgresql import open_postgresql
from server.db.sqlite import open_sqlite
from server.modules import MODULES
from server.opening import DATABASE_FILE, open_company
from server.permissions.actor import load_actor
from server.realtime.bootstrap import first_state
from tests.invariants import check_invariants
from tests.server.db.make_first_schema import FILE
from tests.servers import PostgresServer, create_database, drop_database, free_port

assert MODULES, "importing them declares every table"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        db = open_sqlite(tmp_path / "empty.sqlite3")
        yield db
        db.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{free_port()}"
    db = open_postgresql(create_database(server, name))
    yield db
    db.close()
    drop_database(server, name)


def catalogue(conn: Connection) -> dict[str, Any]:
    """Everything the database knows of its tables, in one comparable form."""
    found: dict[str, Any] = {}
    looking = inspect(conn)
    names = [name for name in looking.get_table_names() if is_declared(None, name, "table")]
    for name in sorted(set(names) - {"alembic_version"}):
        found[name] = {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in looking.get_columns(name)
            },
            "key": (pk := looking.get_pk_constraint(name))["name"]
            and (pk["name"], pk["constrained_columns"]),
            "foreign": sorted(
                (str(one["name"]), one["constrained_columns"], one["referred_table"], one["referred_columns"])
                for one in looking.get_foreign_keys(name)
            ),
            "unique": sorted(
                (str(one["name"]), one["column_names"]) for one in looking.get_unique_constraints(name)
            ),
            "checks": sorted(
                (str(one["name"]), str(one["sqltext"])) for one in looking.get_check_constraints(name)
            ),
            "indexes": sorted(
                (str(one["name"]), one["column_names"], bool(one["unique"]), _options(one))
                for one in looking.get_indexes(name)
            ),
            "never gives a number twice": _never_again(conn, name),
        }
        if conn.dialect.name == "sqlite":
            ddl = conn.execute(
                text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}
            ).scalar_one()
            found[name]["rowid"] = "WITHOUT ROWID" not in ddl
    return found


def _never_again(conn: Connection, name: str) -> bool:
    """SQLite's word for it, which a table that is made anew loses; PostgreSQL's sequences never go back."""
    if conn.dialect.name != "sqlite":
        return True
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in str(conn.execute(query, {"name": name}).scalar_one()).upper()


def _options(index: Any) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in index.get("dialect_options", {}).items())


def test_the_migrated_tables_are_the_declared_ones(empty: Database) -> None:
    engine = empty.writer.engine
    assert migrate(engine) is True
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "include_object": is_declared})
        assert compare_metadata(context, Base.metadata) == []
        migrated = catalogue(conn)
    with engine.begin() as conn:
        Base.metadata.drop_all(conn)
        Base.metadata.create_all(conn)
        assert catalogue(conn) == migrated
    assert len(migrated) > 20


def test_migrating_again_changes_nothing(empty: Database) -> None:
    engine = empty.writer.engine
    assert [migrate(engine), migrate(engine)] == [True, False]


def test_several_processes_that_start_at_once_migrate_once(postgres: PostgresServer) -> None:
    name = f"together_{free_port()}"
    url = create_database(postgres, name)
    opened = [open_postgresql(url) for _ in range(3)]
    failures: list[BaseException] = []

    def start(engine: Engine) -> None:
        try:
            migrate(engine)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=[db.writer.engine]) for db in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    with opened[0].readers.connect() as conn:
        assert conn.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    for db in opened:
        db.close()
    drop_database(postgres, name)


def test_there_is_one_line_of_migrations_with_dated_names() -> None:
    script = ScriptDirectory.from_config(config())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    names = sorted(Path(one.path).name for one in script.walk_revisions())
    assert all(name[:10].replace("_", "").isdigit() for name in names)


# --- files of the first release


def first_release(folder: Path) -> Path:
    folder.mkdir()
    file = folder / DATABASE_FILE
    with closing(sqlite3.connect(file)) as made:
        made.executescript(FILE.read_text(encoding="utf-8"))
    return file


def revision_of(file: Path) -> str:
    with closing(sqlite3.connect(file)) as conn:
        found: str = conn.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return found


def names_in(file: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as conn:
        return conn.execute("SELECT name FROM person ORDER BY id").fetchall()


def test_a_file_of_the_first_release_opens_today_with_everything_in_it(tmp_path: Path) -> None:
    file = first_release(tmp_path / "data")
    company = open_company(Settings(data=file.parent))
    try:
        assert revision_of(file) == ScriptDirectory.from_config(config()).get_current_head()
        company.db.snapshot(check_invariants)
        company.db.snapshot(company.refresh)

        def look(conn: Connection) -> Any:
            person = load_actor(conn, 2)
            assert person is not None
            return first_state(conn, company, person, "e")

        state = company.db.snapshot(look)
        assert state.me.company.name == "远桥科技"
        assert [change.data.text for change in state.changes if change.kind == "post"] == [
            "报价口径 @[张伟](person:2)"
        ]
        assert [change.data.state for change in state.changes if change.kind == "receipt"] == ["done"]
        assert len(state.conversations["ids"]) == 2
    finally:
        company.db.close()


LATER = '''
"""a later release"""
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.alter_column("title", existing_type=sa.String(length=100), type_=sa.String(length=200))
        batch.add_column(sa.Column("nickname", sa.String(length=50), nullable=False, server_default=""))
    op.execute("UPDATE person SET nickname = 'N' || id")
    {then}
'''


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A release with one more migration, which rebuilds a table that others refer to."""
    script = ScriptDirectory.from_config(config())
    head = script.get_current_head()

    def release(then: str = "") -> str:
        folder = tmp_path / "migrations"
        shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "2099_01_01_later.py").write_text(LATER.format(head=head, then=then))
        monkeypatch.setattr(migrations, "FOLDER", folder)
        return str(head)

    return release


def test_an_older_file_is_copied_then_upgraded_with_its_rows(tmp_path: Path, later: Any) -> None:
    file = first_release(tmp_path / "data")
    first = revision_of(file)
    later()
    db = open_sqlite(file)
    try:
        assert migrate(db.writer.engine, file) is True
        with db.readers.connect() as conn:
            rows = conn.execute(text("SELECT name, nickname, manager_id FROM person ORDER BY id")).all()
            assert [tuple(row) for row in rows] == [
                ("陈晓东", "N1", None),
                ("张伟", "N2", 1),
                ("Amy", "N3", None),
            ]
            assert conn.execute(text("SELECT count(*) FROM membership")).scalar_one() == 5
        with db.writer.engine.connect() as conn:
            assert conn.execute(text("PRAGMA foreign_keys")).scalar_one() == 1, "back in force"
        copy = file.with_name(f"tenfour.before-{first}.sqlite3")
        assert revision_of(copy) == first
        assert names_in(copy) == names_in(file)
        assert revision_of(file) == "later"
        assert migrate(db.writer.engine, file) is False
    finally:
        db.close()


@pytest.mark.parametrize(
    "failure", ['raise ValueError("broken")', 'op.execute("DELETE FROM person WHERE id = 1")']
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, later: Any, failure: str) -> None:
    file = first_release(tmp_path / "data")
    before = revision_of(file)
    later(failure)
    db = open_sqlite(file)
    try:
        with pytest.raises((ValueError, RuntimeError)):
            migrate(db.writer.engine, file)
        assert revision_of(file) == before
        with db.writer.engine.connect() as conn:
            assert "nickname" not in {one["name"] for one in inspect(conn).get_columns("person")}
            assert conn.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert len(names_in(file)) == 3
    finally:
        db.close()


def test_a_later_release_upgrades_postgresql_too(
    postgres: PostgresServer, postgres_demo: str, later: Any
) -> None:
    name = f"later_{free_port()}"
    db = open_postgresql(create_database(postgres, name, postgres_demo))
    later()
    try:
        assert migrate(db.writer.engine) is True
        with db.readers.connect() as conn:
            assert conn.execute(text("SELECT nickname FROM person WHERE id = 2")).scalar_one() == "N2"
    finally:
        db.close()
        drop_database(postgres, name)


def test_a_file_of_a_newer_release_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = first_release(tmp_path / "data")
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("UPDATE alembic_version SET version_num = 'from the future'")
        conn.commit()
    with pytest.raises(CommandError, match="from the future"):
        open_company(Settings(data=file.parent))
    assert revision_of(file) == "from the future"
    assert len(names_in(file)) == 3


def test_a_change_of_the_declared_tables_is_frozen_into_a_file_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: PostgresServer, postgres_demo: str
) -> None:
    """`make migration`, then a start with it on both databases."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrations, "FOLDER", folder)
    changed = MetaData(naming_convention=Base.metadata.naming_convention)
    for declared in Base.metadata.tables.values():
        declared.to_metadata(changed)
    changed.tables["person"].append_column(Column("nickname", String(50), index=True))
    changed.tables["person"].c.title.type = String(250)
    written = Path(freeze(changed, "people get nicknames"))
    assert written.name.endswith("_people_get_nicknames.py")
    assert "server." not in written.read_text()
    file = first_release(tmp_path / "data")
    name = f"frozen_{free_port()}"
    for db in (open_sqlite(file), open_postgresql(create_database(postgres, name, postgres_demo))):
        try:
            assert migrate(db.writer.engine, file if db.dialect == "sqlite" else None) is True
            with db.writer.engine.connect() as conn:
                context = MigrationContext.configure(conn, opts={"include_object": is_declared})
                assert compare_metadata(context, changed) == []
                with pytest.raises(DBAPIError):
                    conn.execute(text("INSERT INTO person (id) VALUES (99)"))
        finally:
            db.close()
    drop_database(postgres, name)


def test_the_newest_migration_is_found_without_alembic_as_alembic_finds_it() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert head() == scripts.get_current_head()
    assert all(is_known(script.revision) for script in scripts.walk_revisions())
    assert not is_known("0123456789ab")
