"""What one person notes on a post for themselves: among their favourites (FEED-18), or out of their timeline (W10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, select

from feed import events
from feed.models import PostMark
from feed.policies import must_read
from feed.present import MarkView
from server.db.hot import Hot, among
from server.db.upsert import insert_into
from server.events.envelope import Change, Drop, Put
from server.permissions.actor import Actor
from server.work.work import Work

Kind = Literal["favourite", "hidden"]
KINDS: tuple[Kind, ...] = ("favourite", "hidden")
_MINE = (PostMark.person_id == bindparam("person")) & among(PostMark.post_id, "ids")
_MARKS = Hot(select(PostMark.kind, PostMark.post_id, PostMark.at).where(_MINE))
_HIDDEN = Hot(select(PostMark.post_id).where(_MINE, PostMark.kind == "hidden"))


def mark(work: Work, actor: Actor, post_id: int, kind: Kind) -> MarkView:
    """Twice is the same, with the first time. A hidden post stays readable, and what was asked on it stays asked. Raises `NotFound`."""
    must_read(work.conn, actor, post_id)
    added = work.conn.execute(
        insert_into(work.conn, PostMark)
        .values(person_id=actor.id, kind=kind, post_id=post_id, at=work.now)
        .on_conflict_do_nothing(index_elements=[PostMark.person_id, PostMark.kind, PostMark.post_id])
        .returning(PostMark.at)
    ).first()
    if added is None:
        mine = select(PostMark.at).where(
            PostMark.person_id == actor.id, PostMark.kind == kind, PostMark.post_id == post_id
        )
        return MarkView(work.conn.execute(mine).scalar_one())
    work.record(events.post_marked(actor.id, _change(kind, post_id, work.now)))
    return MarkView(work.now)


def unmark(work: Work, actor: Actor, post_id: int, kind: Kind) -> None:
    """Twice is the same. Raises `NotFound`."""
    must_read(work.conn, actor, post_id)
    mine = (PostMark.person_id == actor.id) & (PostMark.kind == kind) & (PostMark.post_id == post_id)
    if work.conn.execute(delete(PostMark).where(mine)).rowcount:
        work.record(events.post_marked(actor.id, _change(kind, post_id, None)))


def marks_of(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """My notes on these posts, or drops: an answer always says which. Who acts for somebody sees nothing of theirs."""
    if not post_ids or actor.by:
        return []
    rows = _MARKS.named(conn, {"person": actor.id, "ids": post_ids})
    mine = {(row.kind, row.post_id): row.at for row in rows}
    return [_change(kind, one, mine.get((kind, one))) for one in post_ids for kind in KINDS]


def hidden_among(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> set[int]:
    """Those of these posts that the person keeps out of their timeline."""
    if not post_ids:
        return set()
    return {row[0] for row in _HIDDEN.rows(conn, {"person": actor.id, "ids": post_ids})}


def _change(kind: Kind, post_id: int, at: datetime | None) -> Change:
    return Drop(kind, post_id) if at is None else Put(kind, post_id, MarkView(at))
