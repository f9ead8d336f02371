"""A post kind is one declaration: one that only this file knows is written, read, found, listed and deleted like any other."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from feed.details import tell
from feed.kinds import Begun, PostKind
from feed.policies import MAY_ANNOUNCE, MAY_READ_POST, must_lock_own
from feed.present import PostView
from notifications.todos import TodoKind, TodoView
from server.api.route import Nothing, Write, put
from server.app import make_app
from server.background.reactions import catch_up
from server.cards.cards import Ref
from server.config.settings import Settings
from server.events.envelope import Change, Event, Put, person_stream
from server.kit.module import Module
from server.kit.problems import invalid
from server.modules import MODULES
from server.permissions.actor import Actor
from server.work.work import Work
from tests.feed.board import refusal, timeline
from tests.feed.test_filters import listed
from tests.house import House, serve
from tests.server.api.people import MANAGER, OUTSIDER, SELLER, enter
from tests.server.cards.test_carrying import refs


class PoemInput(msgspec.Struct, forbid_unknown_fields=True):
    lines: int


class PoemView(msgspec.Struct, frozen=True, tag_field="kind", tag="poem"):
    lines: int
    is_sung: bool


class Heard(msgspec.Struct, frozen=True):
    whose: int


def begin(work: Work, actor: Actor, begun: Begun, fields: PoemInput) -> PoemView:
    if fields.lines > 14:
        raise invalid("details.lines", "range", "At most a sonnet.", maximum=14)
    return PoemView(fields.lines, False)


def follow(work: Work, view: PostView) -> None:
    streams = [person_stream(one) for one in view.audience.people]
    work.record(Event("poem.read_aloud", streams, [Put("heard", view.id, Heard(view.author_id))]))


def mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    return [Put("heard", one, Heard(actor.id)) for one in post_ids]


def sing(call: Write[Nothing, Nothing]) -> None:
    """Sing it."""
    must_lock_own(call.work, call.actor, call.id(), "poem")
    tell(call.work, call.actor, call.id(), PoemView(4, True))


closed: list[int] = []
POEM = PostKind(
    "poem",
    MAY_ANNOUNCE,
    titled=True,
    fields=PoemInput,
    shape=PoemView,
    begin=begin,
    follow=follow,
    mine=mine,
    close=lambda work, post_id, hearing: closed.append(post_id),
    state=lambda details: "sung" if details["is_sung"] else "",
)
TODO = TodoKind(
    "poem",
    MAY_READ_POST,
    lambda conn, actor, now, limit: [
        TodoView(Ref("poem", 1), "poem", "背诵", None, now, None, False, "open", None, Ref("post", 1))
    ],
    lambda conn, actor: 1,
)
POEMS = Module("poems", *POEM.parts, put("/api/posts/{id:int}/song", MAY_READ_POST, sing, status=204), TODO)


@pytest.fixture(scope="module")
async def poets(shared_settings: Settings) -> AsyncIterator[House]:
    async with serve(shared_settings, [*MODULES, POEMS]) as house:
        yield house


async def test_a_kind_that_nobody_else_knows_is_written_read_found_and_deleted_like_any_other(
    poets: House,
) -> None:
    author, reader, stranger = [await enter(poets, one) for one in (MANAGER, SELLER, OUTSIDER)]
    poem: dict[str, Any] = {
        "kind": "poem",
        "title": "静夜思咏月",
        "text": "床前明月光，疑是地上霜。",
        "audience": {"people": [reader.id]},
        "receipts": {"people": [reader.id]},
        "details": {"lines": 4},
    }
    async with reader.live() as live:
        made = await author.post("/api/posts", poem)
        seen = await live.event("post.published", id=made["id"])
        shown = seen["changes"][0]["data"]
        assert (shown["kind"], shown["title"], shown["details"]) == (
            "poem",
            "静夜思咏月",
            {"kind": "poem", "lines": 4, "is_sung": False},
        )
        await live.event("poem.read_aloud", whose=author.id)
        await author.put(f"/api/posts/{made['id']}/song")
        sung = await live.event("post.details_changed", id=made["id"])
        assert sung["changes"][0]["data"]["details"]["is_sung"] is True
    post = made["id"]
    # The timeline, whole and by kind; one post; the bootstrap. What is mine of it comes along.
    assert post in await timeline(reader)
    assert await listed(reader, kind="poem") == [post]
    for answer in (await reader.get(f"/api/posts/{post}"), await reader.get("/api/posts", kind="poem")):
        assert {"op": "put", "kind": "heard", "id": post, "data": {"whose": reader.id}} in answer["also"]
    begun = await reader.bootstrap()
    assert any((one["kind"], one["id"]) == ("heard", post) for one in begun["changes"])
    # Its card, the search, the to-dos, what the receipt is about.
    card = (await reader.post("/api/cards", {"refs": refs(("post", post))}))["items"][0]
    assert (card["title"], card["sort"], card["state"]) == ("静夜思咏月", "poem", "sung")
    await catch_up(poets.company)
    found = await reader.get("/api/search", q="静夜思咏月")
    assert ("post", post) in {(one["kind"], one["id"]) for one in found["items"]}
    todos = (await reader.get("/api/todos"))["items"]
    assert {"静夜思咏月", "背诵"} <= {one["title"] for one in todos}
    # Title and text have versions; it can be deleted, and then nothing waits.
    change = {"version": 1, "title": "夜思", "text": poem["text"]}
    await author.http.patch(f"/api/posts/{post}", json=change)
    kept = (await reader.get(f"/api/posts/{post}/versions"))["items"]
    assert [(one["title"], one["version"]) for one in kept] == [("静夜思咏月", 1)]
    assert (await reader.get(f"/api/posts/{post}"))["item"]["title"] == "夜思"
    assert (await stranger.http.get(f"/api/posts/{post}")).status_code == 404
    await author.delete(f"/api/posts/{post}")
    assert closed == [post]
    assert await listed(reader, kind="poem") == []
    closed.clear()


async def test_what_a_kind_asks_for_is_checked_and_who_may_not_write_one_is_refused(poets: House) -> None:
    author, seller = await enter(poets, MANAGER), await enter(poets, SELLER)
    poem = {"kind": "poem", "title": "x", "text": "x", "audience": {"people": [seller.id]}}
    for wrong, field in (
        ({"details": {"lines": 15}}, "details.lines"),
        ({"details": {"lines": "many"}}, "details.lines"),
        ({"details": {"rhymes": 2, "lines": 1}}, "details.rhymes"),
        ({}, "details.lines"),
        ({"details": {"lines": 1}, "title": " "}, "title"),
        ({"details": {"lines": 1}, "title": "x" * 101}, "title"),
        ({"kind": "share", "title": "", "details": {"lines": 1}}, "details"),
        ({"kind": "share"}, "title"),
        ({"kind": "haiku"}, "kind"),
    ):
        refused = await author.try_post("/api/posts", {**poem, **wrong})
        assert refusal(refused) == (422, "invalid"), wrong
        assert refused.json()["errors"][0]["field"] == field
    refused = await seller.try_post("/api/posts", {**poem, "details": {"lines": 1}})
    assert refusal(refused) == (403, "forbidden")


def test_a_kind_s_shapes_stand_in_the_description_of_posts(poets: House) -> None:
    described = make_app(poets.company).state.description()["components"]["schemas"]
    for holder, shape in (("PostView", "PoemView"), ("PublishedPost", "PoemView"), ("NewPost", "PoemInput")):
        choices = described[holder]["properties"]["details"]["anyOf"]
        assert {"$ref": f"#/components/schemas/{shape}"} in choices
        assert shape in described
