"""The timeline, whole or filtered, newest first; one post; what an answer with posts brings along."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from feed.comments.reading import newest
from feed.filters import EVERYTHING, Wanted, matching
from feed.kinds import mine_among
from feed.marks import hidden_among, marks_of
from feed.policies import must_read
from feed.poll.present import about_polls
from feed.present import PostView, my_receipts, posts
from feed.table.present import about_tables
from feed.todo import open_post_ids
from feed.walking import newest_of, readers_arms
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change, Put
from server.kit.module import Module
from server.people.present import person_puts_for
from server.permissions.actor import Actor

FIRST_PAGE = 20


def page(
    conn: Connection,
    actor: Actor,
    modules: Sequence[Module],
    limit: int | None,
    cursor: str,
    wanted: Wanted = EVERYTHING,
) -> tuple[list[PostView], str | None, list[Change]]:
    """A page of what I may read, with my receipts and the persons in it. A filtered one may be short, or empty, and still go on."""
    size = page_size(limit, FIRST_PAGE)
    after = decode_cursor(cursor, int)
    look = _not_hidden if wanted == EVERYTHING else partial(matching, wanted=wanted)
    ids, further = look(conn, actor, count=size, before=int(after[0]) if after else None)
    shown = posts(conn, ids)
    return shown, None if further is None else encode_cursor(further), belongings(conn, actor, modules, shown)


def one(
    conn: Connection, actor: Actor, modules: Sequence[Module], post_id: int
) -> tuple[PostView, list[Change]]:
    """Raises `NotFound`."""
    must_read(conn, actor, post_id)
    shown = posts(conn, [post_id])
    return shown[0], belongings(conn, actor, modules, shown)


def belongings(
    conn: Connection, actor: Actor, modules: Sequence[Module], shown: Sequence[PostView]
) -> list[Change]:
    """What an answer with posts brings along: my receipt (or none) of each, the newest comments and the counts, and the persons named."""
    people = {view.author_id for view in shown}
    for view in shown:
        people.update(view.mentions.people)
        people.update([view.by_id] if view.by_id is not None else [])
        people.update(view.audience.people)
    ids = [view.id for view in shown]
    return [
        *my_receipts(conn, actor.id, ids),
        *marks_of(conn, actor, ids),
        *mine_among(conn, actor, modules, shown),
        *about_polls(conn, actor, [view.id for view in shown if view.poll is not None]),
        *about_tables(conn, [view.id for view in shown if view.table is not None]),
        *newest(conn, actor, ids),
        *person_puts_for(conn, actor, sorted(people)[:200]),
    ]


def _not_hidden(
    conn: Connection, actor: Actor, count: int, before: int | None
) -> tuple[list[int], int | None]:
    """The newest that I did not hide, and below which id to go on. Whoever hid none pays one look at their marks."""
    arms = readers_arms(conn, actor)
    found: list[int] = []
    step = count + 1
    while True:
        ids = newest_of(conn, arms, step, before)
        hidden = hidden_among(conn, actor, ids)
        found += [one for one in ids if one not in hidden]
        if len(found) > count:
            return found[:count], found[count - 1]
        if len(ids) < step:
            return found, None
        before, step = ids[-1], max(step, 200)


def first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    """The bootstrap's part: the first page whole, and every open receipt of mine."""
    shown, following, also = page(conn, actor, company.modules, None, "")
    open_ones = open_receipts(conn, actor, company.modules, {view.id for view in shown})
    return {
        "posts": {"ids": [view.id for view in shown], "next": following},
        "changes": [*[Put("post", view.id, view) for view in shown], *also, *open_ones],
    }


def open_receipts(conn: Connection, actor: Actor, modules: Sequence[Module], but: set[int]) -> list[Change]:
    """My open receipts whose posts are not on the first page, with those posts."""
    ids = [one for one in open_post_ids(conn, actor, 200) if one not in but]
    shown = posts(conn, ids)
    return [*[Put("post", view.id, view) for view in shown], *belongings(conn, actor, modules, shown)]
