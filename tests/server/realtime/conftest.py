"""A started company without a web server, for what lies below HTTP: one of its own for a test, or one for a whole file."""

from collections.abc import AsyncIterator, Iterator

import pytest

from server.config.settings import Settings
from server.work.company import Company
from tests.conftest import SettingsMaker
from tests.house import House, postgres_settings, serve, sqlite_settings
from tests.invariants import check_invariants
from tests.server.realtime.crowd import running
from tests.servers import create_database, drop_database, free_port


@pytest.fixture
async def company(house_settings: SettingsMaker) -> AsyncIterator[Company]:
    async with running(house_settings()) as started:
        yield started
        await started.read(check_invariants)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("shared")
    if request.param == "sqlite":
        yield sqlite_settings(folder, request.getfixturevalue("sqlite_demo"))
        return
    server, valkey = request.getfixturevalue("postgres"), request.getfixturevalue("valkey")
    name = f"shared_{free_port()}"
    create_database(server, name, request.getfixturevalue("postgres_demo"))
    yield postgres_settings(folder, server.url_of(name), valkey.url)
    drop_database(server, name)


@pytest.fixture(scope="module")
async def shared_company(shared_settings: Settings) -> AsyncIterator[Company]:
    """For tests that add to the log and look only at what they added."""
    async with running(shared_settings) as started:
        yield started
        await started.read(check_invariants)


@pytest.fixture(scope="module")
async def shared_house(shared_settings: Settings) -> AsyncIterator[House]:
    """The same, served."""
    async with serve(shared_settings) as house:
        yield house
