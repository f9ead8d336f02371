"""Instructions: who has to do it answers «received» and «done», who asked sees who is where (WORK-09, 10, 11)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from feed.instruction.module import PARTS
from server.db.invariant import Invariant
from tests.feed.board import refusal
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OTHER_MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
    person_id,
)


def at(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


async def try_instruct(author: Client, people: list[int], **about: Any) -> Any:
    body = {"kind": "instruction", "text": "今天报数", "audience": {"people": people}, "details": {}, **about}
    return await author.try_post("/api/posts", body)


async def instruct(author: Client, people: list[int], **about: Any) -> int:
    return int((await try_instruct(author, people, **about)).raise_for_status().json()["id"])


async def answer(client: Client, post: int, state: str) -> Any:
    return await client.http.put(f"/api/posts/{post}/answer", json={"state": state})


async def counts(client: Client, post: int) -> tuple[int, int, int]:
    tally = (await client.get(f"/api/posts/{post}/answers"))["counts"]
    return tally["asked"], tally["received"], tally["done"]


async def waiting(client: Client) -> set[int]:
    todos = (await client.get("/api/todos", category="instruction"))["items"]
    return {one["source"]["id"] for one in todos}


async def hold(house: House) -> None:
    rules = [one for one in PARTS if isinstance(one, Invariant)]
    broken = await house.company.read(
        lambda conn: [rule.says for rule in rules if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []


async def test_recipients_answer_received_and_done_and_who_asked_sees_who_is_where(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    before = (await first.get("/api/todos/counts"))["categories"]["instruction"]
    async with first.live() as phone, author.live() as wall:
        post = await instruct(author, [first.id, second.id, author.id], details={"due_at": at(hours=3)})
        given = await phone.event("instruction.given", post_id=post)
        assert {one["kind"] for one in given["changes"]} == {"instruction", "todo/instruction"}
        todo = next(one for one in (await first.get("/api/todos"))["items"] if one["source"]["id"] == post)
        assert (todo["category"], todo["asked_by"], todo["overdue"]) == ("instruction", author.id, False)
        received = (await answer(first, post, "received")).json()
        assert (received["state"], received["done_at"]) == ("received", None)
        await wall.event("instruction.counted", post_id=post, received=1)
        done = (await answer(first, post, "done")).json()
        assert (done["state"], done["received_at"]) == ("done", received["received_at"])
        await wall.event("instruction.counted", post_id=post, done=1, received=0)
    # Twice is the same, also «received» after «done».
    assert (
        (await answer(first, post, "done")).json() == done == (await answer(first, post, "received")).json()
    )
    assert post not in await waiting(first)
    assert post in await waiting(second)
    assert (await first.get("/api/todos/counts"))["categories"]["instruction"] == before
    panel = await author.get(f"/api/posts/{post}/answers")
    assert {row["person_id"]: row["state"] for row in panel["items"]} == {first.id: "done", second.id: "open"}
    assert (panel["names"], await counts(author, post)) == ("all", (2, 0, 1))
    seen = await second.get(f"/api/posts/{post}/answers")
    assert (seen["names"], seen["items"]) == ("none", [])
    also = (await first.get(f"/api/posts/{post}"))["also"]
    assert {"op": "put", "kind": "instruction", "id": post, "data": done} in also
    await hold(shared)


async def test_answers_at_one_moment_count_once_each_and_a_deleted_one_waits_for_nobody(
    shared: House,
) -> None:
    author = await enter(shared, BOSS)
    people = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, OTHER_MANAGER)]
    post = await instruct(author, [one.id for one in people])
    answers = await asyncio.gather(
        *[answer(one, post, state) for one in people for state in ("received", "done", "done")]
    )
    assert {one.status_code for one in answers} == {200}
    assert await counts(author, post) == (3, 0, 3)
    again = await instruct(author, [one.id for one in people])
    gone, *late = await asyncio.gather(
        author.http.delete(f"/api/posts/{again}"), *[answer(one, again, "done") for one in people]
    )
    assert gone.status_code == 204
    assert {one.status_code for one in late} <= {200, 404, 409}
    for one in people:
        assert again not in await waiting(one)
    await hold(shared)


async def test_who_leaves_no_longer_has_to_and_who_comes_back_has_again(shared: House) -> None:
    author, other = await enter(shared, BOSS), await enter(shared, SECOND_SELLER)
    administrator, leaver = await enter(shared, ADMINISTRATOR), await person_id(shared, "1024")
    post = await instruct(author, [leaver, other.id])
    path = f"/api/people/{leaver}/resignation"
    await administrator.put(path, {"reason": "", "pass_reports_up": True})
    assert await counts(author, post) == (1, 0, 0)
    await hold(shared)
    await administrator.delete(path)
    assert await counts(author, post) == (2, 0, 0)
    await hold(shared)


async def test_refusals_say_what_is_wrong(shared: House) -> None:
    author, seller, other, stranger = [
        await enter(shared, one) for one in (MANAGER, SELLER, OTHER_MANAGER, OUTSIDER)
    ]
    assert refusal(await try_instruct(seller, [stranger.id])) == (403, "forbidden")
    refused = await try_instruct(author, [seller.id, other.id])
    assert (refusal(refused), refused.json()["beyond"]) == ((403, "forbidden"), 1)
    for wrong, field, code in (
        ({"details": {"due_at": at(hours=-1)}}, "details.due_at", "past"),
        ({"details": {"priority": 1}}, "details.priority", "unknown"),
        ({"receipts": {"people": [seller.id]}}, "receipts", "unknown"),
        ({"audience": {"people": [author.id]}}, "audience", "nobody_else"),
    ):
        refused = await try_instruct(author, [seller.id], **wrong)
        assert refusal(refused) == (422, "invalid"), wrong
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    post = await instruct(author, [seller.id])
    assert refusal(await answer(author, post, "done")) == (403, "not_required")
    assert refusal(await answer(stranger, post, "done")) == (404, "not_found")
    assert refusal(await answer(seller, post, "refused")) == (422, "invalid")
    share = await author.post(
        "/api/posts", {"kind": "share", "text": "好", "audience": {"people": [seller.id]}}
    )
    assert refusal(await answer(seller, share["id"], "done")) == (403, "not_required")
    assert (await seller.http.get(f"/api/posts/{share['id']}/answers")).status_code == 404
