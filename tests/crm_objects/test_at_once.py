"""Soft likenesses at the very same moment: of those who save one value at once one passes unasked, the others are asked as if they had come
a second later (W15)."""

import asyncio
import itertools
import json
from collections.abc import Awaitable, Sequence
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, select

from crm_objects.engine.allowances import RecordAllowance
from server.events.models import LoggedEvent
from tests.crm_objects.desk import CUSTOMERS, errors, make, said
from tests.crm_objects.test_duplicates import try_make
from tests.crm_objects.test_merging import merge, unmerge
from tests.house import Client, House
from tests.server.api.people import BOSS, MANAGER, SECOND_SELLER, SELLER, enter

AT_ONCE = 8
_numbers = itertools.count(60_000_000)


@pytest.fixture
async def savers(shared: House) -> list[Client]:
    """Four people, each with a whole day's allowance that was never used."""
    await shared.company.write(lambda work: work.conn.execute(delete(RecordAllowance)))
    return [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER, BOSS)]


def _number() -> str:
    return f"021-{next(_numbers)}"


async def _at_once(acts: Sequence[Awaitable[httpx2.Response]]) -> list[httpx2.Response]:
    return list(await asyncio.gather(*acts))


def _save(client: Client, row: dict[str, Any], **fields: Any) -> Awaitable[httpx2.Response]:
    return client.http.patch(f"{CUSTOMERS}/{row['id']}", json={"version": row["version"], "fields": fields})


def _told(replies: Sequence[httpx2.Response]) -> list[str]:
    return sorted(said(one) for one in replies)


async def test_of_eight_who_enter_the_same_customer_one_passes_unasked(savers: list[Client]) -> None:
    for _ in range(3):
        phone, name = _number(), f"同一刻实业 {next(_numbers)}"
        replies = await _at_once([try_make(savers[at % 4], name=name, phone=phone) for at in range(AT_ONCE)])
        assert _told(replies) == ["201", *["409 duplicate"] * (AT_ONCE - 1)]
        for one in replies:
            if not one.is_success:
                assert errors(one) == {"fields.name": "duplicate", "fields.phone": "duplicate"}
                assert {match["field"] for match in one.json()["matches"]} == {"name", "phone"}


async def test_entering_and_changing_at_once_one_passes_unasked(savers: list[Client]) -> None:
    for _ in range(3):
        phone = _number()
        rows = [await make(savers[0]) for _ in range(AT_ONCE // 2)]
        replies = await _at_once(
            [
                *[_save(savers[0], row, phone=phone) for row in rows],
                *[try_make(client, name=f"新来的 {next(_numbers)}", phone=phone) for client in savers],
            ]
        )
        passed = [one for one in replies if one.is_success]
        assert len(passed) == 1, _told(replies)
        assert {said(one) for one in replies if not one.is_success} == {"409 duplicate"}


async def test_values_that_cross_keep_nobody_waiting_for_ever(savers: list[Client]) -> None:
    for _ in range(3):
        one, other = _number(), _number()
        pairs = ({"name": f"甲 {one}", "phone": other}, {"name": f"甲 {one}；乙 {other}", "phone": other})
        rows = [await make(savers[0]) for _ in range(2)]
        async with asyncio.timeout(8):
            replies = await _at_once(
                [
                    *[try_make(savers[at % 4], **pairs[at % 2]) for at in range(6)],
                    *[_save(savers[0], row, **pairs[at]) for at, row in enumerate(rows)],
                ]
            )
        assert sum(reply.is_success for reply in replies) == 1, _told(replies)
        assert {said(reply) for reply in replies if not reply.is_success} == {"409 duplicate"}


async def test_the_first_refusals_of_somebodys_day_are_all_told(savers: list[Client]) -> None:
    """They are counted at once, with nothing counted before; none is told that it was too often."""
    for client in savers:
        phone = _number()
        await make(savers[0], phone=phone)
        replies = await _at_once(
            [try_make(client, name=f"头一回 {next(_numbers)}", phone=phone) for _ in range(AT_ONCE)]
        )
        assert _told(replies) == ["409 duplicate"] * AT_ONCE


async def test_an_answer_lets_all_of_them_through(savers: list[Client]) -> None:
    phone = _number()
    rows = await asyncio.gather(*[make(client, "答过的", phone=phone) for client in savers * 2])
    assert len({row["id"] for row in rows}) == AT_ONCE


async def test_what_is_two_again_and_what_is_entered_meanwhile_come_one_after_the_other(
    shared: House, savers: list[Client]
) -> None:
    for _ in range(4):
        phone = _number()
        one, other = await make(savers[1]), await make(savers[1], phone=phone)
        survivor = await merge(savers[1], one, other, phone="mine")
        undone, entered = await _at_once(
            [
                unmerge(savers[1], survivor["id"], other["id"]),
                try_make(savers[0], name=f"撤销 {next(_numbers)}", phone=phone),
            ]
        )
        assert undone.is_success, undone.text
        if entered.is_success:
            new = entered.json()["item"]["id"]
            assert await _first(shared, new) < await _last(shared, other["id"]), "entered while they were one"
        else:
            assert errors(entered) == {"fields.phone": "duplicate"}


async def _first(house: House, record_id: int) -> int:
    return (await _places(house, record_id))[0]


async def _last(house: House, record_id: int) -> int:
    return (await _places(house, record_id))[-1]


async def _places(house: House, record_id: int) -> list[int]:
    """Where the log tells of a customer, in order."""
    log = LoggedEvent.__table__.c
    query = select(log.seq, log.body).where(log.type.like("record.%")).order_by(log.seq)
    rows = await house.company.read(lambda conn: conn.execute(query).all())
    named = [(row.seq, json.loads(row.body)["changes"]) for row in rows]
    return [
        seq
        for seq, changes in named
        if any((one["kind"], one["id"]) == ("record/customer", record_id) for one in changes)
    ]
