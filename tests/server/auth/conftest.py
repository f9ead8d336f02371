"""One served company per file and database, whose passwords are hashed cheaply: what a hash costs is looked at in one test only."""

from collections.abc import AsyncIterator, Iterator

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from server.auth import passwords
from server.config.settings import Settings
from server.demo.people import PASSWORD
from server.org.models import Person
from tests.house import House, serve
from tests.server.api.conftest import shared_settings

__all__ = ["shared_settings"]
REAL = passwords._hasher
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="module")
def cheap() -> Iterator[None]:
    passwords._hasher = CHEAP
    passwords._nobody.cache_clear()
    yield
    passwords._hasher = REAL
    passwords._nobody.cache_clear()


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings, cheap: None) -> AsyncIterator[House]:
    """A demo company that the tests of a file share."""
    async with serve(shared_settings) as house:
        hashed = (
            update(Person).where(Person.password_hash.is_not(None)).values(password_hash=CHEAP.hash(PASSWORD))
        )
        await house.company.write(lambda work: work.conn.execute(hashed))
        yield house
