"""What was done with or for a customer, as it stands with the record: notes written there, and the sales records about it (W7, M49).

A note's text is the record's, and read by whoever reads the record. What a sales record says is its post's and stays among the post's
readers; who reads the record and not the post learns of one that counts that it was made, when, by whom and of which sort, since the
record's clock says so anyhow, and of another nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import insert, select

from crm_objects.engine import counting, events, history
from crm_objects.engine.changing import must_write
from crm_objects.engine.followup_rights import told_to
from crm_objects.engine.models import RecordFollowup
from crm_objects.engine.reading import Desk, must_find
from feed.models import Post
from feed.policies import readable_among
from server.api.route import Items
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.files.present import FileView, from_stored
from server.kit.problems import NotFound, invalid
from server.kit.text import clean
from server.people.present import person_puts_for
from server.work.work import Work

_FOLLOWUPS = table(RecordFollowup)
MOST = 5_000
Sort = Literal["visit", "call", "online", "training", "installation", "other"]


class FollowupView(msgspec.Struct, frozen=True):
    """`by`: who pressed, when for another. `counts`: it moved the record's clock. `post`: the sales record that says it; `closed`: one
    that I may not read, so that neither it nor its text is here."""

    id: int
    at: datetime
    actor: int
    by: int | None
    sort: Sort
    text: str
    counts: bool
    post: int | None = None
    files: list[FileView] = []
    closed: bool = False


def add(
    work: Work, desk: Desk, record_id: int, sort: Sort, text: str, *, least: int | None = None
) -> FollowupView:
    """An empty note is none (M49); `least` letters suffice, the company's rule when left out. The clock moves for the owner and the
    writing team alone. Raises `NotFound`, also for kinds that are not followed up, `Forbidden`, `WrongState`, `Invalid` on `text`."""
    if not desk.kind.followed_up:
        raise NotFound()
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    said = clean(text, "text", limit=MOST)
    fewest = counting.least(work.conn) if least is None else least
    if counting.letters(said) < fewest:
        raise invalid("text", "too_short", f"At least {fewest} letters or digits.", minimum=fewest)
    made = work.conn.execute(
        insert(_FOLLOWUPS)
        .values(
            kind=desk.kind.kind,
            record_id=record_id,
            at=work.now,
            actor_id=desk.actor.id,
            by_id=desk.actor.by or None,
            sort=sort,
            text=said,
            counts=one.rights.hands,
        )
        .returning(_FOLLOWUPS.c.id)
    ).scalar_one()
    version = counting.move(work, desk.kind, record_id)
    assert version is not None  # it is locked
    history.write(work, desk.actor, desk.kind, record_id, "followed_up")
    events.tell(work, desk.kind, record_id, version, desk.actor.id)
    return view(desk, record_id, made)


def view(desk: Desk, record_id: int, followup_id: int) -> FollowupView:
    """Raises `NotFound`."""
    must_find(desk, record_id)
    row = desk.conn.execute(
        select(_FOLLOWUPS).where(
            _FOLLOWUPS.c.id == followup_id,
            _FOLLOWUPS.c.kind == desk.kind.kind,
            _FOLLOWUPS.c.record_id == record_id,
            told_to(desk.conn, desk.actor),
        )
    ).first()
    if row is None:
        raise NotFound()
    return _views(desk, [row])[0]


def page(desk: Desk, record_id: int, limit: int | None, cursor: str) -> Items[FollowupView]:
    """Newest first, for everyone who reads the record. Raises `NotFound`."""
    must_find(desk, record_id)
    size = page_size(limit)
    before = decode_cursor(cursor, int)
    query = select(_FOLLOWUPS).where(
        _FOLLOWUPS.c.kind == desk.kind.kind,
        _FOLLOWUPS.c.record_id == record_id,
        told_to(desk.conn, desk.actor),
    )
    if before:
        query = query.where(_FOLLOWUPS.c.id < before[0])
    rows = desk.conn.execute(query.order_by(_FOLLOWUPS.c.id.desc()).limit(size + 1)).all()
    shown = _views(desk, rows[:size])
    named = {one for view in shown for one in (view.actor, view.by) if one is not None}
    following = encode_cursor(shown[-1].id) if len(rows) > size else None
    return Items(shown, following, list(person_puts_for(desk.conn, desk.actor, sorted(named))))


def _views(desk: Desk, rows: Sequence[Any]) -> list[FollowupView]:
    """What posts say is asked of the posts that this viewer may read."""
    about = [row.post_id for row in rows if row.post_id is not None]
    open_ones = sorted(readable_among(desk.conn, desk.actor, about)) if about else []
    said = select(Post.id, Post.text, Post.files).where(Post.id.in_(open_ones))
    posts = {row.id: row for row in desk.conn.execute(said)} if open_ones else {}
    return [_view(row, posts.get(row.post_id)) for row in rows]


def _view(row: Any, post: Any) -> FollowupView:
    made = FollowupView(row.id, row.at, row.actor_id, row.by_id, row.sort, row.text, row.counts)
    if row.post_id is None:
        return made
    if post is None:
        return msgspec.structs.replace(made, closed=True)
    return msgspec.structs.replace(made, text=post.text, post=post.id, files=from_stored(post.files))
