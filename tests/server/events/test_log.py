"""The log's own rules: spans, replay and pruning as rows."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.events import log
from server.events.envelope import Event, person_stream
from server.events.models import EventStream, LoggedEvent, StreamGrant
from server.kit.clock import real_now
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.server.realtime.crowd import running

ME = 4


async def record(company: Company, *events: Event) -> int:
    """In one act; the number of the last."""

    def turn(work: Work) -> None:
        for event in events:
            work.record(event)

    return (await company.write(turn)).seq


def told(stream: str, **control: Any) -> Event:
    return Event("test.happened", [stream], **control)


async def replayed(company: Company, position: int, limit: int = 100) -> list[int]:
    rows = await company.read(lambda conn: log.replay(conn, ME, position, limit))
    return [seq for seq, _ in rows]


async def test_a_span_holds_from_the_opening_to_the_closing_number_both_included(
    shared_company: Company,
) -> None:
    stream = "conversation:7001"
    last = await record(
        shared_company,
        told(stream),
        told(stream, opens={stream: [ME]}),
        told(stream),
        told(stream, closes={stream: [ME]}),
        told(stream),
        told(stream, opens={stream: [ME]}),
        told(stream),
    )
    first = last - 6
    assert await replayed(shared_company, first - 1) == [first + 1, first + 2, first + 3, last - 1, last]
    assert await replayed(shared_company, first + 3) == [last - 1, last]
    spans = await shared_company.read(lambda conn: log.spans_since(conn, ME, 0))
    assert [one for one in spans if one[0] == stream] == [
        (stream, first + 1, first + 3),
        (stream, last - 1, None),
    ]
    at_the_fence = await shared_company.read(lambda conn: log.spans_since(conn, ME, first + 3))
    assert (stream, first + 1, first + 3) not in at_the_fence


async def test_an_event_on_several_streams_of_a_person_is_replayed_once_and_in_order(
    shared_company: Company,
) -> None:
    one, other = "conversation:7002", "conversation:7003"
    last = await record(
        shared_company,
        told(person_stream(ME), opens={one: [ME], other: [ME]}),
        Event("test.happened", [one, other, person_stream(ME), "everyone"]),
        Event("test.happened", [other]),
    )
    assert await replayed(shared_company, last - 3) == [last - 2, last - 1, last]
    assert await replayed(shared_company, last - 3, limit=2) == [last - 2, last - 1]


async def test_the_database_refuses_a_second_open_span_of_one_stream(shared_company: Company) -> None:
    stream = "conversation:7004"
    await record(shared_company, told(stream, opens={stream: [ME]}))
    head = await shared_company.read(log.head)
    with pytest.raises(IntegrityError):
        await record(shared_company, told(stream, opens={stream: [ME]}))
    assert await shared_company.read(log.head) == head


async def test_closing_what_is_not_open_changes_nothing(shared_company: Company) -> None:
    stream = "conversation:7005"
    await record(shared_company, told(stream, closes={stream: [ME]}))
    spans = await shared_company.read(lambda conn: log.spans_since(conn, ME, 0))
    assert [one for one in spans if one[0] == stream] == []


async def test_pruning_forgets_old_events_but_never_spans_nor_the_head(house_settings: SettingsMaker) -> None:
    async with running(house_settings()) as company:
        head = await company.read(log.head)

        def look(conn: Any) -> tuple[int, ...]:
            return tuple(
                conn.execute(select(func.count()).select_from(one)).scalar_one()
                for one in (LoggedEvent, EventStream, StreamGrant)
            )

        before = await company.read(look)
        assert await company.read(log.oldest) == 1
        gone = await company.write(lambda work: log.prune(work.conn, real_now() - timedelta(days=1)))
        assert gone.value == 0
        gone = await company.write(lambda work: log.prune(work.conn, real_now() + timedelta(days=1)))
        assert gone.value == before[0] == head
        assert await company.read(look) == (0, 0, before[2])
        assert await company.read(log.head) == head
        assert await company.read(log.oldest) == head + 1
        assert await record(company, told(person_stream(ME))) == head + 1
        assert await company.read(log.oldest) == head + 1


async def test_a_new_companys_head_is_made_once(shared_company: Company) -> None:
    before = await shared_company.read(lambda conn: (log.head(conn), log.epoch(conn)))
    await shared_company.write(lambda work: log.ensure_head(work.conn))
    assert await shared_company.read(lambda conn: (log.head(conn), log.epoch(conn))) == before
