"""Reactions within the act: in the same transaction, before the numbers, in the order of the modules."""

from typing import Any

import pytest

from server.events.envelope import EVERYONE, Event
from server.kit.problems import WrongState
from server.work.within import Within, by_type
from server.work.work import Work
from tests.house import House


def install(house: House, *reactions: Within) -> None:
    house.company.within = {**house.company.within, **by_type(reactions)}


async def test_a_reaction_records_in_the_act_and_is_reacted_to_itself(house: House) -> None:
    seen: list[str] = []

    def first(work: Work, event: Event) -> None:
        seen.append(event.type)
        work.record(Event("test.second", [EVERYONE]))

    def second(work: Work, event: Event) -> None:
        seen.append(event.type)

    install(house, Within("test.first", "first", first), Within("test.second", "second", second))
    before = await house.company.write(lambda work: work.record(Event("test.first", [EVERYONE])))
    assert seen == ["test.first", "test.second"]
    assert before.seq == before.value.seq + 1  # the act ends with the last of its events


async def test_a_reaction_that_refuses_refuses_the_whole_act(house: House) -> None:
    def refuse(work: Work, event: Event) -> None:
        raise WrongState("no")

    install(house, Within("test.first", "refuse", refuse))
    head = (await house.company.write(lambda work: work.seq)).value

    def act(work: Work) -> Any:
        work.audit("test.done", ("person", 1))
        return work.record(Event("test.first", [EVERYONE]))

    with pytest.raises(WrongState):
        await house.company.write(act)
    assert (await house.company.write(lambda work: work.seq)).value == head
