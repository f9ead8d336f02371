"""Deleting and hiding: gone for everybody at once and for good, or out of one's own sight only (FEED-21, FEED-22, W10)."""

from typing import Any

from sqlalchemy import select

from feed.models import Post, PostMark, Receipt
from server.audit.models import AuditEntry
from server.background.reactions import catch_up
from tests.chat.talk import group_of, send
from tests.feed.board import confirm, move, publish, refusal, timeline
from tests.feed.talk import comment, try_comment
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    everything,
)
from tests.server.cards.test_carrying import refs, share
from tests.server.files.sending import upload
from tests.server.links.test_links import mentioned_in


async def found(client: Client, words: str) -> list[tuple[str, int]]:
    page = await client.get("/api/search", q=words)
    return [(one["kind"], one["id"]) for one in page["items"]]


async def todos(client: Client) -> int:
    return int((await client.get("/api/todos/counts"))["total"])


async def test_what_its_author_deletes_is_gone_everywhere_for_everybody_at_once(shared: House) -> None:
    author, reader, other = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER)]
    target = await publish(author, {"everyone": True}, text="周年庆")
    file = await upload(author, "座次表.txt", b"one two three")
    body = {
        "kind": "share",
        "text": "独一无二的措辞",
        "audience": {"people": [reader.id, other.id]},
        "receipts": {"people": [reader.id, other.id]},
        "files": [file["id"]],
        "cards": refs(("post", target)),
    }
    post = (await author.post("/api/posts", body))["id"]
    said = (await comment(reader, post, "独一无二的回答"))["id"]
    group = await group_of(author, reader.id)
    await send(author, group, cards=refs(("post", post)))
    await confirm(other, post)
    await catch_up(shared.company)
    assert {kind for kind, _ in await found(reader, "独一无二的")} == {"post", "comment"}
    assert await mentioned_in(reader, "post", target) == [("post", post)]
    owed, waiting = await todos(reader), (await reader.bootstrap())["cursor"]
    await comment(reader, post, "独一无二的尾声")  # the index hears of it when its post is gone already
    async with author.live() as writing, reader.live() as reading:
        assert (await author.http.delete(f"/api/posts/{post}")).status_code == 204
        for live in (writing, reading):
            event = await live.event("post.deleted", id=post)
            assert {(one["op"], one["kind"], one["id"]) for one in event["changes"]} >= {
                ("drop", "post", post),
                ("drop", "receipt", post),
                ("drop", "receipt_ask", post),
            }
    async with reader.live(waiting) as late:
        await late.event("post.deleted", id=post)
    await catch_up(shared.company)
    assert await todos(reader) == owed - 1
    for client in (author, reader, other):
        assert post not in await timeline(client)
        assert await found(client, "独一无二的") == []
        assert await mentioned_in(client, "post", target) == []
        assert (await client.get(f"/api/links/post/{target}"))["hidden"] == 0
        for path in (
            f"/api/posts/{post}",
            f"/api/posts/{post}/comments",
            f"/api/posts/{post}/receipts",
            f"/api/comments/{said}",
            f"/api/files/{file['id'] if client is not author else 0}",  # one's own upload stays one's own
        ):
            assert refusal(await client.http.get(path)) == (404, "not_found"), path
        cards = await client.post("/api/cards", {"refs": refs(("post", post), ("comment", said))})
        assert [one["restricted"] for one in cards["items"]] == [True, True]
    assert refusal(await try_comment(reader, post)) == (404, "not_found")
    assert refusal(await confirm(reader, post)) == (409, "not_pending")
    assert refusal(await share(author, refs(("post", post)))) == (422, "invalid")
    rows = select(Receipt.person_id, Receipt.state).where(Receipt.post_id == post)
    row, states, entries = await shared.company.read(
        lambda conn: (
            conn.execute(select(Post.deleted_at, Post.deleted_by, Post.text).where(Post.id == post)).one(),
            {one.person_id: one.state for one in conn.execute(rows)},
            conn.execute(
                select(AuditEntry.actor_id, AuditEntry.details).where(
                    AuditEntry.act == "post.deleted", AuditEntry.object_id == post
                )
            ).all(),
        )
    )
    assert (row.deleted_at is not None, row.deleted_by, row.text) == (True, author.id, "独一无二的措辞")
    assert states == {reader.id: "withdrawn", other.id: "done"}
    assert [one.actor_id for one in entries] == [author.id]
    before = await everything(shared)
    assert (await author.http.delete(f"/api/posts/{post}")).status_code == 204
    assert await everything(shared) == before, "twice is the same"


async def test_a_reader_cannot_delete_and_who_moderates_only_what_they_may_read(shared: House) -> None:
    author, reader, stranger, keeper = [
        await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER, ADMINISTRATOR)
    ]
    private = await publish(author, {"people": [reader.id]})
    public = await publish(author, {"everyone": True})
    before = await everything(shared)
    refused = await reader.http.delete(f"/api/posts/{private}")
    assert (refusal(refused), refused.json()["next_step"]) == ((403, "forbidden"), "hide_it")
    for client in (stranger, keeper):
        assert refusal(await client.http.delete(f"/api/posts/{private}")) == (404, "not_found")
    assert await everything(shared) == before
    assert (await keeper.http.delete(f"/api/posts/{public}")).status_code == 204
    assert public not in await timeline(author)


async def test_who_has_left_the_department_loses_the_deleted_post_from_the_screen_too(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SECOND_SELLER)
    department = await department_id(shared, "华东/销售一部")
    post = await publish(author, {"departments": [department]})
    await move(shared, reader.id, await department_id(shared, "总部/行政部"))
    assert post in await timeline(reader)
    async with reader.live() as live:
        await author.delete(f"/api/posts/{post}")
        assert (await live.event("post.deleted", id=post))["changes"][0]["id"] == post
    assert post not in await timeline(reader)
    await move(shared, reader.id, department)


async def hidden_of(client: Client, post: int) -> Any:
    also = (await client.get(f"/api/posts/{post}"))["also"]
    [one] = [one for one in also if (one["kind"], one["id"]) == ("hidden", post)]
    return one.get("data")


async def test_a_reader_hides_a_post_from_their_timeline_only_and_on_all_their_devices(shared: House) -> None:
    author, reader, other = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER)]
    people = [reader.id, other.id]
    post = await publish(author, {"people": people}, {"people": [reader.id]}, text="藏起来的措辞")
    await catch_up(shared.company)
    owed = await todos(reader)
    phone = await enter(shared, SELLER)
    async with phone.live() as live, other.live() as elsewhere:
        first = await reader.put(f"/api/posts/{post}/hidden", {})
        event = await live.event("post.marked")
        assert event["changes"] == [{"op": "put", "kind": "hidden", "id": post, "data": first}]
        assert await reader.put(f"/api/posts/{post}/hidden", {}) == first, "twice is the same"
        await elsewhere.quiet()
    assert post not in await timeline(reader)
    assert post in await timeline(other)
    assert await todos(reader) == owed, "what is asked stays asked"
    boot = await reader.bootstrap()
    assert post not in boot["posts"]["ids"]
    assert ("hidden", post) in {(one["kind"], one["id"]) for one in boot["changes"] if one["op"] == "put"}
    assert await hidden_of(reader, post) == first
    assert await hidden_of(other, post) is None
    assert ("post", post) in await found(reader, "藏起来的")
    assert (await confirm(reader, post)).status_code == 200
    async with phone.live() as live:
        await reader.delete(f"/api/posts/{post}/hidden")
        event = await live.event("post.marked")
        assert event["changes"] == [{"op": "drop", "kind": "hidden", "id": post}]
    assert post in await timeline(reader)


async def test_pages_are_full_however_many_posts_somebody_hid(shared: House) -> None:
    author, reader = await enter(shared, BOSS), await enter(shared, OUTSIDER)
    shown = await timeline(reader)
    posts = [await publish(author, {"people": [reader.id]}) for _ in range(6)]
    for post in posts[1:]:
        await reader.put(f"/api/posts/{post}/hidden", {})
    page = await reader.get("/api/posts", limit=2)
    assert [one["id"] for one in page["items"]] == [posts[0], shown[0]]
    assert await timeline(reader) == [posts[0], *shown]


async def test_what_somebody_notes_for_themselves_nobody_else_learns(shared: House) -> None:
    author, reader = await enter(shared, BOSS), await enter(shared, SELLER)
    post = await publish(author, {"people": [reader.id]})
    stranger = await enter(shared, OUTSIDER)
    for kind in ("favourite", "hidden"):
        assert refusal(await stranger.http.put(f"/api/posts/{post}/{kind}", json={})) == (404, "not_found")
        await reader.put(f"/api/posts/{post}/{kind}", {})
        also = (await author.get(f"/api/posts/{post}"))["also"]
        assert {"op": "drop", "kind": kind, "id": post} in also
    await author.delete(f"/api/posts/{post}")
    left = await shared.company.read(
        lambda conn: conn.execute(select(PostMark.kind).where(PostMark.post_id == post)).scalars().all()
    )
    assert set(left) == {"favourite", "hidden"}
