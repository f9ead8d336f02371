"""Servers once per test process, the demo company once per database, a fresh copy of it for every test that asks for a `house`."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from argon2 import PasswordHasher

from server.auth import passwords
from server.config.settings import Settings
from server.demo.company import fill
from server.opening import DATABASE_FILE, open_company
from tests.compiled import share_compiled
from tests.house import House, postgres_settings, serve, sqlite_settings
from tests.servers import (
    PostgresServer,
    ValkeyServer,
    create_database,
    drop_database,
    free_port,
    memory,
    start_postgres,
    start_valkey,
)

if MEMORY := memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
share_compiled()
# A traceback with every local, drawn in colours, stops the loop for seconds: connections time out meanwhile.
_CONSOLE = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], _CONSOLE])
REAL_HASHER = passwords._hasher
SettingsMaker = Callable[..., Settings]
# Begun first, so that no process works on alone at the end; `make test` leaves the files in this order.
LONG = (
    "tests/server/permissions/test_relations.py",
    "tests/server/api/test_refused_requests.py",
    "tests/server/people/test_import_large.py",
    "tests/server/scaled/",
    "tests/server/operating/",
    "tests/browser/",
    "tests/load/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Signing in is quick: what a hash costs is looked at in one test only, by `REAL_HASHER`."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = start_postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    server = start_valkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company's database file, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    company = open_company(Settings(data=folder, port=free_port()))
    fill(company)
    company.db.close()
    return folder / DATABASE_FILE


@pytest.fixture(scope="session")
def postgres_demo(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a demo company's database, to be used as template."""
    create_database(postgres, "demo")
    settings = Settings(
        data=tmp_path_factory.mktemp("demo"), database_url=postgres.url_of("demo"), port=free_port()
    )
    company = open_company(settings)
    fill(company)
    company.db.close()
    return "demo"


@pytest.fixture(params=["sqlite", "postgresql"])
def house_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SettingsMaker]:
    """Makes settings of a fresh demo company on this database; keyword arguments change single settings."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_demo")
        yield lambda **more: sqlite_settings(tmp_path / "data", template, **more)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    redis: ValkeyServer = request.getfixturevalue("valkey")
    template_name: str = request.getfixturevalue("postgres_demo")
    name = f"test_{free_port()}_{abs(hash(tmp_path)) % 100_000}"
    create_database(server, name, template_name)

    def make(**more: Any) -> Settings:
        return postgres_settings(tmp_path / "data", server.url_of(name), redis.url, **more)

    yield make
    drop_database(server, name)


@pytest.fixture
async def house(house_settings: SettingsMaker) -> AsyncIterator[House]:
    """A served demo company, on SQLite and on PostgreSQL + Valkey. Its invariants are checked when the test ends."""
    async with serve(house_settings()) as served:
        yield served
