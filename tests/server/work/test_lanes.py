"""Turns and batches: what was begun is finished, whoever goes away; what fails leaves nothing."""

import asyncio
import json
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from chat import messages
from feed.models import Post
from server.auth.cookies import cookie_name
from server.events import log
from server.events.envelope import Event, person_stream
from server.events.models import LogHead
from server.org.models import Person
from server.work.company import Company
from server.work.lanes import SmallAct
from server.work.work import Work
from tests.chat.talk import group_of, stored
from tests.house import House
from tests.server.realtime.crowd import enter, eventually


class Gate:
    """Holds the numbering of every write back until it is opened: all of them are in the middle of their commit."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.inside, self.open = threading.Event(), threading.Event()

    async def __aenter__(self) -> "Gate":
        def turn(work: Work) -> None:
            work.conn.execute(update(LogHead).values(seq=LogHead.seq))
            self.inside.set()
            self.open.wait(10)

        self._holding = asyncio.ensure_future(self.company.write(turn))
        await asyncio.to_thread(self.inside.wait, 10)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.open.set()
        await self._holding

    async def somebody_waits(self) -> None:
        """A write stands before the gate."""
        if self.company.db.dialect == "sqlite":
            writer: Any = self.company.db.writer
            await eventually(lambda: len(writer._queue) > 0)
            return
        waiting = text(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')"
        )
        async with asyncio.timeout(10):
            while not await self.company.read(lambda conn: conn.execute(waiting).scalar_one()):
                pass


def note(person: int) -> Any:
    """An act that can be seen afterwards."""

    def turn(work: Work) -> int:
        work.conn.execute(update(Person).where(Person.id == person).values(title="changed"))
        work.record(Event("test.happened", [person_stream(person)]))
        return person

    return turn


async def title_of(company: Company, person: int) -> str:
    return await company.read(
        lambda conn: conn.execute(select(Person.title).where(Person.id == person)).scalar_one()
    )


async def test_a_waiter_that_is_cancelled_does_not_undo_its_turn(company: Company) -> None:
    head = await company.read(log.head)
    async with Gate(company) as gate:
        waiter = asyncio.create_task(company.write(note(4)))
        await gate.somebody_waits()
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
    await eventually(lambda: company.relay.position == head + 1)
    assert await title_of(company, 4) == "changed"


async def test_a_sender_that_is_cancelled_does_not_undo_its_message_nor_the_others(house: House) -> None:
    owner = await enter(house, 3)
    group = await group_of(owner, 4)
    async with Gate(house.company) as gate:
        sends = [messages.prepare(3, group, f"c-{at}", f"{at}", None) for at in range(4)]
        waiting = [house.company.small("message", one) for one in sends]
        await gate.somebody_waits()
        waiting[1].cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(done[1], asyncio.CancelledError)
    assert [row.client_id for row in await stored(house.company, group)] == ["c-0", "c-1", "c-2", "c-3"]


async def test_a_browser_that_goes_away_in_the_middle_of_a_commit_finds_its_post_there(house: House) -> None:
    author = await enter(house, 3)
    body = json.dumps({"kind": "share", "text": "gone away", "audience": {"people": [4]}}).encode()
    cookie = f"{cookie_name(False)}={author.http.cookies[cookie_name(False)]}"
    request = (
        f"POST /api/posts HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nIdempotency-Key: away\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    async with Gate(house.company) as gate:
        _, out = await asyncio.open_connection("127.0.0.1", house.settings.port)
        out.write(request.encode() + body)
        await gate.somebody_waits()
        out.transport.abort()
    again = await author.try_post("/api/posts", json.loads(body), key="away")
    assert again.status_code in (201, 409)
    found = await house.company.read(
        lambda conn: conn.execute(select(Post.id).where(Post.text == "gone away")).scalars().all()
    )
    assert len(found) == 1


async def test_an_act_that_fails_leaves_neither_rows_nor_numbers_nor_events(company: Company) -> None:
    head = await company.read(log.head)

    def fails(work: Work) -> None:
        note(4)(work)
        raise ValueError("no")

    def fails_in_the_database(work: Work) -> None:
        note(4)(work)
        work.conn.execute(update(Person).where(Person.id == 4).values(name=None))

    with pytest.raises(ValueError, match="no"):
        await company.write(fails)
    with pytest.raises(IntegrityError):
        await company.write(fails_in_the_database)
    assert await company.read(log.head) == head
    assert await title_of(company, 4) != "changed"
    assert (await company.write(note(4))).seq == head + 1


async def test_a_turn_that_loses_a_race_on_a_unique_key_looks_again(company: Company) -> None:
    looks: list[int] = []

    def turn(work: Work) -> str:
        looks.append(1)
        if len(looks) == 1:
            raise IntegrityError("insert", {}, Exception("a twin was faster"))
        return "found"

    assert (await company.write(turn)).value == "found"
    assert len(looks) == 2


class SentAway(Exception):
    """What the driver says to the one that a deadlock sent away."""

    sqlstate = "40P01"


@pytest.mark.parametrize("at_once", [1, 3])
async def test_a_small_act_that_loses_a_race_is_tried_again_by_itself(company: Company, at_once: int) -> None:
    batches: list[int] = []

    def run(work: Work, acts: Sequence[int]) -> list[int]:
        batches.append(len(acts))
        if len(batches) == 1:
            raise OperationalError("update", {}, SentAway())
        return list(acts)

    company.lanes._acts["racing"] = SmallAct("racing", 1, run)
    async with Gate(company):
        waiting = [company.small("racing", at) for at in range(at_once)]
    done = await asyncio.gather(*waiting)
    assert [one.value for one in done] == list(range(at_once))
    assert sum(batches) == batches[0] + at_once, "those of the failed batch once more, nobody else"


async def test_the_number_an_act_answers_is_the_one_from_which_it_is_visible(company: Company) -> None:
    head = await company.read(log.head)
    silent = await company.write(lambda work: None)
    assert silent.seq == head, "nothing was said: visible from now on"

    def three(work: Work) -> None:
        for _ in range(3):
            work.record(Event("test.happened", [person_stream(4)]))

    assert (await company.write(three)).seq == head + 3
    assert [row.seq for row in await company.read(lambda conn: log.read_since(conn, head, 10))] == [
        head + 1,
        head + 2,
        head + 3,
    ]


async def test_forty_turns_at_once_are_numbered_in_the_order_of_their_commits(company: Company) -> None:
    head = await company.read(log.head)
    heard: list[int] = []
    company.relay.listener = lambda rows: heard.extend(row.seq for row in rows)
    done = await asyncio.gather(*[company.write(note(1 + at % 26)) for at in range(40)])
    assert sorted(one.seq for one in done) == list(range(head + 1, head + 41))
    await eventually(lambda: len(heard) >= 40)
    assert heard == list(range(head + 1, head + 41)), "told in order, each once, without gaps"
