"""State + events = state: a client that looked once and listened since knows what a client knows that looks now (delivery.md P5)."""

import random
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest

from tests.house import Client, House
from tests.server.realtime.activity import Day, last_numbers
from tests.server.realtime.crowd import all_heard, enter_all, seeds
from tests.server.realtime.replica import Replica, put

PEOPLE = (1, 3, 4, 5, 6, 8)


@pytest.mark.parametrize("seed", seeds(2))
async def test_who_bootstrapped_early_and_listened_knows_what_a_fresh_look_shows(
    house: House, seed: int
) -> None:
    dice = random.Random(seed)
    clients = await enter_all(house, PEOPLE)
    before = await house.company.read(last_numbers)
    first = {one: await client.bootstrap() for one, client in clients.items()}
    newest_post = max(id for (kind, id) in Replica.of(first[1]).entries if kind == "post")
    listening = {one: Replica.of(first[one]) for one in PEOPLE}
    writing = {one: Replica.of(first[one]) for one in PEOPLE}

    day = Day(house, clients, dice)
    day.told = lambda person, answer: note_answer(writing[person], answer)
    async with AsyncExitStack() as open_sockets:
        lives = {
            one: await open_sockets.enter_async_context(client.live(first[one]["cursor"]))
            for one, client in clients.items()
        }
        async with AsyncExitStack() as of_the_morning:
            morning = {
                one: await of_the_morning.enter_async_context(client.live(first[one]["cursor"]))
                for one, client in clients.items()
            }
            await day.pass_by(33)
            for live in morning.values():
                await all_heard(house, [live])
        await day.pass_by(33)
        for one, client in clients.items():
            evening = await open_sockets.enter_async_context(client.live(morning[one].cursor))
            await all_heard(house, [lives[one], evening])
            listening[one].take(lives[one].events)
            writing[one].take([*morning[one].events, *evening.events])
    assert day.done > 40, day.refused

    for one, client in clients.items():
        fresh = await look(client)
        shuffled = listening[one].shuffled(first[one], dice)
        assert shuffled.entries == listening[one].entries, "the order of events must not matter"
        for early in (listening[one], writing[one]):
            await compare(client, early, fresh, before, newest_post)


async def look(client: Client) -> Replica:
    """A fresh client that opens every page there is."""
    bootstrap = await client.bootstrap()
    fresh = Replica.of(bootstrap)
    assert {one["ref"]["id"] for one in bootstrap["todos"]} == fresh.open_receipts()
    for hidden in ({}, {"filter": "hidden"}):
        cursor: str | None = ""
        while cursor is not None:
            page = await client.get("/api/posts", limit=100, cursor=cursor, **hidden)
            fresh.apply(bootstrap["seq"], [put("post", one["id"], one) for one in page["items"]])
            fresh.apply(bootstrap["seq"], page["also"])
            cursor = page["next"]
    tree = await client.get("/api/departments")
    fresh.apply(bootstrap["seq"], [put("department", one["id"], one) for one in tree["items"]])
    people = await client.get("/api/people", limit=100)
    fresh.apply(bootstrap["seq"], [put("person", one["id"], one) for one in people["items"]])
    return fresh


async def compare(
    client: Client, early: Replica, fresh: Replica, before: Mapping[int, int], newest_post: int
) -> None:
    me = early.me
    for kind in ("person", "department"):
        known = early.all(kind)
        assert known == {one: fresh.get(kind, one) for one in known}, (me, kind)
    compare_conversations(me, early, fresh)
    for conversation in fresh.all("conversation"):
        since = before.get(conversation, 0)
        stored = await client.get(f"/api/conversations/{conversation}/messages", limit=100)
        wanted = {one["number"]: one for one in stored["items"] if one["number"] > since}
        heard = {n: one for n, one in early.messages(conversation).items() if n > since}
        assert heard == wanted, (me, conversation)
    posts, there = early.all("post"), fresh.all("post")
    assert {one: posts[one] for one in posts if one > newest_post} == {
        one: there[one] for one in there if one > newest_post
    }
    assert posts == {one: there[one] for one in posts}
    for kind in ("hidden", "favourite"):
        assert {one for one in early.all(kind) if one in there} == set(fresh.all(kind)), (me, kind)
    assert {one: mine for one, mine in early.receipts().items() if one in posts} == {
        one: mine for one, mine in fresh.receipts().items() if one in posts
    }
    assert early.open_receipts() == fresh.open_receipts()
    counts = await client.get("/api/todos/counts")
    assert counts["total"] == len(fresh.open_receipts())
    tallies = early.all("tally/receipts")
    for post in [one for one in posts if one > newest_post and posts[one]["author_id"] == me]:
        if posts[post]["receipts"]:
            panel = await client.get(f"/api/posts/{post}/receipts")
            assert tallies[post] == panel["counts"]


def compare_conversations(me: int, early: Replica, fresh: Replica) -> None:
    places, there = early.all("membership"), fresh.all("membership")
    assert places.keys() == there.keys()
    for conversation, place in places.items():
        # Read marks move silently with one's own messages, mention marks with others': what is shown is derived.
        marks = {"read_number": 0, "mentioned_number": 0}
        assert place | marks == there[conversation] | marks, (me, conversation)
        assert early.unread(conversation) == fresh.unread(conversation), (
            me,
            conversation,
            place,
            there[conversation],
        )
        mine, theirs = early.get("conversation", conversation), fresh.get("conversation", conversation)
        if place["state"] == "removed" and theirs["name"] == "":
            mine = mine | {
                "name": ""
            }  # what a group was called before its first new name is not written down
        assert mine == theirs, (me, place["state"])


def note_answer(replica: Replica, answer: httpx2.Response) -> None:
    """Docs/wire.md: an entity from an answer enters the store as a put with the answer's number."""
    if not answer.content:
        return
    seq, body, path = int(answer.headers["Tenfour-Seq"]), answer.json(), answer.request.url.path
    changes: list[Any] = []
    if path.endswith("/messages"):
        changes = [put("message", body["id"], body)]
    elif path.endswith("/receipt"):
        changes = [put("receipt", body["post_id"], body)]
    elif path.endswith(("/hidden", "/favourite")):
        *_, post, kind = path.split("/")
        changes = [put(kind, int(post), body)]
    elif path.endswith("/read"):
        changes = [put("membership", body["conversation_id"], body)]
    elif path == "/api/posts":
        body.pop("not_notified")
        changes = [put("post", body["id"], body)]
    elif path == "/api/conversations":
        place = body.pop("membership")
        changes = [put("conversation", body["id"], body), put("membership", body["id"], place)]
    elif answer.request.method == "PATCH" and path.startswith("/api/posts/"):
        body.pop("not_notified")
        changes = [put("post", body["id"], body)]
    elif answer.request.method == "PATCH":
        kind = "department" if path.startswith("/api/departments/") else "conversation"
        changes = [put(kind, body["id"], body)]
    replica.apply(seq, changes)
