"""Widening and narrowing whom a post is addressed to: who newly sees it gets it live, who no longer does loses it at once (FEED-23)."""

import asyncio
from typing import Any

from sqlalchemy import select

from feed.instruction.module import PARTS
from feed.invariants import INVARIANTS
from feed.models import PostAudience
from notifications.models import Notice, NoticeRecipient
from server.background.reactions import catch_up
from server.db.invariant import Invariant
from tests.feed.board import confirm, counts, move, publish, refusal, timeline
from tests.feed.planning import plan
from tests.feed.test_instructions import counts as answers_of
from tests.feed.test_instructions import instruct, waiting
from tests.feed.test_tasks import set_task
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    HEAD,
    MANAGER,
    OTHER_MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    enter_as,
    everything,
    make_person,
)


async def readdress(author: Client, post: int, version: int, audience: Any, **about: Any) -> Any:
    body = {"version": version, "text": "好", "audience": audience, **about}
    return await author.http.patch(f"/api/posts/{post}", json=body)


async def hold(house: House) -> None:
    rules = [*INVARIANTS, *(one for one in PARTS if isinstance(one, Invariant))]
    broken = await house.company.read(
        lambda conn: [rule.says for rule in rules if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []


async def test_who_newly_sees_it_gets_it_live_and_who_no_longer_does_loses_it_at_once(shared: House) -> None:
    author, stays, goes, comes = [
        await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER, OUTSIDER)
    ]
    post = await publish(author, {"people": [stays.id, goes.id]})
    async with goes.live() as leaving, comes.live() as arriving, stays.live() as staying:
        await leaving.say(op="watch", ref={"kind": "post", "id": post})
        await leaving.until(lambda frame: frame["op"] == "watching")
        to = {"people": [stays.id, comes.id]}
        (await readdress(author, post, 1, to)).raise_for_status()
        taken = await leaving.event("post.taken_away", id=post)
        assert taken["changes"] == [{"op": "drop", "kind": "post", "id": post}]
        assert (await arriving.event("post.changed", id=post))["changes"][0]["data"]["version"] == 2
        await staying.event("post.changed", id=post)
        await author.post(f"/api/posts/{post}/comments", {"text": "只有看得到的人"})
        mark = await publish(author, {"people": [goes.id]})
        await leaving.event("post.published", id=mark)
        assert "comment.written" not in [one["type"] for one in leaving.events], "the watch ended"
        assert "post.taken_away" not in [one["type"] for one in staying.events]
    assert refusal(await goes.http.get(f"/api/posts/{post}")) == (404, "not_found")
    assert post not in await timeline(goes)
    assert post in await timeline(comes)
    await catch_up(shared.company)
    versions = (await stays.get(f"/api/posts/{post}/versions"))["items"]
    assert [one["audience"]["people"] for one in versions] == [sorted([stays.id, goes.id])]
    # And back again: in one company-wide step, out of which a department is cut.
    (await readdress(author, post, 2, {"everyone": True})).raise_for_status()
    assert post in await timeline(goes)
    south = await department_id(shared, "华南")
    async with stays.live() as live:
        (await readdress(author, post, 3, {"departments": [south], "people": [stays.id]})).raise_for_status()
        await live.event("post.changed", version=4)
    assert post in await timeline(stays), "whoever still sees it keeps it"
    assert refusal(await goes.http.get(f"/api/posts/{post}")) == (404, "not_found")


async def test_an_open_receipt_of_who_is_left_out_ends_only_when_the_author_says_so(shared: House) -> None:
    author, given, waits = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER)]
    third = await enter(shared, HEAD)
    people = {"people": [given.id, waits.id, third.id]}
    post = await publish(author, people, people)
    await confirm(given, post)
    before = await everything(shared)
    to = {"people": [third.id]}
    refused = await readdress(author, post, 1, to)
    assert (refusal(refused), refused.json()["reason"]) == ((409, "wrong_state"), "still_asked")
    assert (refused.json()["ids"], refused.json()["count"]) == ([waits.id], 1)
    assert await everything(shared) == before
    async with waits.live() as live:
        (await readdress(author, post, 1, to, release=True)).raise_for_status()
        await live.event("receipts.released", id=post)
    assert post not in [one["source"]["id"] for one in (await waits.get("/api/todos"))["items"]]
    tally = {"asked": 2, "done": 1, "read": 0, "withdrawn": 1, "left": 0}
    assert await counts(author, post) == tally
    assert refusal(await confirm(waits, post, 2)) == (409, "not_pending")
    # Asked again, only who still sees it must confirm again.
    again = {"version": 2, "text": "改了", "confirm_again": True}
    (await author.http.patch(f"/api/posts/{post}", json=again)).raise_for_status()
    assert await counts(author, post) == {"asked": 1, "done": 0, "read": 0, "withdrawn": 2, "left": 0}
    await hold(shared)


async def test_bound_receipts_follow_the_narrower_audience(house: House) -> None:
    author = await enter(house, BOSS)
    sales, south = await department_id(house, "华东/销售一部"), await department_id(house, "华南")
    ask = {"departments": [sales], "bound": True}
    post = await publish(author, {"departments": [sales, south]}, ask)
    (await readdress(author, post, 1, {"departments": [south]}, release=True)).raise_for_status()
    newcomer = await enter_as(house, await make_person(house, "9007"))
    await move(house, newcomer.id, sales)
    await catch_up(house.company)
    assert (await counts(author, post))["asked"] == 0
    await hold(house)


async def test_who_left_a_department_before_the_post_was_addressed_to_it_does_not_read_it(
    house: House,
) -> None:
    author, leaver = await enter(house, MANAGER), await enter(house, SELLER)
    sales, south = await department_id(house, "华东/销售一部"), await department_id(house, "华南/深圳办")
    post = await publish(author, {"people": [author.id]})
    await move(house, leaver.id, south)
    (await readdress(author, post, 1, {"departments": [sales]})).raise_for_status()
    assert refusal(await leaver.http.get(f"/api/posts/{post}")) == (404, "not_found")
    assert post not in await timeline(leaver)
    stamped = select(PostAudience.seq).where(PostAudience.post_id == post)
    numbers = await house.company.read(lambda conn: list(conn.execute(stamped).scalars()))
    assert 0 not in numbers
    assert [one for one in numbers if one]


async def test_a_mention_is_told_and_who_was_mentioned_first_and_added_later_is_notified(
    shared: House,
) -> None:
    author, named, other = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    text = f"@[a](person:{named.id})"
    post = await publish(author, {"people": [other.id]}, text=text)
    wider = {"people": [other.id, named.id]}
    added = (await readdress(author, post, 1, wider, text=text)).raise_for_status().json()
    assert added["not_notified"] == {"people": [], "departments": []}
    await catch_up(shared.company)
    query = (
        select(NoticeRecipient.person_id)
        .join(Notice, Notice.id == NoticeRecipient.notice_id)
        .where(Notice.kind == "post_mention", Notice.about_id == post)
    )
    told = await shared.company.read(lambda conn: list(conn.execute(query).scalars()))
    assert told == [named.id]
    narrower = (await readdress(author, post, 2, {"people": [other.id]}, text=text)).json()
    assert narrower["not_notified"]["people"] == [named.id]


async def test_an_instruction_is_asked_of_who_is_added_and_let_go_of_who_is_left_out(shared: House) -> None:
    author, first, second, third = [
        await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER, MANAGER)
    ]
    post = await instruct(author, [first.id, second.id])
    to = {"people": [first.id, third.id]}
    refused = await readdress(author, post, 1, to)
    assert (refused.json()["reason"], refused.json()["ids"]) == ("still_asked", [second.id])
    async with third.live() as live:
        (await readdress(author, post, 1, to, release=True)).raise_for_status()
        await live.event("instruction.given", category="instruction")
    assert post in await waiting(third)
    assert post not in await waiting(second)
    assert await answers_of(author, post) == (2, 0, 0)
    everybody = {"people": [first.id, second.id, third.id]}
    (await readdress(author, post, 2, everybody)).raise_for_status()
    assert post in await waiting(second)
    assert await answers_of(author, post) == (3, 0, 0)
    alone = await readdress(author, post, 3, {"people": [author.id]}, release=True)
    assert [(one["field"], one["code"]) for one in alone.json()["errors"]] == [("audience", "nobody_else")]
    await hold(shared)


async def test_who_must_do_or_come_is_not_left_out_and_scopes_hold_for_who_is_added(shared: House) -> None:
    author, seller, other, stranger = [
        await enter(shared, one) for one in (MANAGER, SELLER, OTHER_MANAGER, OUTSIDER)
    ]
    task = await set_task(author, [seller.id])
    meeting = await plan(author, [seller.id])
    for post in (task, meeting):
        refused = await readdress(author, post, 1, {"people": [author.id]})
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("audience", "needed")]
        assert refused.json()["errors"][0]["params"]["ids"] == [seller.id]
    post = await publish(author, {"people": [seller.id]})
    order = await instruct(author, [seller.id])
    refused = await readdress(author, order, 1, {"people": [seller.id, stranger.id]})
    assert (refusal(refused), refused.json()["beyond"]) == ((403, "forbidden"), 1)
    for wrong, code in (
        ({}, "audience_empty"),
        ({"people": [999_999]}, "invalid"),
        ({"departments": [999_999]}, "invalid"),
    ):
        assert refusal(await readdress(author, post, 1, wrong)) == (422, code)
    assert refusal(await readdress(seller, post, 1, {"everyone": True})) == (403, "forbidden")
    assert refusal(await readdress(other, post, 1, {"everyone": True})) == (404, "not_found")
    assert (await readdress(author, post, 1, {"people": [seller.id]})).json()["version"] == 1


async def test_narrowing_and_confirming_at_one_moment_leave_exact_counts(shared: House) -> None:
    author = await enter(shared, BOSS)
    readers = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, MANAGER)]
    people = {"people": [one.id for one in readers]}
    for turn in range(3):
        post = await publish(author, people, people)
        to = {"people": [readers[0].id]}
        acts = [readdress(author, post, 1, to, release=True), *[confirm(one, post, 1) for one in readers]]
        turned = acts[turn:] + acts[:turn]
        for one in await asyncio.gather(*turned):
            assert one.status_code in (200, 404, 409), one.text
        await hold(shared)
