"""The timeline: a merge of keyset scans, one per audience subject that reaches me, newest first. Cost grows with the page, not the feed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, select, union_all

from feed.comments.reading import newest
from feed.marks import hidden_among, marks_of
from feed.models import Post, PostAudience
from feed.policies import must_read, subjects_of
from feed.present import PostView, my_receipts, posts
from feed.todo import open_post_ids
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change, Put
from server.events.models import StreamGrant
from server.people.present import person_puts_for
from server.permissions.actor import Actor

FIRST_PAGE = 20


def page(
    conn: Connection, actor: Actor, limit: int | None, cursor: str
) -> tuple[list[PostView], str | None, list[Change]]:
    """A page of what I may read, with my receipts and the persons in it."""
    size = page_size(limit, FIRST_PAGE)
    after = decode_cursor(cursor, int)
    ids = _not_hidden(conn, actor, size + 1, int(after[0]) if after else None)
    shown = posts(conn, ids[:size])
    following = encode_cursor(ids[size - 1]) if len(ids) > size else None
    return shown, following, belongings(conn, actor, shown)


def one(conn: Connection, actor: Actor, post_id: int) -> tuple[PostView, list[Change]]:
    """Raises `NotFound`."""
    must_read(conn, actor, post_id)
    shown = posts(conn, [post_id])
    return shown[0], belongings(conn, actor, shown)


def belongings(conn: Connection, actor: Actor, shown: Sequence[PostView]) -> list[Change]:
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
        *newest(conn, actor, ids),
        *person_puts_for(conn, actor, sorted(people)[:200]),
    ]


def _not_hidden(conn: Connection, actor: Actor, count: int, before: int | None) -> list[int]:
    """The newest that I did not hide. Whoever hid none pays one look at their marks."""
    found: list[int] = []
    step = count
    while True:
        ids = _newest(conn, actor, step, before)
        hidden = hidden_among(conn, actor, ids)
        found += [one for one in ids if one not in hidden]
        if len(found) >= count or len(ids) < step:
            return found[:count]
        before, step = ids[-1], max(count, 200)


def _newest(conn: Connection, actor: Actor, count: int, before: int | None) -> list[int]:
    """Post ids. Every arm walks one index backwards and stops after `count` rows."""
    arms = [_arm(PostAudience.subject == subject, count, before) for subject in subjects_of(conn, actor)]
    arms += _arms_of_the_past(conn, actor, count, before)
    merged = union_all(*arms).subquery()
    return list(
        conn.execute(
            select(merged.c.post_id).distinct().order_by(merged.c.post_id.desc()).limit(count)
        ).scalars()
    )


def _arm(condition: ColumnElement[bool], count: int, before: int | None) -> Select[int]:
    inner = select(PostAudience.post_id).where(condition)
    if before is not None:
        inner = inner.where(PostAudience.post_id < before)
    limited = inner.order_by(PostAudience.post_id.desc()).limit(count).subquery()
    return select(limited.c.post_id)


def _arms_of_the_past(conn: Connection, actor: Actor, count: int, before: int | None) -> list[Select[int]]:
    """Departments I have left: what was addressed to them while I was in (W18)."""
    spans = conn.execute(
        select(StreamGrant.stream, StreamGrant.from_seq, StreamGrant.to_seq).where(
            StreamGrant.person_id == actor.id,
            StreamGrant.to_seq.is_not(None),
            StreamGrant.stream.startswith("department:"),
        )
    ).all()
    arms = []
    for span in spans:
        inner = (
            select(PostAudience.post_id)
            .join(Post, Post.id == PostAudience.post_id)
            .where(PostAudience.subject == span.stream, Post.seq.between(span.from_seq, span.to_seq))
        )
        if before is not None:
            inner = inner.where(PostAudience.post_id < before)
        limited = inner.order_by(PostAudience.post_id.desc()).limit(count).subquery()
        arms.append(select(limited.c.post_id))
    return arms


def first_state(conn: Connection, actor: Actor, company: object) -> dict[str, object]:
    """The bootstrap's part: the first page whole, and every open receipt of mine."""
    shown, following, also = page(conn, actor, None, "")
    open_ones = open_receipts(conn, actor, {view.id for view in shown})
    return {
        "posts": {"ids": [view.id for view in shown], "next": following},
        "changes": [*[Put("post", view.id, view) for view in shown], *also, *open_ones],
    }


def open_receipts(conn: Connection, actor: Actor, but: set[int]) -> list[Change]:
    """My open receipts whose posts are not on the first page, with those posts."""
    ids = [one for one in open_post_ids(conn, actor, 200) if one not in but]
    shown = posts(conn, ids)
    return [*[Put("post", view.id, view) for view in shown], *belongings(conn, actor, shown)]
