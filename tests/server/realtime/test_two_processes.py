"""Two processes on one PostgreSQL and one Valkey: what one commits the other tells, with the bus, without it, and after it."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import update
from websockets.exceptions import ConnectionClosed

from server.auth.cookies import cookie_name
from server.bus.redis import RedisBus
from server.events import log
from server.events.models import LogHead
from server.opening import open_company
from server.realtime.hub import Pace
from tests.chat.talk import fresh, group_of, send, try_send
from tests.house import PATIENCE, Client, House, Live, postgres_settings
from tests.server.realtime.crowd import enter, eventually, hub_of, overtaken
from tests.servers import (
    PostgresServer,
    ValkeyServer,
    create_database,
    drop_database,
    free_port,
    start_valkey,
)

STALE = 1.5  # P6, with Redis dead


@pytest.fixture(scope="module")
def own_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """One that may be killed."""
    server = start_valkey(tmp_path_factory.mktemp("own-valkey"))
    yield server
    server.stop()


@pytest.fixture
async def pair(
    postgres: PostgresServer, postgres_demo: str, own_valkey: ValkeyServer, tmp_path: Path
) -> AsyncIterator[tuple[House, House]]:
    name = f"pair_{free_port()}"
    url = create_database(postgres, name, postgres_demo)
    async with AsyncExitStack() as opened:
        opened.callback(drop_database, postgres, name)
        houses = []
        for place in ("a", "b"):
            house = House(postgres_settings(tmp_path / place, url, own_valkey.url))
            houses.append(await house.start())
            opened.push_async_callback(house.stop)
        for house in houses:
            await eventually(lambda house=house: house.company.bus.healthy)  # type: ignore[misc]
        yield houses[0], houses[1]
        await houses[0].check()


async def also_at(client: Client, other: House) -> Client:
    """The same session on the other process."""
    twin = await enter(other, client.id)
    twin.http.cookies.set(cookie_name(False), client.http.cookies[cookie_name(False)], domain="127.0.0.1")
    return twin


async def caught_up(first: House, second: House) -> None:
    head = await first.company.read(log.head)
    for house in (first, second):
        await eventually(lambda house=house: hub_of(house).settled >= head)  # type: ignore[misc]


def texts(live: Live) -> list[tuple[int, int, str]]:
    return [
        (event["seq"], change["data"]["number"], change["data"]["client_id"])
        for event in live.events
        for change in event["changes"]
        if change["kind"] == "message" and change["data"]["kind"] == "text"
    ]


async def test_what_one_process_commits_reaches_a_socket_on_the_other_and_both_see_one_order(
    pair: tuple[House, House],
) -> None:
    first, second = pair
    three, four = await enter(first, 3), await enter(second, 4)
    group = await group_of(three, 4)
    async with three.live() as here, four.live() as there:
        began = await send(three, group, client_id="from-first")
        heard = await there.event("message.sent", client_id="from-first")
        assert heard["changes"][0]["data"] == began
        answers = await asyncio.gather(
            *[send(client, group, client_id=fresh("mixed")) for client in (three, four) for _ in range(25)]
        )
        await caught_up(first, second)
        for live in (here, there):
            await overtaken(live)
        there.events.append(heard)
        assert sorted(texts(here)) == sorted(texts(there))
        order = sorted(texts(here))
        assert [number for _, number, _ in order] == list(range(2, 53))
        assert {client_id for _, _, client_id in order} >= {one["client_id"] for one in answers}
        for live in (here, there):
            seqs = [event["seq"] for event in live.events if event is not heard]
            assert seqs == sorted(set(seqs))


async def test_one_client_id_sent_through_both_processes_at_once_is_one_message(
    pair: tuple[House, House],
) -> None:
    first, second = pair
    three = await enter(first, 3)
    twin = await also_at(three, second)
    group = await group_of(three, 4)
    for _ in range(10):
        one = fresh("both")
        answers = await asyncio.gather(
            *[try_send(client, group, client_id=one) for client in (three, twin, three, twin)]
        )
        assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
        assert len({answer.json()["id"] for answer in answers}) == 1
        key = fresh("key")
        posts = await asyncio.gather(
            *[
                client.try_post(
                    "/api/posts", {"kind": "share", "text": "x", "audience": {"people": [4]}}, key=key
                )
                for client in (three, twin)
            ]
        )
        assert len({answer.json()["id"] for answer in posts}) == 1
    page = await three.get(f"/api/conversations/{group}/messages")
    assert len(page["items"]) == 11


async def test_a_removal_on_one_process_is_a_fence_on_the_other_and_an_ended_session_ends_there(
    pair: tuple[House, House],
) -> None:
    first, second = pair
    owner, gone = await enter(first, 3), await enter(second, 4)
    group = await group_of(owner, 4, 5)
    async with gone.live() as live, owner.live() as staying:
        await asyncio.gather(*[send(owner, group) for _ in range(10)])
        await owner.delete(f"/api/conversations/{group}/members/4")
        await asyncio.gather(*[send(owner, group) for _ in range(10)])
        await caught_up(first, second)
        await overtaken(live)
        await overtaken(staying)
        assert len(texts(live)) == 10
        assert len(texts(staying)) == 20
        [fence] = [event["seq"] for event in live.events if event["type"] == "conversation.removed"]
        assert max(event["seq"] for event in live.events) == fence
        elsewhere = await also_at(gone, first)
        await elsewhere.delete("/api/session")
        with pytest.raises(ConnectionClosed) as closed:
            await live.until(lambda frame: False)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


async def test_who_is_disabled_on_one_process_is_cut_off_on_the_other(pair: tuple[House, House]) -> None:
    first, second = pair
    administrator, leaver = await enter(first, 2), await enter(second, 9)
    async with leaver.live() as live:
        left = await administrator.http.put("/api/people/9/resignation", json={"pass_reports_up": True})
        assert left.status_code == 200, left.text
        await asyncio.wait_for(live.connection.wait_closed(), PATIENCE)
        assert live.connection.close_code == 4401
    assert (await leaver.http.get("/api/me")).status_code == 401


async def test_without_valkey_the_tail_brings_events_in_time_and_typing_dies_quietly(
    pair: tuple[House, House], own_valkey: ValkeyServer
) -> None:
    first, second = pair
    three, four = await enter(first, 3), await enter(second, 4)
    group = await group_of(three, 4)
    typed = {"op": "typing", "conversation": group, "person": 3}
    async with three.live() as here, four.live() as there:
        await here.say(op="typing", conversation=group)
        await there.until(lambda frame: frame == typed)
        own_valkey.kill()
        try:
            await eventually(lambda: not first.company.bus.healthy and not second.company.bus.healthy)
            for _ in range(3):
                await here.say(op="typing", conversation=group)
                one = fresh("tail")
                await send(three, group, client_id=one)
                answered = time.monotonic()
                await there.event("message.sent", client_id=one)
                assert time.monotonic() - answered < STALE
            assert there.frames.count(typed) == 1
            ready = await first.anonymous().get("/readyz")
            assert (ready["ok"], ready["bus"]) == (True, False)
        finally:
            own_valkey.restart()
        await eventually(lambda: first.company.bus.healthy and second.company.bus.healthy)
        there.frames.clear()
        async with asyncio.timeout(10):
            while typed not in there.frames:  # the publishing side may still be in its pause
                await here.say(op="typing", conversation=group)
                await overtaken(here)
                await overtaken(there)
        await send(three, group, client_id="after")
        await there.event("message.sent", client_id="after")


async def test_a_valkey_that_hangs_delays_nobody_for_long(
    pair: tuple[House, House], own_valkey: ValkeyServer
) -> None:
    first, second = pair
    three, four = await enter(first, 3), await enter(second, 4)
    group = await group_of(three, 4)
    async with four.live() as there:
        own_valkey.freeze()
        try:
            await send(three, group, client_id="frozen")
            answered = time.monotonic()
            await there.event("message.sent", client_id="frozen")
            assert time.monotonic() - answered < 2 * STALE  # a beat of the tail, on a busy machine
        finally:
            own_valkey.thaw()
        await send(three, group, client_id="thawed")
        await there.event("message.sent", client_id="thawed")


async def test_odd_words_on_the_channels_do_not_stop_the_listener(
    pair: tuple[House, House], own_valkey: ValkeyServer
) -> None:
    first, second = pair
    three, four = await enter(first, 3), await enter(second, 4)
    group = await group_of(three, 4)
    bus = first.company.bus
    assert isinstance(bus, RedisBus)
    async with three.live() as here, four.live() as there, Redis.from_url(own_valkey.url) as redis:
        for odd in (
            b"",
            b"-1",
            b"\xff\xfe",
            b"9" * 400,
            b"12345678",
            b"12345678a b",
            b"12345678conversation:7 x {}",
        ):
            await redis.publish(f"tenfour:{first.company.relay.epoch}:head", odd)
            await redis.publish(f"tenfour:{first.company.relay.epoch}:whisper", odd)
        hub_of(second).pace = Pace(max_buffered=-1)  # the other's reader is full, and silenced by the whisper
        await here.say(op="typing", conversation=group)
        [listener] = hub_of(second).sockets[4]
        await eventually(lambda: listener.stalled_since > 0)
        hub_of(second).pace = Pace()
        await there.until(lambda frame: frame["op"] == "resync")
        await there.hello(there.cursor)
        await here.say(op="typing", conversation=group)
        await there.until(lambda frame: frame["op"] == "typing")
        assert second.company.bus.healthy


async def test_two_companies_on_one_valkey_do_not_hear_each_other(
    postgres: PostgresServer, postgres_demo: str, own_valkey: ValkeyServer, tmp_path: Path
) -> None:
    async with AsyncExitStack() as opened:
        houses: list[Any] = []
        for place in ("ours", "theirs"):
            name = f"{place}_{free_port()}"
            url = create_database(postgres, name, postgres_demo)
            opened.callback(drop_database, postgres, name)
            house = House(postgres_settings(tmp_path / place, url, own_valkey.url))
            if place == "theirs":
                await other_epoch(house)
            houses.append(await house.start())
            opened.push_async_callback(house.stop)
            await eventually(lambda house=house: house.company.bus.healthy)  # type: ignore[misc]
        whispered: list[bytes] = []
        houses[1].company.bus.on_whisper(whispered.append)
        poked: list[int] = []
        houses[1].company.bus.on_head(poked.append)
        twin = RedisBus(own_valkey.url, f"tenfour:{houses[0].company.relay.epoch}")
        echoed: list[bytes] = []
        twin.on_whisper(echoed.append)
        await twin.start()
        opened.push_async_callback(twin.stop)
        await eventually(lambda: twin.healthy)
        houses[0].company.bus.publish_whisper(b"conversation:1 3 {}")
        await send(await enter(houses[0], 3), await group_of(await enter(houses[0], 3), 4))
        await eventually(lambda: echoed == [b"conversation:1 3 {}"])
        assert (whispered, poked) == ([], [])


async def other_epoch(house: House) -> None:
    """What a restore does: this copy of the company is another one."""
    company = open_company(house.settings)
    with company.db.writer.engine.begin() as conn:
        conn.execute(update(LogHead).values(epoch="another"))
    company.db.close()
