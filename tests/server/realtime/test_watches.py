"""Watching: heard only while open, only by who may, again after every hello, at most fifty a socket."""

import itertools
from typing import Any

from feed import publishing
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from server.work.work import Work
from tests.house import Client, House, Live
from tests.server.realtime.crowd import all_heard, enter_all, eventually, hub_of, overtaken
from tests.server.realtime.rights import actor

BOSS, HEAD, MANAGER, REP, OUTSIDE = 1, 3, 4, 5, 12
_numbers = itertools.count(1)


async def asked_post(author: Client, *people: int) -> int:
    body = {
        "kind": "share",
        "text": f"post {next(_numbers)}",
        "audience": {"people": [MANAGER, *people]},
        "receipts": {"people": list(people)},
    }
    return int((await author.post("/api/posts", body))["id"])


def ref(post: int) -> dict[str, Any]:
    return {"kind": "receipts", "id": post}


async def heard_counts(house: House, live: Live, post: int) -> list[int]:
    """What the tally of this post said on this socket, until now."""
    await all_heard(house, [live])
    return [
        change["data"]["done"]
        for event in live.events
        for change in event["changes"]
        if change["kind"] == "tally/receipts" and change["id"] == post
    ]


async def test_a_watched_tally_is_heard_by_who_may_see_it_and_after_hello_only_when_watched_again(
    house: House,
) -> None:
    clients = await enter_all(house, (HEAD, MANAGER, REP, 6, 7))
    post = await asked_post(clients[HEAD], REP, 6, 7, 8)

    async def confirm(person: int) -> None:
        await clients[person].put(f"/api/posts/{post}/receipt", {"version": 1})

    async with clients[MANAGER].live() as manager, clients[HEAD].live() as author:
        await watch(house, manager, post)
        await confirm(REP)
        assert await heard_counts(house, manager, post) == [1]
        assert (await manager.hello(manager.cursor))["outcome"] == "nothing_missed"
        await confirm(6)
        assert await heard_counts(house, manager, post) == [1], "after hello nothing is watched"
        await watch(house, manager, post)
        await confirm(7)
        assert await heard_counts(house, manager, post) == [1, 3]
        await manager.say(op="unwatch", ref=ref(post))
        await clients[HEAD].delete(f"/api/posts/{post}/receipts/8")
        assert await heard_counts(house, manager, post) == [1, 3]
        assert (await heard_counts(house, author, post))[-1] == 3


async def watch(house: House, live: Live, post: int) -> None:
    await live.say(op="watch", ref=ref(post))
    await eventually(lambda: f"receipts:{post}" in hub_of(house).by_stream)


async def test_who_may_not_see_the_counts_is_told_not_found_as_for_a_post_that_is_not_there(
    house: House,
) -> None:
    clients = await enter_all(house, (HEAD, OUTSIDE, MANAGER))
    post = await asked_post(clients[HEAD], REP)
    async with clients[OUTSIDE].live() as outside, clients[MANAGER].raw_socket() as silent:
        for wanted in (post, 999_999):
            await outside.say(op="watch", ref=ref(wanted))
            answer = await outside.until(lambda frame, id=wanted: frame.get("ref") == ref(id))  # type: ignore[misc]
            assert answer == {"op": "error", "code": "not_found", "ref": ref(wanted)}
        await silent.say(op="watch", ref=ref(post))
        answer = await silent.next_frame()
        assert answer == {"op": "error", "code": "not_found", "ref": ref(post)}, (
            "before hello nothing is watched"
        )


async def test_a_withdrawn_person_stops_hearing_the_counts(house: House) -> None:
    clients = await enter_all(house, (HEAD, REP, 6))
    post = await asked_post(clients[HEAD], REP, 6)
    async with clients[REP].live() as rep:
        await watch(house, rep, post)
        await clients[HEAD].delete(f"/api/posts/{post}/receipts/{REP}")
        await rep.event("receipt.withdrawn", post_id=post)
        await clients[6].put(f"/api/posts/{post}/receipt", {"version": 1})
        assert await heard_counts(house, rep, post) == []


async def test_unwatch_takes_away_nothing_that_was_not_watched(house: House) -> None:
    clients = await enter_all(house, (HEAD, REP))
    async with clients[REP].live() as rep:
        for kind, id in (("person", REP), ("everyone", 1), ("department", 3), ("receipts", 1)):
            await rep.say(op="unwatch", ref={"kind": kind, "id": id})
        post = await asked_post(clients[HEAD], REP)
        assert (await rep.event("post.published", id=post))["actor"] == HEAD


async def test_a_socket_watches_at_most_fifty_things_even_when_it_asks_for_all_at_once(house: House) -> None:
    def turn(work: Work) -> list[int]:
        to, asked = AudienceInput(people=[BOSS, 3]), ReceiptsInput(people=[3])
        new = NewPost("share", "one of many", to, None, asked)
        return [publishing.publish(work, actor(work, BOSS), new).id for _ in range(56)]

    posts = (await house.company.write(turn)).value
    clients = await enter_all(house, (BOSS,))
    async with clients[BOSS].live() as live:
        for post in posts:
            await live.say(op="watch", ref=ref(post))
        refused = 0
        while refused < 6:
            frame = await live.next_frame()
            refused += frame["op"] == "error"
        await overtaken(live)
        [listener] = hub_of(house).sockets[BOSS]
        assert len(listener.watches) == 50
        gone = next(iter(sorted(listener.watches)))
        await live.say(op="unwatch", ref=ref(int(gone.partition(":")[2])))
        await live.say(op="watch", ref=ref(int(gone.partition(":")[2])))
        await eventually(lambda: gone in listener.watches)
