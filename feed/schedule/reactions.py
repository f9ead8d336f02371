"""What becomes of invitations, and of the calendar's address, when somebody leaves or comes back."""

from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, or_, select, update

from feed.models import Post
from feed.schedule import guests
from feed.schedule.models import CalendarFeed, Schedule, ScheduleGuest
from server.events.envelope import Event
from server.kit.clock import real_now
from server.people.leaving import whom
from server.work.work import Work

_GUEST = ScheduleGuest


def take_away(work: Work, event: Event) -> None:
    """Posts before their guests, in key order, as everybody locks them."""
    person = whom(event)
    work.conn.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person))
    held = (_GUEST.person_id == person) & _GUEST.state.in_(("open", "answered"))
    for row in _locked(work, select(_GUEST.post_id).where(held)):
        of_it = (_GUEST.post_id == row.post_id) & (_GUEST.person_id == person)
        work.conn.execute(update(ScheduleGuest).where(of_it).values(state="left"))
        guests.count(work, row.post_id, row.author_id)


def give_back(work: Work, event: Event) -> None:
    """Asked again where it still takes place and they had not answered."""
    person = whom(event)
    held = (_GUEST.person_id == person) & (_GUEST.state == "left")
    for row in _locked(work, select(_GUEST.post_id).where(held)):
        of_it = (_GUEST.post_id == row.post_id) & (_GUEST.person_id == person)
        mine = work.conn.execute(select(_GUEST.__table__).where(of_it)).one()
        over = row.until_at is not None and row.until_at <= work.now
        state = "ended" if row.state == "cancelled" or row.deleted_at is not None or over else "open"
        if mine.answer and mine.answered_for == row.asking:
            state = "answered"
        work.conn.execute(update(ScheduleGuest).where(of_it).values(state=state))
        if state == "open":
            guests.ask(work, row, only=person)
        guests.count(work, row.post_id, row.author_id)


def _locked(work: Work, ids: Select[int]) -> list[Any]:
    """The rows of these items, behind the locks of their posts."""
    found = work.conn.execute(ids).scalars().all()
    work.conn.execute(select(Post.id).where(Post.id.in_(found)).order_by(Post.id).with_for_update())
    query = (
        select(Schedule.__table__, Post.deleted_at)
        .join(Post, Post.id == Schedule.post_id)
        .where(Schedule.post_id.in_(found))
        .order_by(Schedule.post_id)
    )
    return list(work.conn.execute(query))


def count_planned(conn: Connection, person_id: int) -> int:
    """What somebody planned for others that still takes place."""
    query = (
        select(func.count())
        .select_from(Schedule)
        .join(Post, Post.id == Schedule.post_id)
        .where(
            Schedule.author_id == person_id,
            Schedule.state == "planned",
            Post.deleted_at.is_(None),
            or_(Schedule.until_at.is_(None), Schedule.until_at > real_now()),
            exists().where(_GUEST.post_id == Schedule.post_id),
        )
    )
    return conn.execute(query).scalar_one()
