"""A mail server, and companies that send through it."""

from collections.abc import AsyncIterator

import pytest

from server.work.company import Company
from tests.conftest import SettingsMaker
from tests.server.mail.sink import Sink
from tests.server.people.runs import opened


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    made = Sink()
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def company(house_settings: SettingsMaker, sink: Sink) -> AsyncIterator[Company]:
    """The demo company without doors: the test works the outbox off by hand."""
    settings = house_settings(smtp_url=sink.url, mail_from="收到 <tenfour@farbridge.example>")
    async with opened(lambda: settings) as made:
        yield made
