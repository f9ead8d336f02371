"""Receipts: asked within one's line and of readers only, given once, withdrawn, reminded, and shown to whom they are shown (W21)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from feed.models import Post, Receipt, ReceiptAsk
from server.work.work import Work
from tests.feed.board import confirm, counts, names_in, publish, refusal, set_clock, try_publish
from tests.house import House
from tests.server.api.people import counts as row_counts
from tests.server.api.people import department_id, enter, everything, person_id
from tests.server.api.samples import tomorrow

# Whom a person of the demo may ask (security.md §1a): by staff number, with the reason.
MAY_ASK = [
    ("1005", "1006", True, "a colleague of the own department"),
    ("1005", "1004", True, "the own manager"),
    ("1005", "1001", True, "the manager's manager's manager"),
    ("1005", "1008", False, "the manager of another department"),
    ("1005", "1013", False, "somebody elsewhere"),
    ("1004", "1005", True, "somebody below"),
    ("1004", "1009", False, "somebody below another manager"),
    ("1003", "1009", True, "somebody in a department below"),
    ("1003", "1011", True, "somebody in a department below"),
    ("1003", "1001", True, "the own manager"),
    ("1003", "1016", False, "somebody in another region"),
    ("1025", "1026", True, "a colleague of the own department"),
    ("1025", "1002", True, "the own manager"),
    ("1025", "1018", False, "somebody in another department"),
    ("1018", "1017", True, "the own manager"),
    ("1018", "1005", False, "a seller, asked by an accountant"),
    ("1001", "1016", True, "anybody, asked by the boss"),
    ("1002", "1016", True, "anybody, asked by an administrator"),
]


async def test_receipts_are_required_only_within_what_the_roles_allow(shared: House) -> None:
    for asker, asked, allowed, why in MAY_ASK:
        author, other = await enter(shared, asker), await person_id(shared, asked)
        before = await row_counts(shared)
        made = await try_publish(author, {"people": [other]}, {"people": [other]})
        if allowed:
            assert made.status_code == 201, f"{asker} asks {asked}: {why}"
        else:
            assert refusal(made) == (403, "forbidden"), f"{asker} asks {asked}: {why}"
            assert made.json()["next_step"] == "choose_own_line"
            assert await row_counts(shared) == before


async def test_one_beyond_the_line_refuses_the_whole_post(shared: House) -> None:
    author = await enter(shared, "1005")
    near, far = await person_id(shared, "1006"), await person_id(shared, "1013")
    before = await everything(shared)
    asked: list[dict[str, Any]] = [{"people": [near, far]}, {"everyone": True}]
    for receipts in asked:
        made = await try_publish(author, {"everyone": True}, receipts)
        assert refusal(made) == (403, "forbidden")
    assert await everything(shared) == before


async def test_who_must_confirm_is_among_who_can_read(shared: House) -> None:
    head = await enter(shared, "1003")
    first, second = await department_id(shared, "华东/销售一部"), await department_id(shared, "华东/销售二部")
    east, inside, outside = (
        await department_id(shared, "华东"),
        await person_id(shared, "1005"),
        await person_id(shared, "1009"),
    )
    before = await everything(shared)
    audience: dict[str, Any]
    receipts: dict[str, Any]
    for audience, receipts, field in (
        ({"departments": [first]}, {"people": [outside]}, "receipts.people"),
        ({"departments": [first]}, {"people": [inside, outside]}, "receipts.people"),
        ({"departments": [first]}, {"departments": [second]}, "receipts.departments"),
        ({"departments": [first]}, {"departments": [east]}, "receipts.departments"),
        ({"people": [inside]}, {"departments": [first]}, "receipts.departments"),
        ({"departments": [east]}, {"everyone": True}, "receipts.everyone"),
    ):
        made = await try_publish(head, audience, receipts)
        assert made.status_code == 422
        assert [(one["field"], one["code"]) for one in made.json()["errors"]] == [(field, "outside_audience")]
    assert await everything(shared) == before
    for audience, receipts, asked in (
        ({"departments": [east]}, {"departments": [first]}, {4, 5, 6, 7}),
        ({"departments": [first], "people": [outside]}, {"people": [outside, outside, inside]}, {5, 9}),
        ({"everyone": True}, {"departments": [second], "people": [inside]}, {5, 8, 9, 10}),
    ):
        post = await publish(head, audience, receipts)
        assert set(await names_in(head, post)) == asked


async def test_the_author_is_never_asked_and_nobody_twice(shared: House) -> None:
    author = await enter(shared, "1004")
    department = await department_id(shared, "华东/销售一部")
    post = await publish(
        author, {"departments": [department]}, {"departments": [department], "people": [5, 5, 6]}
    )
    assert sorted(await names_in(author, post)) == [5, 6, 7]
    alone = await try_publish(author, {"people": [5]}, {"people": [author.id]})
    assert alone.status_code == 422
    assert refusal(await confirm(author, post)) == (403, "not_required")


async def test_the_columns_hold_who_has_not_read_who_has_and_who_has_confirmed(shared: House) -> None:
    author = await enter(shared, "1004")
    readers = [await enter(shared, number) for number in ("1005", "1006", "1007")]
    people = [one.id for one in readers]
    post = await publish(author, {"people": people}, {"people": people})
    assert await names_in(author, post, "unread") == people
    await readers[0].put(f"/api/posts/{post}/read", {"version": 1})
    await readers[1].put(f"/api/posts/{post}/read", {"version": 1})
    assert (await confirm(readers[1], post)).status_code == 200
    assert await names_in(author, post, "unread") == people[2:]
    assert await names_in(author, post, "read") == people[:1]
    assert await names_in(author, post, "confirmed") == people[1:2]
    assert await names_in(author, post) == people
    assert await counts(author, post) == {"asked": 3, "done": 1, "read": 1, "withdrawn": 0, "left": 0}
    refused = await author.http.get(f"/api/posts/{post}/receipts", params={"column": "late"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "column")


async def test_a_manager_sees_the_rows_of_the_people_below_and_the_required_see_counts(shared: House) -> None:
    boss, head, manager = (
        await enter(shared, "1001"),
        await enter(shared, "1003"),
        await enter(shared, "1004"),
    )
    other_manager, seller, reader = (
        await enter(shared, "1008"),
        await enter(shared, "1005"),
        await enter(shared, "1020"),
    )
    asked = [manager.id, seller.id, other_manager.id, 9, 13]
    audience = {"people": [*asked, head.id, reader.id]}
    author = await enter(shared, "1002")
    post = await publish(author, {"people": [*audience["people"], boss.id]}, {"people": asked})
    for client, names, rows in (
        (author, "all", asked),
        (boss, "all", asked),
        (head, "below", [manager.id, seller.id, other_manager.id, 9]),
        (manager, "below", [seller.id]),
        (other_manager, "below", [9]),
        (seller, "none", []),
    ):
        page = await client.get(f"/api/posts/{post}/receipts")
        assert page["names"] == names, client.me["person"]["staff_number"]
        assert await names_in(client, post) == sorted(rows), client.me["person"]["staff_number"]
        assert page["counts"]["asked"] == len(asked)
        told = {change["id"] for change in page["also"]}
        assert told == set(rows)
        for column in ("unread", "read", "confirmed"):
            assert set(await names_in(client, post, column)) <= set(rows)
    refused = await reader.http.get(f"/api/posts/{post}/receipts")
    assert refusal(refused) == (403, "forbidden")
    assert refused.json()["next_step"] == "ask_author"


async def test_a_post_that_asks_for_nothing_has_no_receipts_to_show_or_give(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    post = await publish(author, {"people": [reader.id]})
    path = f"/api/posts/{post}/receipts"
    for client in (author, reader):
        assert refusal(await client.http.get(path)) == (404, "not_found")
        assert refusal(await confirm(client, post)) == (403, "not_required")
    assert refusal(await author.http.delete(f"{path}/{reader.id}")) == (404, "not_found")
    assert refusal(await author.try_post(f"{path}/remind")) == (404, "not_found")
    before = await everything(shared)
    await reader.put(f"/api/posts/{post}/read", {"version": 1})
    assert await everything(shared) == before


async def test_a_receipt_is_given_once_with_the_first_time(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    post = await publish(author, {"people": [reader.id]}, {"people": [reader.id]})
    answers = await asyncio.gather(*[confirm(reader, post) for _ in range(8)])
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["done_at"] for answer in answers}) == 1
    assert await counts(author, post) == {"asked": 1, "done": 1, "read": 0, "withdrawn": 0, "left": 0}
    before = await everything(shared)
    await confirm(reader, post)
    await reader.put(f"/api/posts/{post}/read", {"version": 1})
    assert await everything(shared) == before


async def test_a_withdrawn_request_is_no_longer_pending_and_no_longer_shown(shared: House) -> None:
    author, asked, other = (
        await enter(shared, "1004"),
        await enter(shared, "1005"),
        await enter(shared, "1006"),
    )
    people = [asked.id, other.id]
    post = await publish(author, {"people": people}, {"people": people})
    path = f"/api/posts/{post}/receipts"
    before = (await asked.get("/api/todos/counts"))["total"]
    await asked.put(f"/api/posts/{post}/read", {"version": 1})
    await author.delete(f"{path}/{asked.id}")
    assert (await asked.get("/api/todos/counts"))["total"] == before - 1
    assert refusal(await confirm(asked, post)) == (409, "not_pending")
    assert refusal(await asked.http.get(path)) == (403, "forbidden")
    assert await counts(author, post) == {"asked": 1, "done": 0, "read": 0, "withdrawn": 1, "left": 0}
    state = {row["person_id"]: row["state"] for row in (await author.get(path))["items"]}
    assert state == {asked.id: "withdrawn", other.id: "open"}
    unchanged = await everything(shared)
    await author.delete(f"{path}/{asked.id}")  # twice is once
    assert refusal(await author.http.delete(f"{path}/1013")) == (404, "not_found")
    assert await everything(shared) == unchanged
    assert (await confirm(other, post)).status_code == 200
    assert refusal(await author.http.delete(f"{path}/{other.id}")) == (409, "not_pending")
    assert refusal(await author.try_post(f"{path}/remind")) == (409, "not_pending")


async def test_a_receipt_of_an_older_version_is_stale_and_one_of_a_later_is_wrong(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    post = await publish(author, {"people": [reader.id]}, {"people": [reader.id]})

    def second_version(work: Work) -> None:
        ask = (
            work.conn.execute(select(ReceiptAsk.__table__).where(ReceiptAsk.post_id == post)).mappings().one()
        )
        work.conn.execute(insert(ReceiptAsk).values({**ask, "version": 2}))
        work.conn.execute(insert(Receipt).values(post_id=post, version=2, person_id=reader.id, state="open"))
        work.conn.execute(update(Post).where(Post.id == post).values(version=2))

    await shared.company.write(second_version)
    before = await everything(shared)
    stale = await confirm(reader, post, 1)
    assert refusal(stale) == (409, "stale_version")
    assert (stale.json()["version"], stale.json()["given"]) == (2, 1)
    later = await confirm(reader, post, 3)
    assert (later.status_code, later.json()["errors"][0]["field"]) == (422, "version")
    assert await everything(shared) == before
    assert (await confirm(reader, post, 2)).json()["version"] == 2


async def test_reminders_keep_their_distance_and_reach_only_who_is_missing(house: House) -> None:
    author, done, missing = await enter(house, "1004"), await enter(house, "1005"), await enter(house, "1006")
    people = [done.id, missing.id]
    post = await publish(author, {"people": people}, {"people": people})
    path = f"/api/posts/{post}/receipts/remind"
    await confirm(done, post)
    first = await author.try_post(path, key="first")
    assert first.json()["reminded"] == 1
    again = await author.try_post(path, key="first")
    assert (again.status_code, again.json()) == (200, first.json())
    refused = await author.try_post(path)
    assert refusal(refused) == (429, "too_soon")
    assert refused.json()["until"] == first.json()["next_at"]
    gap = datetime.fromisoformat(first.json()["next_at"]) - datetime.now(UTC)
    await set_clock(author, gap - timedelta(seconds=20))
    assert refusal(await author.try_post(path)) == (429, "too_soon")
    await set_clock(author, gap + timedelta(seconds=1))
    second = await author.try_post(path)
    assert (second.status_code, second.json()["reminded"]) == (200, 1)
    assert second.json()["next_at"] > first.json()["next_at"]
    assert refusal(await author.try_post(path)) == (429, "too_soon")


async def test_a_due_time_lies_ahead_by_the_products_clock_and_passing_it_leaves_the_request_open(
    house: House,
) -> None:
    author, asked = await enter(house, "1004"), await enter(house, "1005")
    due = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    post = await publish(author, {"people": [asked.id]}, {"people": [asked.id], "due_at": due})
    todo = next(one for one in (await asked.get("/api/todos"))["items"] if one["source"]["id"] == post)
    assert (todo["overdue"], todo["state"]) == (False, "open")
    await set_clock(author, timedelta(hours=3))
    late = next(one for one in (await asked.get("/api/todos"))["items"] if one["source"]["id"] == post)
    assert (late["overdue"], late["state"]) == (True, "open")
    before = await everything(house)
    refused = await try_publish(author, {"people": [asked.id]}, {"people": [asked.id], "due_at": due})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "receipts.due_at")
    assert await everything(house) == before
    backwards = await author.http.put("/api/test/clock", json={"now": datetime.now(UTC).isoformat()})
    assert (backwards.status_code, backwards.json()["errors"][0]["field"]) == (422, "now")
    assert (await confirm(asked, post)).json()["state"] == "done"


async def test_who_is_mentioned_without_seeing_the_post_is_told_to_the_author(shared: House) -> None:
    author = await enter(shared, "1004")
    department = await department_id(shared, "华东/销售二部")
    text = f"@[刘洋](person:5) @[林志强](person:13) @[销售二部](department:{department})"
    body = {
        "kind": "share",
        "text": text,
        "audience": {"people": [5, 8]},
        "receipts": {"people": [5], "due_at": tomorrow()},
    }
    made = await author.post("/api/posts", body, key="mentions")
    assert made["mentions"] == {"people": [5, 13], "departments": [department]}
    assert made["not_notified"] == {"people": [13], "departments": [department]}
    assert await author.post("/api/posts", body, key="mentions") == made
