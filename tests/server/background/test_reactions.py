"""Reactions «after»: each fact has its effect once, whoever deals with it and whatever comes meanwhile."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from server.background import reactions
from server.background.jobs import BY_THE_HOUSE
from server.background.reactions import Effect, Fact, Reaction, step
from server.events.envelope import EVERYONE, Event
from server.work.company import Company
from server.work.work import Work
from tests.house import House


async def said(house: House, count: int) -> int:
    """The number of the last of so many facts."""
    last = 0
    for _ in range(count):
        last = (await house.company.write(lambda work: work.record(Event("test.said", [EVERYONE])))).seq
    return last


def noting(dealt_with: list[int], meanwhile: "asyncio.AbstractEventLoop | None" = None) -> Reaction:
    """Notes what it deals with in its effect; with a loop, another fact comes each time that it looks."""

    def prepare(conn: Connection, company: Company, facts: Sequence[Fact]) -> Effect:
        if meanwhile is not None:
            more = company.write(lambda work: work.record(Event("test.said", [EVERYONE])))
            asyncio.run_coroutine_threadsafe(more, meanwhile).result(10)

        def effect(work: Work) -> None:
            dealt_with.extend(fact.seq for fact in facts)

        return effect

    return Reaction("test.noting", BY_THE_HOUSE, frozenset({"test.said"}), prepare)


async def test_facts_are_dealt_with_once_in_order_and_in_parts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealt_with: list[int] = []
    noted = noting(dealt_with)
    await step(house.company, noted)  # begins at the newest number
    last = await said(house, 5)
    monkeypatch.setattr(reactions, "AT_ONCE", 2)
    assert await step(house.company, noted) >= last
    await step(house.company, noted)
    assert dealt_with == list(range(last - 4, last + 1))


async def test_a_step_ends_with_what_was_there_when_it_began_while_a_flood_goes_on(house: House) -> None:
    dealt_with: list[int] = []
    await step(house.company, noting([]))
    last = await said(house, 3)
    flooded = noting(dealt_with, asyncio.get_running_loop())
    async with asyncio.timeout(30):
        reached = await step(house.company, flooded)
    assert reached == last
    assert dealt_with == [last - 2, last - 1, last]
    await step(house.company, noting(dealt_with))
    assert dealt_with == list(range(last - 2, dealt_with[-1] + 1))


async def test_two_processes_at_once_deal_with_each_fact_once(house: House) -> None:
    dealt_with: list[int] = []
    noted = noting(dealt_with)
    await step(house.company, noted)
    last = await said(house, 12)
    await asyncio.gather(*[step(house.company, noted) for _ in range(4)])
    assert dealt_with == list(range(last - 11, last + 1))
