"""Announcing (WORK-07, 08): to whom one's scope reaches, standing out until it expires, in a list of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, or_, select, update

from feed import audience, details
from feed.announcement.inputs import AnnouncementInput, StandingInput
from feed.announcement.models import Announcement
from feed.announcement.present import AnnouncementView
from feed.filters import looked_through
from feed.kinds import Begun, Changed
from feed.models import Post
from feed.policies import must_lie_within, must_lock_own, readable_among
from feed.present import PostView, posts
from feed.timeline import FIRST_PAGE, belongings
from feed.walking import Arms
from server.db.base import UtcTime
from server.db.hot import Hot
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change, Put
from server.kit.module import Module
from server.kit.problems import invalid
from server.permissions.actor import Actor
from server.work.work import Work

KIND = "announcement"
FARTHEST = timedelta(days=3_650)
PINNED_AT_ONCE, PINNED_LOOKED_AT = 10, 200
_PINNED = Hot(
    select(Announcement.post_id)
    .where(
        Announcement.pinned,
        or_(Announcement.expires_at.is_(None), Announcement.expires_at > bindparam("now", type_=UtcTime)),
    )
    .order_by(Announcement.post_id.desc())
    .limit(bindparam("most"))
)


def begin(work: Work, actor: Actor, begun: Begun, fields: AnnouncementInput) -> AnnouncementView:
    """Raises `Forbidden` with `beyond` when the audience reaches farther than one may announce, `Invalid` on a time."""
    to = begun.audience
    must_lie_within(
        work.conn, actor, "post.announce", audience.people_in(to.everyone, to.departments, to.people)
    )
    _must_be_near(work, "details.effective_at", fields.effective_at)
    _must_expire_later(work, "details.expires_at", fields.effective_at, fields.expires_at)
    work.conn.execute(
        insert(Announcement).values(
            post_id=begun.post_id,
            pinned=fields.pinned,
            effective_at=fields.effective_at,
            expires_at=fields.expires_at,
        )
    )
    return AnnouncementView(fields.pinned, fields.effective_at, fields.expires_at)


def change(work: Work, actor: Actor, post_id: int, wanted: StandingInput) -> PostView:
    """Pins it or not, and says until when it holds; to end it early, now. Raises `NotFound`, `Forbidden`, `Invalid`."""
    post = must_lock_own(work, actor, post_id, KIND)
    row = work.conn.execute(select(Announcement.__table__).where(Announcement.post_id == post_id)).one()
    if wanted.expires_at != row.expires_at:
        _must_expire_later(work, "expires_at", row.effective_at, wanted.expires_at)
    if (wanted.pinned, wanted.expires_at) != (row.pinned, row.expires_at):
        work.conn.execute(
            update(Announcement)
            .where(Announcement.post_id == post_id)
            .values(pinned=wanted.pinned, expires_at=wanted.expires_at)
        )
        if post.author_id != actor.id:
            work.audit("announcement.changed", ("post", post_id), author=post.author_id, pinned=wanted.pinned)
        shape = AnnouncementView(wanted.pinned, row.effective_at, wanted.expires_at)
        details.tell(work, actor, post_id, shape)
    return posts(work.conn, [post_id])[0]


def readdressed(work: Work, actor: Actor, changed: Changed) -> None:
    """Raises `Forbidden` with `beyond` when it reaches farther than before, and farther than one may announce."""
    to, was = changed.audience, changed.before
    newly = audience.people_in(to.everyone, to.departments, to.people) & ~audience.people_in(
        was.everyone, was.departments, was.people
    )
    must_lie_within(work.conn, actor, "post.announce", newly)


def page(
    conn: Connection,
    actor: Actor,
    modules: Sequence[Module],
    now: datetime,
    state: str | None,
    limit: int | None,
    cursor: str,
) -> tuple[list[PostView], str | None, list[Change]]:
    """The announcements that I may read, newest first."""
    after = decode_cursor(cursor, int)
    ids, further = _walk(
        conn, actor, now, state, page_size(limit, FIRST_PAGE), int(after[0]) if after else None
    )
    shown = posts(conn, ids)
    following = None if further is None else encode_cursor(further)
    return shown, following, belongings(conn, actor, modules, shown)


def first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    """What stands above the timeline."""
    now = company.clock.now()
    pinned = [row[0] for row in _PINNED.rows(conn, {"now": now, "most": PINNED_LOOKED_AT})]
    if not pinned:
        return {"changes": []}
    ids = sorted(readable_among(conn, actor, pinned), reverse=True)[:PINNED_AT_ONCE]
    shown = posts(conn, ids)
    changes = [
        *[Put("post", view.id, view) for view in shown],
        *belongings(conn, actor, company.modules, shown),
    ]
    return {"changes": changes}


def _walk(
    conn: Connection, actor: Actor, now: datetime, state: str | None, count: int, before: int | None
) -> tuple[list[int], int | None]:
    arm = select(Announcement.post_id)
    holds: ColumnElement[bool] = or_(Announcement.expires_at.is_(None), Announcement.expires_at > now)
    if state == "expired":
        arm = arm.where(~holds)
    elif state is not None:
        arm = arm.where(holds)
    if state == "pinned":
        arm = arm.where(Announcement.pinned)
    return looked_through(conn, actor, Arms(others=[arm]), [Post.kind == KIND], count, before)


def _must_be_near(work: Work, field: str, at: datetime | None) -> None:
    if at is None:
        return
    if at.tzinfo is None:
        raise invalid(field, "time_zone", "The time needs a time zone.")
    if abs(at - work.now) > FARTHEST:
        raise invalid(field, "range", "At most ten years from now.")


def _must_expire_later(
    work: Work, field: str, effective_at: datetime | None, expires_at: datetime | None
) -> None:
    _must_be_near(work, field, expires_at)
    if expires_at is None:
        return
    if effective_at is not None and expires_at <= effective_at:
        raise invalid(field, "before_effective", "It would expire before it takes effect.")
    if expires_at < work.now - timedelta(minutes=1):
        raise invalid(field, "past", "This time has passed already.")
