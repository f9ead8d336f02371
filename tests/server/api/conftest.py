"""One served company per file and database, for tests that change nothing or only what is theirs."""

from collections.abc import AsyncIterator, Iterator

import pytest

from server.config.settings import Settings
from tests.house import House, postgres_settings, serve, sqlite_settings
from tests.server.api.samples import Things, prepare
from tests.servers import create_database, drop_database, free_port


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
async def shared(shared_settings: Settings) -> AsyncIterator[House]:
    """A demo company that the tests of a file share."""
    async with serve(shared_settings) as house:
        yield house


@pytest.fixture(scope="module")
async def things(shared: House) -> Things:
    return await prepare(shared)
