"""A caller that goes away in the middle: its write is finished, and its connection serves nobody else with its answer."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from server.bus.redis import RedisBus
from server.events import log
from server.events.envelope import Event, person_stream
from server.work.work import Work
from tests.house import House
from tests.servers import ValkeyServer, start_valkey


class Pause:
    """Holds a database thread in the middle of its work."""

    def __init__(self) -> None:
        self.reached, self.go = threading.Event(), threading.Event()

    def here(self) -> None:
        self.reached.set()
        assert self.go.wait(20)

    async def is_reached(self) -> None:
        assert await asyncio.to_thread(self.reached.wait, 20)


async def test_a_read_that_is_cancelled_leaves_nobody_its_answer(house: House) -> None:
    company, pause = house.company, Pause()

    def slow(conn: Connection) -> Any:
        first = conn.execute(text("SELECT 'the cancelled one'")).scalar()
        pause.here()
        return first

    def number(at: int) -> Any:
        return lambda conn: conn.execute(text("SELECT CAST(:at AS INTEGER)"), {"at": at}).scalar()

    reading = asyncio.create_task(company.read(slow))
    await pause.is_reached()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    during = await asyncio.gather(*[company.read(number(at)) for at in range(20)])
    pause.go.set()
    after = await asyncio.gather(*[company.read(number(at)) for at in range(20, 60)])
    assert during + after == list(range(60))


async def test_a_write_that_is_cancelled_is_committed_all_the_same(house: House) -> None:
    company, pause = house.company, Pause()
    before = await company.read(log.head)

    def slow(work: Work) -> None:
        pause.here()
        work.record(Event("test.happened", [person_stream(3)]))

    writing = asyncio.create_task(company.write(slow))
    await pause.is_reached()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    pause.go.set()
    await company.write(lambda work: None)  # on SQLite it stands behind the first one
    async with asyncio.timeout(20):
        while await company.read(log.head) == before:
            await asyncio.sleep(0.01)


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    server = start_valkey(tmp_path / "valkey")
    yield server
    server.stop()


async def test_a_cancelled_call_to_redis_leaves_nobody_its_answer(own_valkey: ValkeyServer) -> None:
    bus = RedisBus(own_valkey.url)
    names = [f"key {at}" for at in range(12)]
    try:
        await asyncio.gather(*[bus._redis.set(name, name) for name in names])
        own_valkey.freeze()
        asking = [asyncio.create_task(bus._redis.get(name)) for name in names[:4]]
        await asyncio.wait(asking, timeout=0.2)  # asked, and not answered
        for one in asking:
            one.cancel()
        assert all(
            isinstance(one, asyncio.CancelledError)
            for one in await asyncio.gather(*asking, return_exceptions=True)
        )
        own_valkey.thaw()
        for _ in range(3):
            answers = await asyncio.gather(*[bus._redis.get(name) for name in names[4:]])
            assert [answer.decode() for answer in answers] == names[4:]
    finally:
        own_valkey.thaw()
        await bus.stop()
