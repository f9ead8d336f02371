"""Receipts bound to a department (N6): who joins is asked, who leaves is released, what was given stays."""

from typing import Any

from sqlalchemy import select

from feed.models import ReceiptAsk
from server.background.reactions import catch_up
from server.work.work import Work
from tests.feed.board import confirm, counts, move, names_in, publish
from tests.house import Client, House
from tests.server.api.people import department_id, enter, person_id


async def bound_post(house: House, **more: Any) -> tuple[Client, int, int]:
    """The head of 华东 asks 销售一部, later joiners too: the author, the department, the post."""
    author, department = await enter(house, "1003"), await department_id(house, "华东/销售一部")
    named = {"departments": [department]}
    return author, department, await publish(author, named, named | {"bound": True} | more)


async def waits(client: Client, post: int) -> bool:
    return post in [todo["source"]["id"] for todo in (await client.get("/api/todos"))["items"]]


async def test_who_joins_later_is_asked_on_open_screens_and_who_leaves_is_released(house: House) -> None:
    author, department, post = await bound_post(house)
    before = await counts(author, post)
    joiner, elsewhere = await enter(house, "1009"), await department_id(house, "华东/销售二部")
    state = await joiner.bootstrap()
    async with joiner.live(state["cursor"]) as live:
        await move(house, joiner.id, department)
        await catch_up(house.company)
        told = await live.event("receipt.told")
    assert [(one["op"], one["data"]["state"]) for one in told["changes"]] == [("put", "open")]
    assert await waits(joiner, post)
    assert (await counts(author, post))["asked"] == before["asked"] + 1
    await move(house, joiner.id, elsewhere)
    await catch_up(house.company)
    assert not await waits(joiner, post)
    assert await counts(author, post) == before
    assert joiner.id not in await names_in(author, post)


async def test_a_receipt_that_was_given_stays_when_its_giver_moves_away(house: House) -> None:
    author, _, post = await bound_post(house)
    member = await enter(house, "1005")
    assert (await confirm(member, post)).status_code == 200
    await move(house, member.id, await department_id(house, "华东/销售二部"))
    await catch_up(house.company)
    assert member.id in await names_in(author, post, "confirmed")


async def test_who_is_named_by_hand_too_or_withdrawn_by_the_author_is_left_alone(house: House) -> None:
    named, withdrawn = await person_id(house, "1005"), await person_id(house, "1006")
    author, department, post = await bound_post(house, people=[named])
    await author.delete(f"/api/posts/{post}/receipts/{withdrawn}")
    await move(house, named, await department_id(house, "华东/销售二部"))
    await move(house, withdrawn, department)
    await catch_up(house.company)
    pending = await names_in(author, post, "unread")
    assert named in pending
    assert withdrawn not in pending


async def test_without_binding_nobody_is_asked_later_and_nobody_released(house: House) -> None:
    author, department, post = await bound_post(house, bound=False)
    before = await counts(author, post)
    await move(house, await person_id(house, "1009"), department)
    await move(house, await person_id(house, "1005"), await department_id(house, "华东/销售二部"))
    await catch_up(house.company)
    assert await counts(author, post) == before


async def test_after_the_due_time_nobody_more_is_asked(house: House) -> None:
    author, department, post = await bound_post(house)
    before = await counts(author, post)

    def pass_the_due_time(work: Work) -> None:
        asked = work.conn.execute(select(ReceiptAsk).where(ReceiptAsk.post_id == post))
        assert asked.first() is not None
        work.conn.execute(
            ReceiptAsk.__table__.update().where(ReceiptAsk.post_id == post).values(due_at=work.now)  # type: ignore[attr-defined]
        )

    await house.company.write(pass_the_due_time)
    await move(house, await person_id(house, "1009"), department)
    await catch_up(house.company)
    assert await counts(author, post) == before
