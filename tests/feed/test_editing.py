"""Editing: a new version for everybody at once, the earlier ones kept, receipts bound to the version they confirmed (FEED-28, N4)."""

import asyncio
from typing import Any

from sqlalchemy import select

from feed.invariants import INVARIANTS
from feed.models import EarlierReceipt
from notifications.models import Notice, NoticeRecipient
from server.background.reactions import catch_up
from tests.feed.board import confirm, counts, publish, refusal
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    HEAD,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
    everything,
)
from tests.server.cards.test_carrying import refs


async def edit(client: Client, post: int, version: int, text: str, again: bool = False) -> Any:
    body = {"version": version, "text": text, "confirm_again": again}
    return await client.http.patch(f"/api/posts/{post}", json=body)


async def mine(client: Client, post: int) -> Any:
    """My receipt of it."""
    also = (await client.get(f"/api/posts/{post}"))["also"]
    [one] = [one for one in also if (one["kind"], one["id"]) == ("receipt", post)]
    return one.get("data")


async def hold(house: House) -> None:
    broken = await house.company.read(
        lambda conn: [rule.says for rule in INVARIANTS if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []


async def test_a_change_is_seen_at_once_and_what_was_said_before_is_kept(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    post = await publish(author, {"people": [reader.id]}, text="旧的措辞一号")
    async with reader.live() as live:
        changed = (await edit(author, post, 1, "新的措辞二号")).raise_for_status().json()
        event = await live.event("post.changed", version=2)
        assert event["changes"][0]["data"]["text"] == "新的措辞二号"
    assert (changed["version"], changed["text"]) == (2, "新的措辞二号")
    assert changed["edited_at"] is not None
    kept = (await reader.get(f"/api/posts/{post}/versions"))["items"]
    assert [(one["version"], one["text"]) for one in kept] == [(1, "旧的措辞一号")]
    await catch_up(shared.company)
    for words, found in (("新的措辞二号", True), ("旧的措辞一号", False)):
        page = await reader.get("/api/search", q=words)
        assert (("post", post) in {(one["kind"], one["id"]) for one in page["items"]}) is found
    card = (await reader.post("/api/cards", {"refs": refs(("post", post))}))["items"][0]
    assert (card["version"], card["title"]) == (2, "新的措辞二号")
    before = await everything(shared)
    stale = await edit(author, post, 1, "第三种说法")
    assert refusal(stale) == (409, "stale_version")
    told = {name: stale.json()[name] for name in ("version", "given", "was", "now")}
    assert told == {"version": 2, "given": 1, "was": "旧的措辞一号", "now": "新的措辞二号"}
    assert (await edit(author, post, 2, "新的措辞二号")).json()["version"] == 2, (
        "the same again is no version"
    )
    assert (await edit(author, post, 1, "新的措辞二号")).json()["version"] == 2, "nor is a repeated request"
    assert refusal(await edit(author, post, 3, "跳过")) == (422, "invalid")
    assert refusal(await edit(author, post, 2, "  ")) == (422, "invalid")
    assert refusal(await edit(author, post, 2, "x" * 20_001)) == (422, "invalid")
    assert refusal(await edit(author, post, 2, "没人要回执", again=True)) == (422, "invalid")
    assert refusal(await edit(reader, post, 2, "别人改")) == (403, "forbidden")
    assert refusal(await edit(stranger, post, 2, "别人改")) == (404, "not_found")
    assert refusal(await stranger.http.get(f"/api/posts/{post}/versions")) == (404, "not_found")
    assert await everything(shared) == before


async def test_a_minor_change_keeps_receipts_and_one_of_the_older_version_is_stale(shared: House) -> None:
    author, early, late = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER)]
    people = {"people": [early.id, late.id]}
    post = await publish(author, people, people, text="周三盘点")
    await confirm(early, post)
    await edit(author, post, 1, "周四盘点")
    assert (await mine(early, post))["confirmed"] == 1
    assert (await confirm(early, post, 1)).status_code == 200, "what was given stays given"
    stale = await confirm(late, post, 1)
    assert refusal(stale) == (409, "stale_version")
    assert (stale.json()["was"], stale.json()["now"]) == ("周三盘点", "周四盘点")
    assert (await confirm(late, post, 2)).json()["confirmed"] == 2
    rows = (await author.get(f"/api/posts/{post}/receipts"))["items"]
    assert {row["person_id"]: row["confirmed"] for row in rows} == {early.id: 1, late.id: 2}
    await hold(shared)


async def test_confirm_again_asks_those_anew_who_had_confirmed_and_keeps_asking_the_others(
    shared: House,
) -> None:
    author, given, waiting, spared = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER, HEAD)]
    people = {"people": [given.id, waiting.id, spared.id]}
    post = await publish(author, people, people, text="报价九折")
    await confirm(given, post)
    await waiting.put(f"/api/posts/{post}/read", {"version": 1})
    await author.delete(f"/api/posts/{post}/receipts/{spared.id}")
    async with given.live() as live, spared.live() as elsewhere:
        (await edit(author, post, 1, "报价八折", again=True)).raise_for_status()
        event = await live.event("post.changed", version=2)
        assert {one["kind"] for one in event["changes"]} == {"post", "receipt_ask"}
        told = await elsewhere.event("receipt.told")
        assert told["changes"][0]["data"]["state"] == "withdrawn", "the ask names them and they are not asked"
    for client, state in ((given, "open"), (waiting, "open"), (spared, "withdrawn")):
        assert (await mine(client, post))["state"] == state
    tally = {"asked": 2, "done": 0, "read": 0, "withdrawn": 1, "left": 0}
    assert await counts(author, post) == tally
    assert refusal(await confirm(given, post, 1)) == (409, "stale_version")
    assert (await confirm(given, post, 2)).json()["confirmed"] == 2
    kept = select(EarlierReceipt.person_id, EarlierReceipt.confirmed).where(EarlierReceipt.post_id == post)
    rows = await shared.company.read(lambda conn: [tuple(row) for row in conn.execute(kept)])
    assert rows == [(given.id, 1)]
    await hold(shared)


async def test_only_the_newly_mentioned_are_told(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    people = {"people": [first.id, second.id]}
    post = await publish(author, people, text=f"@[a](person:{first.id})")
    await edit(author, post, 1, f"@[a](person:{first.id}) @[b](person:{second.id})")
    await edit(author, post, 2, f"@[a](person:{first.id})")
    await catch_up(shared.company)
    query = (
        select(NoticeRecipient.person_id)
        .join(Notice, Notice.id == NoticeRecipient.notice_id)
        .where(Notice.kind == "post_mention", Notice.about_id == post)
    )
    told = await shared.company.read(lambda conn: sorted(conn.execute(query).scalars()))
    assert told == sorted([first.id, second.id])
    named = await second.get("/api/posts", filter="mentions", limit=5)
    assert post not in [one["id"] for one in named["items"]], "the post no longer names them"


async def test_of_two_changes_at_once_one_wins_and_a_receipt_counts_for_what_was_seen(shared: House) -> None:
    author = await enter(shared, BOSS)
    readers = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, MANAGER)]
    people = {"people": [one.id for one in readers]}
    for turn in range(4):
        post = await publish(author, people, people, text="第一稿")
        acts = [edit(author, post, 1, f"第二稿{one}", again=True) for one in "甲乙"]
        acts += [confirm(one, post, 1) for one in readers]
        turned = acts[turn:] + acts[:turn]
        answers = await asyncio.gather(*turned)
        won = [one for one in answers if one.request.method == "PATCH" and one.status_code == 200]
        assert len(won) == 1
        for one in answers:
            assert one.status_code in (200, 409), one.text
        assert (await counts(author, post))["done"] == 0, "what was confirmed was the first draft"
        await hold(shared)
