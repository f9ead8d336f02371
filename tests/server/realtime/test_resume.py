"""Hello has three outcomes, each named: nothing missed, replay, reset. None of them loses anything silently (P5)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.events import log
from server.events.envelope import Event, person_stream
from server.events.models import LoggedEvent
from server.events.relay import Relay
from server.kit.clock import real_now
from server.realtime.hub import FRAME_EVENTS, Hub, Pace
from server.realtime.resume import MAX_REPLAY, parse_cursor
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.server.realtime.crowd import Ear, handed_out, running

ME = 4


@pytest.fixture
def company(shared_company: Company) -> Company:
    return shared_company


async def tell(company: Company, count: int, person: int = ME) -> int:
    """So many events for one person in one act; answers the last number."""

    def turn(work: Work) -> None:
        for at in range(count):
            work.record(Event("test.happened", [person_stream(person)], actor=at))

    return (await company.write(turn)).seq


@pytest.fixture(params=["memory", "database"])
async def hub(request: pytest.FixtureRequest, company: Company) -> AsyncIterator[Callable[[], Any]]:
    """A hub that remembers everything, or one of a process that has just started. Asked for after the events."""
    remembering, relays = Hub(company.relay), []

    async def get() -> Hub:
        await handed_out(company, remembering)
        if request.param == "memory":
            return remembering
        relay = Relay(company.db, company.bus)
        relays.append(relay)
        await relay.start()
        return Hub(relay)

    yield get
    for relay in relays:
        await relay.stop()


def cursor_at(company: Company, seq: int) -> str:
    return f"{company.relay.epoch}-{seq}"


async def test_who_missed_nothing_is_told_so(company: Company, hub: Callable[[], Any]) -> None:
    head = await tell(company, 3)
    ear = Ear(company, await hub(), ME, cursor_at(company, head))
    assert (await ear.hello()).outcome == "nothing_missed"
    assert (ear.heard, ear.cursor) == ([], cursor_at(company, head))
    await tell(company, 2, person=5)
    other = Ear(company, await hub(), ME, cursor_at(company, head))
    assert (await other.hello()).outcome == "nothing_missed", "what others heard is not missed"
    assert other.cursor == cursor_at(company, head + 2)


async def test_a_long_replay_comes_in_several_frames_and_a_break_between_them_loses_nothing(
    company: Company, hub: Callable[[], Any]
) -> None:
    before = await company.read(log.head)
    head = await tell(company, 2 * FRAME_EVENTS + 50)
    everything = list(range(before + 1, head + 1))
    ear = Ear(company, await hub(), ME, cursor_at(company, before))
    assert (await ear.hello(keep=2)).outcome == "replay"
    assert ear.heard == everything[:FRAME_EVENTS]
    ear.cut()
    rest = Ear(company, await hub(), ME, ear.cursor)
    await rest.hello()
    assert ear.heard + rest.heard == everything
    assert rest.cursor == cursor_at(company, head)
    assert [frame["op"] for frame in rest.frames] == ["ready", "events", "events"]
    whole = Ear(company, await hub(), ME, cursor_at(company, before))
    await whole.hello()
    assert whole.heard == everything
    assert [len(frame["events"]) for frame in whole.frames[1:]] == [200, 200, 50]


async def test_big_events_are_replayed_in_small_frames(company: Company, hub: Callable[[], Any]) -> None:
    before = await company.read(log.head)

    def turn(work: Work) -> None:
        for _ in range(12):
            work.record(Event("x" * 60, [person_stream(ME)], echo="long " * 20_000))

    head = (await company.write(turn)).seq
    one = await hub()
    one.pace = Pace(max_buffered=1 << 30)
    ear = Ear(company, one, ME, cursor_at(company, before))
    await ear.hello()
    assert ear.heard == list(range(before + 1, head + 1))
    assert [len(frame["events"]) for frame in ear.frames[1:]] == [2] * 6


async def test_exactly_five_thousand_missed_events_are_replayed_and_one_more_is_a_reset(
    company: Company, hub: Callable[[], Any]
) -> None:
    before = await company.read(log.head)
    head = await tell(company, MAX_REPLAY + 1)
    assert head == before + MAX_REPLAY + 1
    almost = Ear(company, await hub(), ME, cursor_at(company, before + 1))
    assert (await almost.hello()).outcome == "replay"
    assert almost.heard == list(range(before + 2, head + 1))
    late = Ear(company, await hub(), ME, cursor_at(company, before))
    assert (await late.hello()).outcome == "reset"
    assert late.heard == []
    await tell(company, 1)
    await handed_out(company, late.hub)
    assert late.heard == [], "after a reset nothing comes until the next hello"
    late.cursor = cursor_at(company, head)
    assert (await late.hello()).outcome in ("replay", "nothing_missed")


async def test_a_cursor_that_cannot_be_right_is_a_reset(company: Company, hub: Callable[[], Any]) -> None:
    head = await tell(company, 1)
    one = await hub()
    epoch = company.relay.epoch
    for cursor in (
        "",
        f"other-{head}",
        f"{epoch}-{head + 1}",
        f"{epoch}-{10**17}",
        str(head),
        epoch,
        f"{epoch}--1",
    ):
        ear = Ear(company, one, ME, cursor)
        assert (await ear.hello()).outcome == "reset", cursor
        assert ear.frames == [{"op": "ready", "outcome": "reset", "cursor": cursor_at(company, head)}]
        assert ear.listener.streams == set()


def test_a_cursor_is_read_only_in_its_own_spelling() -> None:
    assert parse_cursor("ab-7", "ab") == 7
    for cursor in ("ab-7 ", "ab-٣", "ab-7e2", "ab-0x1", "ab-", "-7", "ab-" + "9" * 19, "AB-7", "ab--7"):
        assert parse_cursor(cursor, "ab") is None, cursor


@pytest.mark.parametrize("everything", [False, True])
async def test_what_was_pruned_is_a_reset_and_what_is_kept_is_replayed(
    house_settings: SettingsMaker, everything: bool
) -> None:
    async with running(house_settings()) as company:
        first = await tell(company, 10) - 9
        old = real_now() - timedelta(days=100)
        last_old = first + 9 if everything else first + 4

        def age(work: Work) -> int:
            work.conn.execute(update(LoggedEvent).where(LoggedEvent.seq <= last_old).values(at=old))
            return log.prune(work.conn, real_now() - timedelta(days=90))

        assert (await company.write(age)).value == last_old
        relay = Relay(company.db, company.bus)
        await relay.start()
        for missed, outcome in ((last_old - 1, "reset"), (last_old, "replay"), (first + 9, "nothing_missed")):
            ear = Ear(company, Hub(relay), ME, cursor_at(company, missed))
            found = (await ear.hello()).outcome
            assert found == ("nothing_missed" if missed == first + 9 else outcome), missed
            assert ear.heard == ([] if found != "replay" else list(range(last_old + 1, first + 10)))
        assert (
            await company.write(lambda work: log.prune(work.conn, real_now() - timedelta(days=90)))
        ).value == 0
        await relay.stop()


async def test_hello_again_on_the_same_socket_goes_on_from_the_new_cursor(
    company: Company, hub: Callable[[], Any]
) -> None:
    before = await tell(company, 5)
    ear = Ear(company, await hub(), ME, cursor_at(company, before))
    await ear.hello()
    ear.cursor = cursor_at(company, before - 3)
    await ear.hello()
    assert ear.heard == [before - 2, before - 1, before]


async def test_after_every_hello_each_event_comes_once(company: Company) -> None:
    hub = Hub(company.relay)
    before = await company.read(log.head)
    ear = Ear(company, hub, ME, cursor_at(company, before))
    for _ in range(5):
        saying, telling = asyncio.create_task(ear.hello()), asyncio.create_task(tell(company, 3))
        await asyncio.gather(saying, telling)
        await handed_out(company, hub)
    assert ear.heard == list(range(before + 1, before + 16))


async def test_two_hellos_at_once_leave_no_gap(company: Company) -> None:
    hub = Hub(company.relay)
    before = await tell(company, 4)
    ear = Ear(company, hub, ME, cursor_at(company, before - 4))
    await asyncio.gather(ear.hello(), tell(company, 2), ear.hello(), tell(company, 2), ear.hello())
    head = await handed_out(company, hub)
    await tell(company, 1)
    await handed_out(company, hub)
    assert set(ear.heard) == set(range(before - 3, head + 2))
    assert ear.heard.count(head + 1) == 1
    assert ear.cursor == cursor_at(company, head + 1)
