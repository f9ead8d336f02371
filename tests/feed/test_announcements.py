"""Announcements: who may, to whom, until when; a list of their own (WORK-07, 08)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from feed.announcement.module import PARTS
from server.db.invariant import Invariant
from tests.feed.board import confirm, refusal, set_clock
from tests.feed.test_filters import listed
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, MANAGER, OTHER_MANAGER, OUTSIDER, SELLER, enter


def at(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


async def try_announce(author: Client, people: list[int], **about: Any) -> Any:
    details = {name: about.pop(name) for name in ("pinned", "effective_at", "expires_at") if name in about}
    body = {
        "kind": "announcement",
        "title": "放假安排",
        "text": "周五下午放假。",
        "audience": {"people": people},
        "details": details,
        **about,
    }
    return await author.try_post("/api/posts", body)


async def announce(author: Client, people: list[int], **about: Any) -> int:
    return int((await try_announce(author, people, **about)).raise_for_status().json()["id"])


async def in_state(reader: Client, state: str | None = None) -> list[int]:
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"cursor": cursor, "limit": 2} | ({"state": state} if state else {})
        page = await reader.get("/api/announcements", **query)
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
    return found


async def test_an_announcement_stands_in_its_list_until_it_expires_and_asks_like_a_share(
    shared: House,
) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    people = [reader.id]
    before = {one: set(await in_state(reader, one)) for one in ("current", "pinned", "expired")}
    plain = await announce(author, people)
    pinned = await announce(author, people, pinned=True, effective_at=at(hours=1), expires_at=at(hours=2))
    asked = await announce(author, people, receipts={"people": people})
    assert (await confirm(reader, asked)).status_code == 200
    assert set(await in_state(reader, "current")) - before["current"] == {plain, pinned, asked}
    assert set(await in_state(reader, "pinned")) - before["pinned"] == {pinned}
    assert {plain, pinned, asked} <= set(await listed(reader, kind="announcement"))
    assert {plain, pinned, asked}.isdisjoint(await in_state(stranger))
    boot = await reader.bootstrap()
    assert pinned in {one["id"] for one in boot["changes"] if one["kind"] == "post"}
    # Its author ends one early, and unpins the other; readers see it at once.
    async with reader.live() as live:
        changed = await author.put(f"/api/posts/{pinned}/announcement", {"pinned": False, "expires_at": None})
        assert changed["details"] == {**changed["details"], "pinned": False, "expires_at": None}
        await live.event("post.details_changed", id=pinned)
        await author.put(f"/api/posts/{plain}/announcement", {"pinned": False, "expires_at": at()})
        await live.event("post.details_changed", id=plain)
    await set_clock(author, timedelta(minutes=1))
    assert set(await in_state(reader, "expired")) - before["expired"] == {plain}
    assert await in_state(reader, "pinned") == sorted(before["pinned"], reverse=True)
    assert plain in await listed(reader, kind="announcement")  # readable still
    # Deleted, it stands nowhere.
    await author.delete(f"/api/posts/{asked}")
    assert asked not in await in_state(reader)
    [rule] = [one for one in PARTS if isinstance(one, Invariant)]
    assert await shared.company.read(lambda conn: conn.exec_driver_sql(rule.broken).first()) is None


async def test_who_may_not_announce_to_somebody_is_told_so_and_times_must_make_sense(shared: House) -> None:
    boss, author, seller, other = [await enter(shared, one) for one in (BOSS, MANAGER, SELLER, OTHER_MANAGER)]
    refused = await try_announce(seller, [author.id])
    assert refusal(refused) == (403, "forbidden")
    refused = await try_announce(author, [seller.id, other.id])
    assert refusal(refused) == (403, "forbidden")
    assert (refused.json()["beyond"], refused.json()["reason"]) == (1, "beyond_scope")
    for wrong, field, code in (
        ({"expires_at": at(hours=-1)}, "details.expires_at", "past"),
        ({"effective_at": at(hours=2), "expires_at": at(hours=1)}, "details.expires_at", "before_effective"),
        ({"effective_at": at(days=4_000)}, "details.effective_at", "range"),
        ({"effective_at": "2030-01-01T00:00:00"}, "details.effective_at", "time_zone"),
        ({"title": ""}, "title", "required"),
    ):
        refused = await try_announce(boss, [seller.id], **wrong)
        assert refusal(refused) == (422, "invalid"), wrong
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    post = await announce(boss, [seller.id])
    standing = {"pinned": True, "expires_at": None}
    refused = await seller.http.put(f"/api/posts/{post}/announcement", json=standing)
    assert refusal(refused) == (403, "forbidden")
    refused = await other.http.put(f"/api/posts/{post}/announcement", json=standing)
    assert refusal(refused) == (404, "not_found")
    refused = await boss.http.put(
        f"/api/posts/{post}/announcement", json={**standing, "expires_at": at(hours=-1)}
    )
    assert refusal(refused) == (422, "invalid")
    share = await boss.post(
        "/api/posts", {"kind": "share", "text": "好", "audience": {"people": [seller.id]}}
    )
    refused = await boss.http.put(f"/api/posts/{share['id']}/announcement", json=standing)
    assert refusal(refused) == (404, "not_found")


async def test_pinning_and_deleting_at_one_moment_end_in_one_of_both_orders(shared: House) -> None:
    boss, reader = await enter(shared, BOSS), await enter(shared, SELLER)
    for _ in range(3):
        post = await announce(boss, [reader.id])
        standing = {"pinned": True, "expires_at": None}
        put, gone = await asyncio.gather(
            boss.http.put(f"/api/posts/{post}/announcement", json=standing),
            boss.http.delete(f"/api/posts/{post}"),
        )
        assert gone.status_code == 204
        assert put.status_code in (200, 404)
        assert post not in await in_state(reader)


async def test_what_a_moderator_does_to_somebodys_announcement_is_audited(shared: House) -> None:
    author, moderator = await enter(shared, BOSS), await enter(shared, ADMINISTRATOR)
    post = await announce(author, [moderator.id])
    for client in (author, moderator):
        wanted = {"pinned": client is moderator, "expires_at": None}
        (await client.http.put(f"/api/posts/{post}/announcement", json=wanted)).raise_for_status()
    acts = (await moderator.get("/api/audit", limit=20))["items"]
    mine = [one for one in acts if one["act"] == "announcement.changed"]
    assert [one["object"]["id"] for one in mine] == [post]
