"""The fence under load where rights end otherwise than by being removed: another department, another role (P9, security.md §2)."""

import asyncio
import itertools
import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.house import Client, House, Live
from tests.server.api.people import department_id, enter, person_id
from tests.server.realtime.crowd import all_heard, overtaken

ADMINISTRATOR, AUTHOR, VICTIM, STAYING = "1002", "1004", "1005", "1006"
_numbers = itertools.count(1)


async def publishing(client: Client, department: int, stop: asyncio.Event) -> list[int]:
    """Shares to the department, several at once, until told to stop."""
    body = {"kind": "share", "text": "流水", "audience": {"departments": [department]}}
    made: list[int] = []
    while not stop.is_set():
        answers = await asyncio.gather(*[client.post("/api/posts", body) for _ in range(4)])
        made += [one["id"] for one in answers]
    return made


def posts_in(events: list[dict[str, Any]]) -> dict[int, int]:
    """Post → number of the event that brought it."""
    return {
        change["id"]: event["seq"]
        for event in events
        for change in event["changes"]
        if change["kind"] == "post"
    }


async def polling(client: Client, cursor: str, heard: list[dict[str, Any]], stop: asyncio.Event) -> None:
    while True:
        answer = await client.get("/api/events", cursor=cursor, wait=0 if stop.is_set() else 1)
        heard += answer["events"]
        cursor = answer["cursor"]
        if stop.is_set() and not answer["events"]:
            return


async def test_who_is_moved_amid_a_flood_of_posts_hears_none_of_the_old_department_after_it(
    house: House,
) -> None:
    admin, author, victim, staying = [
        await enter(house, one) for one in (ADMINISTRATOR, AUTHOR, VICTIM, STAYING)
    ]
    old, new = await department_id(house, "华东/销售一部"), await department_id(house, "总部/行政部")
    cursor = (await victim.bootstrap())["cursor"]
    polled: list[dict[str, Any]] = []
    flooded, quiet = asyncio.Event(), asyncio.Event()
    async with AsyncExitStack() as opened:
        sockets = [await opened.enter_async_context(victim.live(cursor)) for _ in range(3)]
        other = await opened.enter_async_context(staying.live())
        poll = asyncio.create_task(polling(victim, cursor, polled, quiet))
        flood = asyncio.create_task(publishing(author, old, flooded))
        await sockets[0].until(lambda frame: len(posts_in(sockets[0].events)) >= 8)
        moved = await admin.http.put(
            f"/api/departments/{new}/people", json={"people": [victim.id], "how": "main"}
        )
        assert moved.status_code == 200, moved.text
        await overtaken(other)
        reached = len(posts_in(other.events))
        await other.until(lambda frame: len(posts_in(other.events)) >= reached + 12)
        flooded.set()
        made = set(await flood)
        quiet.set()
        await asyncio.gather(poll, all_heard(house, [*sockets, other]))
    fence = int(moved.headers["Tenfour-Seq"])
    numbers = {post: seq for post, seq in posts_in(other.events).items() if post in made}
    before = {post for post, seq in numbers.items() if seq <= fence}
    assert len(before) >= 8
    assert len(made - before) >= 8
    for name, heard in [*((f"socket {at}", one.events) for at, one in enumerate(sockets)), ("poll", polled)]:
        assert set(posts_in(heard)) & made == before, f"{name}: all before, none after"
    async with victim.live(cursor) as again:
        await overtaken(again)
        assert set(posts_in(again.events)) & made == before, "neither by a replay"
    for post in sorted(made - before)[:3]:
        assert (await victim.http.get(f"/api/posts/{post}")).status_code == 404


async def sending(live: Live, conversation: int, said: list[str], stop: asyncio.Event) -> None:
    """Frames without pause; `said` tells which went out, in their order."""
    while not stop.is_set():
        said.append(f"flood-{next(_numbers)}")
        await live.say(op="send", conversation=conversation, client_id=said[-1], text="quick")
        await asyncio.sleep(0)


@pytest.mark.parametrize("told", ["tallies", "sends"])
async def test_who_loses_a_role_amid_a_flood_does_and_hears_nothing_more_through_it(
    house: House, told: str
) -> None:
    admin, author, victim = [await enter(house, one) for one in (ADMINISTRATOR, AUTHOR, "1013")]
    role = await admin.post("/api/roles", {"name": "读者", "capabilities": {"receipts.read": ["all"]}})
    member = next(one["id"] for one in (await admin.get("/api/roles"))["items"] if one["code"] == "member")
    path = f"/api/people/{victim.id}/roles"
    await admin.put(path, {"roles": [member, role["id"]]})
    if told == "tallies":
        await tallies_end(house, author, victim, lambda: admin.put(path, {"roles": [member]}))
    else:
        await sends_end(house, author, victim, lambda: admin.put(path, {"roles": []}))


async def tallies_end(house: House, author: Client, victim: Client, taking: Callable[[], Any]) -> None:
    """Everybody of a department confirms, one after the other; the victim watches, and has nothing to do with the post."""
    required = [await person_id(house, number) for number in ("1005", "1006", "1007", "1003", "1001")]
    readers = [await enter(house, number) for number in ("1005", "1006", "1007", "1003", "1001")]
    body = {
        "kind": "share", "text": "x", "audience": {"people": [*required, victim.id]}, "receipts": {"people": required},
    }  # fmt: skip
    posts = [(await author.post("/api/posts", body))["id"] for _ in range(8)]

    async def confirm(reader: Client) -> None:
        for post in posts:
            await reader.put(f"/api/posts/{post}/receipt", {"version": 1})

    async with victim.live() as live, author.live() as own:
        for post in posts:
            await live.say(op="watch", ref={"kind": "receipts", "id": post})
        await overtaken(live)
        *early, last = (
            readers  # however quick the others are: something is counted after the rights have changed
        )
        flood = [asyncio.create_task(confirm(reader)) for reader in early]
        await live.event("receipts.counted")
        await taking()
        changed = await live.event("rights.changed")
        await asyncio.gather(*flood, confirm(last))
        await own.until(lambda frame: tally_of(own, posts[-1])["done"] == len(required))
        await all_heard(house, [live, own])
        late = [one for one in live.events if one["type"] == "receipts.counted"]
        assert [one["seq"] for one in late if one["seq"] > changed["seq"]] == []
        assert max(one["seq"] for one in own.events if one["type"] == "receipts.counted") > changed["seq"]


def tally_of(live: Live, post: int) -> dict[str, Any]:
    found: dict[str, Any] = {"done": 0}
    for event in live.events:
        for change in event["changes"]:
            if change["kind"] == "tally/receipts" and change["id"] == post:
                found = change["data"]
    return found


async def sends_end(house: House, author: Client, victim: Client, taking: Callable[[], Any]) -> None:
    direct = (await victim.post("/api/conversations", {"kind": "direct", "people": [author.id]}))["id"]
    said: list[str] = []
    stop = asyncio.Event()
    async with victim.live() as live, author.live() as own:
        flood = asyncio.create_task(sending(live, direct, said, stop))
        await live.until(lambda frame: frame["op"] == "sent")
        await taking()
        await live.event("rights.changed")
        before = len(said)
        await live.until(lambda frame: len(said) > before + 20)
        stop.set()
        await flood
        await live.until(lambda frame: {one.get("client_id") for one in live.frames} >= set(said))
        await all_heard(house, [live, own])
        accepted = {frame["client_id"] for frame in live.frames if frame["op"] == "sent"}
        assert accepted & set(said[before:]) == set(), "said after hearing of it"
        heard = {one["client_id"] for one in messages_in(own.events)}
        assert heard == accepted, f"what was refused reached nobody: {json.dumps(sorted(heard ^ accepted))}"
        assert 0 < len(accepted) < len(said)


def messages_in(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [change["data"] for event in events for change in event["changes"] if change["kind"] == "message"]
