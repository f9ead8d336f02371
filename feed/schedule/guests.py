"""The invited: asking them, the first time or anew, and when it waits for them no more."""

from typing import Any

from sqlalchemy import select, update

from feed.schedule import events
from feed.schedule.models import ScheduleGuest
from feed.schedule.present import ScheduleInvitation, ScheduleTally, invitation, tallies
from feed.schedule.todo import todo_of
from server.work.work import Work

_GUEST = ScheduleGuest


def ask(work: Work, row: Any, only: int | None = None) -> None:
    """All who are asked and have not answered hear so, or one of them. From a row of `schedule`."""
    waiting = (_GUEST.post_id == row.post_id) & (_GUEST.state == "open")
    if only is not None:
        waiting &= _GUEST.person_id == only
    rows = work.conn.execute(select(_GUEST.__table__).where(waiting).order_by(_GUEST.person_id)).all()
    todo = todo_of(work.conn, row.post_id, work.now)
    fresh = [one.person_id for one in rows if not one.answer]
    if fresh:  # the same bytes for all
        nothing_yet = ScheduleInvitation(row.post_id, "open", "", "", None)
        work.record(events.invited(row.author_id, nothing_yet, todo, fresh))
    for one in rows:
        if one.answer:
            work.record(events.invited(row.author_id, invitation(one), todo, [one.person_id]))


def end(work: Work, post_id: int) -> None:
    """It waits for nobody any more."""
    waiting = (_GUEST.post_id == post_id) & (_GUEST.state == "open")
    rows = work.conn.execute(
        select(_GUEST.__table__).where(waiting).order_by(_GUEST.person_id).with_for_update()
    ).all()
    if not rows:
        return
    work.conn.execute(update(ScheduleGuest).where(waiting).values(state="ended"))
    for row in rows:
        view = ScheduleInvitation(post_id, "ended", row.answer, row.word, row.answered_at)
        work.record(events.ended(row.person_id, view))


def here(work: Work, post_id: int) -> list[int]:
    """The invited who have not left."""
    query = select(_GUEST.person_id).where(_GUEST.post_id == post_id, _GUEST.state != "left")
    return list(work.conn.execute(query.order_by(_GUEST.person_id)).scalars())


def coming(work: Work, row: Any) -> list[int]:
    """Who is reminded: the author, and the invited who did not decline the time as it stands."""
    query = select(_GUEST.person_id).where(
        _GUEST.post_id == row.post_id,
        _GUEST.state != "left",
        ~((_GUEST.answer == "declined") & (_GUEST.answered_for == row.asking)),
    )
    return [row.author_id, *work.conn.execute(query.order_by(_GUEST.person_id)).scalars()]


def count(work: Work, post_id: int, author_id: int) -> ScheduleTally:
    """Author and invited see how many come. The caller has locked the post, so that the last count is right."""
    tally = tallies(work.conn, [post_id])[post_id]
    if tally.asked:
        work.record(events.counted([author_id, *here(work, post_id)], tally))
    return tally
