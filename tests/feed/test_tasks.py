"""Tasks: one state for all their people, a list to tick off, what they come from linked both ways (WORK-12, FEED-16)."""

import asyncio
from typing import Any

from feed.task.module import PARTS
from server.background.reactions import catch_up
from server.db.invariant import Invariant
from tests.feed.board import publish, refusal
from tests.feed.test_instructions import at
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    MANAGER,
    OTHER_MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
)
from tests.server.cards.test_carrying import refs


async def try_set(author: Client, people: list[int], **about: Any) -> Any:
    details = {"people": people, **about.pop("details", {})}
    body = {"kind": "task", "text": "续约蓝湖", "audience": {"people": people}, "details": details, **about}
    return await author.try_post("/api/posts", body)


async def set_task(author: Client, people: list[int], **about: Any) -> int:
    return int((await try_set(author, people, **about)).raise_for_status().json()["id"])


async def progress(client: Client, post: int, state: str) -> Any:
    return await client.http.put(f"/api/posts/{post}/progress", json={"state": state})


async def waiting(client: Client) -> set[int]:
    todos = (await client.get("/api/todos", category="task"))["items"]
    return {one["source"]["id"] for one in todos}


async def hold(house: House) -> None:
    [rule] = [one for one in PARTS if isinstance(one, Invariant)]
    assert await house.company.read(lambda conn: conn.exec_driver_sql(rule.broken).first()) is None


async def test_a_task_waits_for_its_people_is_ticked_off_and_done_for_all_at_once(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    people = [first.id, second.id]
    async with first.live() as one, second.live() as other:
        post = await set_task(author, people, details={"due_at": at(hours=5), "items": ["报价", "合同"]})
        given = await one.event("task.set", category="task")
        assert given["changes"][0]["data"]["source"] == {"kind": "post", "id": post}
        assert post in await waiting(first) & await waiting(second)
        ticked = await first.put(f"/api/posts/{post}/items/1")
        assert ticked["details"]["items"][0]["done_by"] == first.id
        await other.event("post.details_changed", id=post)
        # By somebody else once more: the first stays.
        again = await second.put(f"/api/posts/{post}/items/1")
        assert again["details"]["items"][0] == ticked["details"]["items"][0]
        done = (await progress(second, post, "done")).json()["details"]
        assert (done["state"], done["done_by"]) == ("done", second.id)
        await one.event("task.ended")
    assert post not in await waiting(first) | await waiting(second)
    card = (await author.post("/api/cards", {"refs": refs(("post", post))}))["items"][0]
    assert (card["sort"], card["state"]) == ("task", "done")
    # Opened again by who set it, it waits again; and a line can be opened again too.
    await progress(author, post, "open")
    assert post in await waiting(first)
    opened = (await author.delete(f"/api/posts/{post}/items/1"))["details"]["items"][0]
    assert (opened["done_at"], opened["done_by"]) == (None, None)
    await hold(shared)


async def test_of_two_who_finish_one_task_the_second_is_told_who_was_first(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER)]
    post = await set_task(author, [first.id, second.id])
    answers = await asyncio.gather(*[progress(one, post, "done") for one in (first, second, first, second)])
    winners = {one.json()["details"]["done_by"] for one in answers if one.status_code == 200}
    assert len(winners) == 1
    for late in [one for one in answers if one.status_code != 200]:
        assert refusal(late) == (409, "wrong_state")
        assert (late.json()["by"], late.json()["reason"]) == (winners.copy().pop(), "task_done")
    # Finishing and deleting at one moment: then it waits for nobody.
    other = await set_task(author, [first.id, second.id])
    await asyncio.gather(author.http.delete(f"/api/posts/{other}"), progress(first, other, "done"))
    assert other not in await waiting(first) | await waiting(second)
    await hold(shared)


async def test_what_a_task_comes_from_is_linked_both_ways_and_seen_by_who_is_to_do_it(shared: House) -> None:
    author, inside, outside = [await enter(shared, one) for one in (BOSS, SELLER, OUTSIDER)]
    source = await publish(author, {"people": [inside.id]}, text="蓝湖要续约")
    carried = {"cards": refs(("post", source))}
    refused = await try_set(author, [inside.id, outside.id], **carried)
    assert refusal(refused) == (422, "recipients_lack_access")
    assert (refused.json()["ids"], refused.json()["next_step"]) == ([outside.id], "leave_out_source")
    await set_task(author, [inside.id, outside.id])  # the alternative
    post = await set_task(author, [inside.id], **carried)
    await catch_up(shared.company)
    traces = await inside.get(f"/api/links/post/{source}")
    [trace] = [one for one in traces["items"] if one["source"]["id"] == post]
    assert (trace["source"]["sort"], trace["source"]["state"]) == ("task", "open")
    assert (await inside.get(f"/api/posts/{post}"))["item"]["cards"][0]["id"] == source


async def test_refusals_say_what_is_wrong(shared: House) -> None:
    author, seller, other, stranger = [
        await enter(shared, one) for one in (MANAGER, SELLER, OTHER_MANAGER, OUTSIDER)
    ]
    refused = await try_set(author, [seller.id, other.id])
    assert (refusal(refused), refused.json()["beyond"]) == ((403, "forbidden"), 1)
    for wrong, field, code in (
        ({"details": {"people": []}}, "details.people", "required"),
        ({"details": {"people": [999_999]}}, "details.people", "not_found"),
        ({"details": {"due_at": at(hours=-1)}}, "details.due_at", "past"),
        ({"details": {"items": ["好", "  "]}}, "details.items[1]", "required"),
        ({"audience": {"people": [author.id]}}, "details.people", "outside_audience"),
        ({"receipts": {"people": [seller.id]}}, "receipts", "unknown"),
    ):
        refused = await try_set(author, [seller.id], **wrong)
        assert refusal(refused) == (422, "invalid"), wrong
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    post = await set_task(author, [seller.id], audience={"people": [seller.id, stranger.id]})
    assert refusal(await progress(stranger, post, "done")) == (403, "forbidden")
    assert refusal(await progress(other, post, "done")) == (404, "not_found")
    assert (await seller.http.put(f"/api/posts/{post}/items/1", json={})).status_code == 404
    share = await publish(author, {"people": [seller.id]})
    assert refusal(await progress(seller, share, "done")) == (404, "not_found")
