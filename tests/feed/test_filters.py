"""The timeline's filters: each shows what fits, all of it, and nothing that its reader may not see (FEED-18, FEED-26)."""

import itertools
from typing import Any

import pytest

from feed import filters
from tests.feed.board import move, publish, refusal
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    person_id,
)


async def listed(client: Client, limit: int = 2, **wanted: Any) -> list[int]:
    """All that fit, page by page; a page may be short."""
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await client.get("/api/posts", limit=limit, cursor=cursor, **wanted)
        assert len(page["items"]) <= limit
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert found == sorted(set(found), reverse=True)
    return found


async def test_each_filter_shows_all_that_fits_and_nothing_else(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    department = await department_id(shared, "华东/销售一部")
    before = {one: set(await listed(reader, 100, filter=one)) for one in ("mine", "mentions")}
    everyone, inside = {"everyone": True}, {"departments": [department]}
    plain = await publish(author, everyone)
    named = await publish(author, everyone, text=f"@[x](person:{reader.id})")
    ours = await publish(author, inside, text=f"@[x](department:{department})")
    unseen = await publish(
        author, {"people": [author.id]}, text=f"@[x](person:{reader.id}) @[y](department:{department})"
    )
    mine = await publish(reader, everyone)
    for post in (plain, named, mine):
        await reader.put(f"/api/posts/{post}/favourite", {})
        await reader.put(f"/api/posts/{post}/follow", {})
    await reader.delete(f"/api/posts/{named}/follow")
    await reader.delete(f"/api/posts/{mine}/favourite")
    new = {plain, named, ours, unseen, mine}

    async def fresh(**wanted: Any) -> set[int]:
        return set(await listed(reader, **wanted)) & new

    assert set(await listed(reader, filter="mine")) == before["mine"] | {mine}
    assert set(await listed(reader, filter="mentions")) == before["mentions"] | {named, ours}
    assert await fresh(filter="favourites") == {plain, named}
    assert await fresh(filter="followed") == {plain, mine}
    assert await fresh(person=author.id) == {plain, named, ours}
    assert await fresh(department=department) == {ours}
    assert await fresh(kind="share") == {plain, named, ours, mine}
    body = {"kind": "share", "text": "跟进", "audience": everyone, "cards": [{"kind": "post", "id": ours}]}
    about = (await author.post("/api/posts", body))["id"]
    new.add(about)
    assert await fresh(record=f"post-{ours}") == {about}
    assert (
        await fresh(record=f"post-{ours}", person=reader.id)
        == await fresh(record=f"customer-{ours}")
        == set()
    )
    await author.delete(f"/api/posts/{about}")
    assert await fresh(record=f"post-{ours}") == set()
    # All that is given must hold.
    assert await fresh(filter="mentions", department=department) == {ours}
    assert await fresh(filter="favourites", person=reader.id) == set()
    assert await fresh(filter="mine", kind="share") == {mine}
    assert await fresh(person=author.id, department=department) == {ours}
    # What is hidden stands only among the hidden.
    await reader.put(f"/api/posts/{named}/hidden", {})
    assert await fresh(filter="hidden") == {named}
    for wanted in (
        {"filter": "favourites"},
        {"filter": "mentions"},
        {"person": author.id},
        {"kind": "share"},
    ):
        assert named not in await listed(reader, **wanted)
    # What was deleted stands nowhere.
    await author.delete(f"/api/posts/{named}")
    await author.delete(f"/api/posts/{plain}")
    for one in ("mentions", "followed", "favourites", "hidden"):
        assert {named, plain}.isdisjoint(await listed(reader, filter=one)), one


async def test_no_filter_shows_what_its_reader_may_no_longer_or_not_yet_read(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (BOSS, SECOND_SELLER, OUTSIDER)]
    department = await department_id(shared, "华东/销售一部")
    then = await publish(author, {"departments": [department]}, text=f"@[x](department:{department})")
    for kind in ("favourite", "follow"):
        await reader.put(f"/api/posts/{then}/{kind}", {})
    await move(shared, reader.id, await department_id(shared, "总部/行政部"))
    later = await publish(author, {"departments": [department]})
    for wanted in (
        {"filter": "favourites"},
        {"filter": "followed"},
        {"person": author.id},
        {"department": department},
        {"kind": "share"},
    ):
        assert then in (found := await listed(reader, 10, **wanted)), wanted
        assert later not in found, wanted
        assert {then, later}.isdisjoint(await listed(stranger, 10, **wanted)), wanted
    await move(shared, reader.id, department)
    assert later in await listed(reader, 10, department=department)


async def test_a_filter_that_is_none_is_refused_and_somebody_unknown_has_written_nothing(
    shared: House,
) -> None:
    reader = await enter(shared, SELLER)
    for wanted in (
        {"filter": "everything"},
        {"filter": ""},
        {"kind": "poem"},
        {"department": 0},
        {"person": -1},
        {"person": "x"},
        {"person": 10**20},
        {"record": "customer"},
        {"record": "customer-0"},
        {"record": "customer-1-2"},
        {"topic": "#"},  # topics are filters now, but this is no name of one
        {"cursor": "!", "filter": "mine"},
    ):
        refused = await reader.http.get("/api/posts", params=wanted)
        assert refusal(refused) == (422, "invalid"), wanted
    assert await listed(reader, person=999_999, department=999_999) == []


async def test_a_rare_find_among_much_that_is_others_comes_in_bounded_steps(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who writes much, little of it for me: every page is a short walk, and together they miss nothing."""
    monkeypatch.setattr(filters, "STEP", 3)
    monkeypatch.setattr(filters, "BUDGET", 6)
    author, reader = await enter(shared, BOSS), await enter(shared, OUTSIDER)
    other = await person_id(shared, SELLER)
    to = itertools.cycle([other] * 9 + [reader.id])
    posts = [(await publish(author, {"people": [who]}), who) for who in itertools.islice(to, 20)]
    pages, found = 0, set()
    cursor: str | None = ""
    while cursor is not None:
        page = await reader.get("/api/posts", limit=2, person=author.id, cursor=cursor)
        found |= {one["id"] for one in page["items"]}
        pages, cursor = pages + 1, page["next"]
    assert found & dict(posts).keys() == {post for post, who in posts if who == reader.id}
    assert pages > len(posts) // 6


async def test_a_kind_that_everybody_uses_is_walked_through_what_reaches_its_reader(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = await enter(shared, SELLER)
    by_itself = await listed(reader, 10, kind="share")
    monkeypatch.setattr(filters, "RARE", 1)
    assert await listed(reader, 10, kind="share") == by_itself == await listed(reader, 10)
