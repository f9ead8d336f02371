"""Votes inside posts (FEED-08, 09): once each, changed until they end, exact counts for all who may see, and secret where that was said."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import Connection, select, text

from feed.poll.models import PollVoter
from feed.poll.polls import forget_ballots
from server.auth.module import reseal_all
from server.background.reactions import catch_up
from tests.feed.board import refusal, set_clock
from tests.feed.talk import watch
from tests.house import Client, House
from tests.server.api.people import BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, department_id, enter

WHERE = ["山里", "海边", "公司"]


async def poll(author: Client, audience: dict[str, Any], **how: Any) -> int:
    """A new share with a vote."""
    return int((await try_poll(author, audience, **how)).raise_for_status().json()["id"])


async def try_poll(author: Client, audience: dict[str, Any], **how: Any) -> httpx2.Response:
    body = {"kind": "share", "text": "去哪里?", "audience": audience, "poll": {"options": WHERE, **how}}
    return await author.try_post("/api/posts", body)


async def vote(client: Client, post: int, *chosen: int, version: int = 1) -> httpx2.Response:
    body = {"version": version, "chosen": list(chosen)}
    return await client.http.put(f"/api/posts/{post}/vote", json=body)


async def shown(client: Client, post: int) -> tuple[tuple[int, list[int]], Any]:
    """The counts as the post's page shows them, and what it says of my vote (None: I have not voted)."""
    also = (await client.get(f"/api/posts/{post}"))["also"]
    found = {one["kind"]: one.get("data") for one in also if one["id"] == post}
    tally, mine = found["tally/poll"], found["vote"]
    return (tally["voters"], tally["votes"]), mine and mine["chosen"]


async def voters(client: Client, post: int, option: int) -> list[int]:
    """Page by page."""
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await client.get(f"/api/posts/{post}/voters", option=option, limit=1, cursor=cursor)
        found += [one["person_id"] for one in page["items"]]
        cursor = page["next"]
    return found


async def test_a_vote_counts_once_is_changed_and_its_counts_and_names_are_everybody_s(shared: House) -> None:
    author, reader, other = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    post = await poll(author, {"people": [reader.id, other.id]})
    item = (await reader.get(f"/api/posts/{post}"))["item"]
    assert item["poll"] == {
        "options": WHERE, "several": False, "anonymous": False, "closes_at": None, "closed_at": None,
    }  # fmt: skip
    assert await shown(reader, post) == ((0, [0, 0, 0]), None)
    async with author.live() as live, reader.live() as elsewhere:
        given = (await vote(reader, post, 1)).raise_for_status().json()
        assert given == {
            "vote": {"post_id": post, "chosen": [1]},
            "tally": {"post_id": post, "voters": 1, "votes": [0, 1, 0]},
        }
        counted = await live.event("votes.counted", post_id=post)
        assert counted["changes"][0]["data"]["votes"] == [0, 1, 0]
        assert (await elsewhere.event("vote.given", post_id=post))["changes"][0]["data"]["chosen"] == [1]
    for chosen in (1, 2):
        (await vote(reader, post, chosen)).raise_for_status()
    (await vote(other, post, 2)).raise_for_status()
    (await vote(author, post, 0)).raise_for_status()
    assert await shown(reader, post) == ((3, [1, 0, 2]), [2])
    assert await voters(author, post, 2) == sorted([reader.id, other.id])
    assert (await reader.get(f"/api/posts/{post}/vote"))["chosen"] == [2]


async def test_several_may_be_chosen_only_where_that_was_said_and_nonsense_is_refused(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    one = await poll(author, {"people": [reader.id]})
    many = await poll(author, {"people": [reader.id]}, several=True)
    (await vote(reader, many, 0, 2)).raise_for_status()
    assert await shown(reader, many) == ((1, [1, 0, 1]), [0, 2])
    (await vote(reader, many, 1, 2)).raise_for_status()
    assert await shown(reader, many) == ((1, [0, 1, 1]), [1, 2])
    for post, chosen, field, code in (
        (one, [0, 1], "chosen", "too_many"),
        (many, [1, 0], "chosen", "twice"),
        (many, [1, 1], "chosen", "twice"),
        (one, [3], "chosen", "range"),
        (one, [20], "chosen[0]", "range"),
        (one, [], "chosen", "too_short"),
    ):
        refused = await vote(reader, post, *chosen)
        assert refusal(refused) == (422, "invalid")
        error = refused.json()["errors"][0]
        assert (error["field"], error["code"]) == (field, code)
    for wrong, field in (
        ({"options": ["山"]}, "poll.options"),
        ({"options": ["山", "  "]}, "poll.options[1]"),
        ({"options": ["Ａ", " a"]}, "poll.options"),
        ({"options": [f"{at}" for at in range(21)]}, "poll.options"),
        ({"options": ["山", "海" * 101]}, "poll.options[1]"),
        ({"options": ["山", "海\u202e"]}, "poll.options[1]"),
        ({"closes_at": (datetime.now(UTC) - timedelta(minutes=1)).isoformat()}, "poll.closes_at"),
        ({"closes_at": "2030-01-01T00:00:00"}, "poll.closes_at"),
    ):
        refused = await try_poll(author, {"people": [reader.id]}, **wrong)
        assert refusal(refused) == (422, "invalid"), wrong
        assert refused.json()["errors"][0]["field"] == field
    told = {
        "kind": "instruction",
        "text": "x",
        "audience": {"people": [reader.id]},
        "poll": {"options": WHERE},
    }
    assert (await author.try_post("/api/posts", told)).json()["errors"][0]["field"] == "poll"


async def test_two_devices_and_a_whole_crowd_at_once_lose_no_vote_and_count_none_twice(shared: House) -> None:
    people = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER, "1007", "1008", OUTSIDER)]
    author, first, *_ = people
    again = await enter(shared, SELLER)
    for anonymous in (False, True):
        post = await poll(author, {"everyone": True}, several=True, anonymous=anonymous)
        presses: list[tuple[Client, tuple[int, ...]]] = [
            (client, (at % 3,)) for at, client in enumerate(people)
        ]
        presses += [(client, chosen) for client in (first, again) for chosen in ((0,), (1, 2), (2,)) * 3]
        for answer in await asyncio.gather(*[vote(client, post, *chosen) for client, chosen in presses]):
            answer.raise_for_status()
        mine = (await again.get(f"/api/posts/{post}/vote"))["chosen"]
        expected = [0, 0, 0]
        for place in [*mine, *[at % 3 for at in range(len(people)) if at != 1]]:
            expected[place] += 1
        assert (await shown(author, post))[0] == (len(people), expected)
    await shared.check()


async def test_who_may_not_see_the_post_learns_nothing_and_cannot_vote(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    post = await poll(author, {"people": [reader.id]})
    bare = await author.post(
        "/api/posts", {"kind": "share", "text": "x", "audience": {"people": [reader.id]}}
    )
    for client, about in ((stranger, post), (stranger, 10**9), (reader, bare["id"])):
        assert refusal(await vote(client, about, 0)) == (404, "not_found")
        for path in ("vote", "voters?option=0"):
            assert (await client.http.get(f"/api/posts/{about}/{path}")).status_code == 404
    assert (await stranger.http.put(f"/api/posts/{post}/poll/closing", json={})).status_code == 404
    assert (await reader.http.get(f"/api/posts/{post}/voters?option=3")).status_code == 404
    assert (await reader.http.get(f"/api/posts/{post}/vote")).status_code == 404
    await author.delete(f"/api/posts/{post}")
    assert refusal(await vote(reader, post, 0)) == (404, "not_found")


async def test_an_anonymous_vote_tells_nobody_who_chose_what_and_forgets_it_at_the_end(shared: House) -> None:
    author, reader, boss = [await enter(shared, one) for one in (MANAGER, SELLER, BOSS)]
    audience = {"people": [reader.id, boss.id]}
    post = await poll(author, audience, anonymous=True)
    async with author.live() as live, reader.live() as mine:
        await watch(mine, post)
        answer = (await vote(reader, post, 2)).raise_for_status().json()
        assert answer["vote"]["chosen"] == [2]
        counted = await live.event("votes.counted", post_id=post)
        assert counted["actor"] is None
        await mine.event("votes.counted", post_id=post)
        assert not [one for one in mine.events if one["type"] == "vote.given"]
    # The reader's own choice comes only when it is asked for; nobody else's comes at all.
    assert await shown(reader, post) == ((1, [0, 0, 1]), None)
    also = (await reader.get(f"/api/posts/{post}"))["also"]
    assert {"op": "put", "kind": "vote", "id": post, "data": {"post_id": post, "chosen": None}} in also
    assert (await reader.get(f"/api/posts/{post}/vote"))["chosen"] == [2]
    for client in (author, reader, boss):
        refused = await client.http.get(f"/api/posts/{post}/voters", params={"option": 2})
        assert (refusal(refused), refused.json()["reason"]) == ((403, "forbidden"), "anonymous_vote")
    (await vote(author, post, 0)).raise_for_status()
    # In the tables there is who voted, and a seal as long as any other; the log names neither.
    rows = await shared.company.read(lambda conn: _ballots(conn, post))
    assert {row.person_id for row in rows} == {reader.id, author.id}
    assert len({len(row.sealed) for row in rows}) == 1
    assert await shared.company.read(lambda conn: _named_choices(conn, post)) == 0
    told = [one for one in await shared.company.read(_log) if _is_about(one, post)]
    assert {one["type"] for one in told} == {"post.published", "votes.counted"}
    assert [one["actor"] for one in told if one["type"] == "votes.counted"] == [None, None]
    # A new key seals them anew; then it is closed, and not even who voted finds their choice.
    await shared.company.write(lambda work: reseal_all(work, {}))
    await author.put(f"/api/posts/{post}/poll/closing")
    rows = await shared.company.read(lambda conn: _ballots(conn, post))
    assert [row.sealed for row in rows] == [None, None]
    assert (await reader.get(f"/api/posts/{post}/vote"))["chosen"] is None
    assert (await shown(reader, post))[0] == (2, [1, 0, 1])


def _ballots(conn: Connection, post: int) -> list[Any]:
    return list(conn.execute(select(PollVoter.__table__).where(PollVoter.post_id == post)))


def _named_choices(conn: Connection, post: int) -> int:
    found = conn.execute(text("SELECT count(*) FROM poll_choice WHERE post_id = :post"), {"post": post})
    return int(found.scalar_one())


def _is_about(event: Any, post: int) -> bool:
    kinds = ("post", "vote", "tally/poll")
    return any((one["id"], one["kind"]) in {(post, kind) for kind in kinds} for one in event["changes"])


def _log(conn: Connection) -> list[Any]:
    return [json.loads(body) for body in conn.execute(text("SELECT body FROM event")).scalars()]


async def test_options_change_only_while_nobody_has_voted_and_a_vote_on_the_old_ones_is_refused(
    shared: House,
) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    post = await poll(author, {"people": [reader.id]})
    was: dict[str, Any] = {"version": 1, "text": "去哪里?"}
    other = {"options": ["山里", "湖边"], "several": True}
    path = f"/api/posts/{post}"

    async def change(**body: Any) -> httpx2.Response:
        return await author.http.patch(path, json={**was, **body})

    refused = await change(poll={**other, "anonymous": True})
    assert refused.json()["errors"][0]["field"] == "poll.anonymous"
    changed = (await change(poll=other)).raise_for_status().json()
    assert (changed["version"], changed["poll"]["options"]) == (2, ["山里", "湖边"])
    kept = (await reader.get(f"{path}/versions"))["items"]
    assert [one["poll"]["options"] for one in kept] == [WHERE]
    stale = await vote(reader, post, 0, version=1)
    assert (refusal(stale), stale.json()["version"]) == ((409, "stale_version"), 2)
    (await vote(reader, post, 1, version=2)).raise_for_status()
    was["version"] = 2
    late = await change(poll={"options": WHERE})
    assert (refusal(late), late.json()["reason"]) == ((409, "wrong_state"), "poll_voted")
    # The words around it still change, and what is the same is no change.
    assert (await change(text="到底去哪里?", poll=other)).raise_for_status().json()["version"] == 3
    assert await shown(reader, post) == ((1, [0, 1]), [1])
    # A vote on what the post said a version ago counts: the options are the same.
    (await vote(reader, post, 0, version=2)).raise_for_status()


async def test_the_search_finds_what_can_be_voted_for_where_the_post_may_be_read(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    department = await department_id(shared, "华东/销售一部")
    post = await poll(author, {"departments": [department]}, options=["玉龙雪山", "泸沽湖"])
    await catch_up(shared.company)
    for client, found in ((reader, [post]), (stranger, [])):
        items = (await client.get("/api/search", q="泸沽湖"))["items"]
        assert [one["id"] for one in items if one["kind"] == "post"] == found
    hit = (await reader.get("/api/search", q="泸沽湖"))["items"][0]
    assert "泸沽湖" in hit["snippet"]["text"]


@pytest.mark.parametrize("lists", ["/api/posts", "/api/bootstrap"])
async def test_counts_and_my_vote_come_with_every_list_of_posts(shared: House, lists: str) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    post = await poll(author, {"people": [reader.id]})
    (await vote(reader, post, 1)).raise_for_status()
    answer = await reader.get(lists)
    changes = answer.get("also") or answer["changes"]
    found = {one["kind"]: one.get("data") for one in changes if one["id"] == post}
    assert (found["vote"]["chosen"], found["tally/poll"]["votes"]) == ([1], [0, 1, 0])


async def test_it_ends_at_its_deadline_or_when_its_author_closes_it(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    closes = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    timed = await poll(author, {"people": [reader.id]}, closes_at=closes, anonymous=True)
    (await vote(reader, timed, 0)).raise_for_status()
    open_one = await poll(author, {"people": [reader.id]})
    refused = await reader.http.put(f"/api/posts/{open_one}/poll/closing", json={})
    assert refusal(refused) == (403, "forbidden")
    async with reader.live() as live:
        await author.put(f"/api/posts/{open_one}/poll/closing")
        told = await live.event("post.details_changed", id=open_one)
        assert told["changes"][0]["data"]["poll"]["closed_at"] is not None
    await author.put(f"/api/posts/{open_one}/poll/closing")  # twice is the same
    assert refusal(await vote(reader, open_one, 0)) == (409, "vote_closed")
    await set_clock(author, timedelta(hours=2))  # it only goes forward, so this test is the last
    late = await vote(reader, timed, 1)
    assert refusal(late) == (409, "vote_closed")
    assert datetime.fromisoformat(late.json()["closed_at"]) == datetime.fromisoformat(closes)
    await forget_ballots(shared.company, {"post": timed})
    assert (await reader.get(f"/api/posts/{timed}/vote"))["chosen"] is None
    assert (await shown(reader, timed))[0] == (1, [1, 0, 0])
