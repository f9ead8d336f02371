"""Opening the two databases: one server per data folder, any spelling of an address, readers that cannot write."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from server.config.settings import Settings
from server.db.postgresql import driver_url, open_postgresql
from server.db.sqlite import DataFolderBusy, open_sqlite
from server.opening import open_company
from server.work.company import Company
from tests.servers import PostgresServer

HOLDER = """
import sys, time
from pathlib import Path
from server.db.sqlite import open_sqlite
db = open_sqlite(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_a_second_server_on_one_data_folder_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    first = open_company(Settings(data=tmp_path))
    with pytest.raises(DataFolderBusy, match="Another Tenfour server"):
        open_company(Settings(data=tmp_path))
    first.db.close()
    open_company(Settings(data=tmp_path)).db.close()


def test_a_killed_servers_folder_is_free_again(tmp_path: Path) -> None:
    file = tmp_path / "tenfour.sqlite3"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(file)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(DataFolderBusy):
        open_sqlite(file)
    holder.kill()
    holder.communicate()
    open_sqlite(file).close()


def test_a_start_that_fails_gives_the_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(conn: Connection) -> None:
        raise RuntimeError("no")

    with monkeypatch.context() as patch:
        patch.setattr("server.opening.roles.ship", broken)
        with pytest.raises(RuntimeError, match="no"):
            open_company(Settings(data=tmp_path))
    open_company(Settings(data=tmp_path)).db.close()


def test_sqlite_writes_through_to_the_disk_and_its_readers_cannot_write(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")
    with db.writer.engine.connect() as conn:
        found = [
            conn.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        assert found == ["wal", 2, 1]
    with db.readers.connect() as conn:
        assert conn.execute(text("PRAGMA query_only")).scalar() == 1
        with pytest.raises(DBAPIError, match="readonly"):
            conn.execute(text("CREATE TABLE t (x)"))
    db.close()


@pytest.mark.parametrize(
    "spelling",
    [
        "postgres://{rest}",
        "postgresql://{rest}",
        "postgresql+psycopg://{rest}",
        "postgresql+psycopg2://{rest}",
        "postgresql+asyncpg://{rest}",
        "postgres+psycopg3://{rest}",
        "postgresql://{rest}?application_name=tenfour%20test&connect_timeout=3",
        "postgresql://{rest}?sslmode=prefer",
    ],
)
def test_any_spelling_of_a_postgresql_address_works(postgres: PostgresServer, spelling: str) -> None:
    db = open_postgresql(spelling.format(rest=postgres.url.partition("://")[2]))
    try:
        assert db.snapshot(lambda conn: conn.execute(text("SELECT 1")).scalar()) == 1
        assert db.dialect == "postgresql"
    finally:
        db.close()


def test_a_password_with_signs_in_it_stays_as_it_is() -> None:
    assert driver_url("postgres://u:p%40ss%2F@h:1/d") == "postgresql+psycopg://u:p%40ss%2F@h:1/d"
    assert driver_url("postgresql+asyncpg://u@h/postgres://x") == "postgresql+psycopg://u@h/postgres://x"


async def test_a_reader_sees_one_moment_however_long_it_looks_and_cannot_write(
    shared_company: Company,
) -> None:
    company = shared_company
    loop_write = company.write_now

    def look(conn: Connection) -> tuple[int, int]:
        first = conn.execute(text("SELECT count(*) FROM idempotency_key")).scalar_one()
        loop_write(
            lambda work: work.conn.execute(
                text(
                    "INSERT INTO idempotency_key (person_id, key, route, body_hash, status, ref_kind, ref_id, created_at)"
                    " VALUES (1, 'snapshot', 'r', 'h', 201, 'x', 1, '2026-01-01 00:00:00+00:00')"
                )
            )
        )
        return first, conn.execute(text("SELECT count(*) FROM idempotency_key")).scalar_one()

    first, second = await company.read(look)
    assert first == second
    assert (
        await company.read(
            lambda conn: conn.execute(text("SELECT count(*) FROM idempotency_key")).scalar_one()
        )
        == first + 1
    )
    with pytest.raises(Exception, match=r"(?i)read-?\s?only|unavailable|reached"):
        await company.read(lambda conn: conn.execute(text("DELETE FROM idempotency_key")))
