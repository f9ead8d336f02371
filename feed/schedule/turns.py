"""From one occurrence to the next: reminders are set for what comes, taken back for what is over; at the end nobody is asked any more.

Reminders are those of `notifications`. They are set for the occurrence that comes next and for later ones whose reminders come up
before it is over; a job at its end goes on from there. It may run twice or late: it looks at the rows and at the time alone.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from feed.models import Post
from feed.schedule import guests
from feed.schedule.models import Schedule, ScheduleReminder
from feed.schedule.occurrences import Occurrence, minutes_of, occurrences
from notifications import planned
from server.background.jobs import BY_THE_HOUSE, Job
from server.cards.cards import Ref
from server.work.company import Company
from server.work.work import Work

JOB = "schedule_turn"
MOST_AHEAD = 20
_SET = ScheduleReminder


def look_ahead(work: Work, row: Any, *, is_late: bool = False) -> None:
    """From a row of all `schedule` columns, planned and locked by its post. `is_late`: a reminder that should have come up comes now."""
    _take_back(work, row.post_id, ended_by=work.now)
    minutes = minutes_of(row)
    coming = occurrences(row, work.now)
    following = next(coming, None)
    if following is None:
        guests.end(work, row.post_id)
        return
    work.enqueue(
        JOB,
        {"post": row.post_id},
        key=f"{JOB}/{row.post_id}/{row.sequence}/{int(following.ends_at.timestamp())}",
        at=following.ends_at,
    )
    if not minutes:
        return
    people = guests.coming(work, row)
    there = {
        (one.begins_at, one.minutes)
        for one in work.conn.execute(select(_SET.begins_at, _SET.minutes).where(_SET.post_id == row.post_id))
    }
    far = following.ends_at + timedelta(minutes=max(minutes))
    one: Occurrence | None = following
    for _ in range(MOST_AHEAD):
        if one is None or one.begins_at > far:
            return
        for before in minutes:
            if (one.begins_at, before) not in there:
                _set(work, row, one, before, people, is_late)
        one = next(coming, None)


def _set(work: Work, row: Any, one: Occurrence, minutes: int, people: list[int], is_late: bool) -> None:
    at = one.is_reminded_from - timedelta(minutes=minutes)
    if at <= work.now and not (is_late and work.now < one.is_reminded_from):
        return
    reminder = planned.plan(work, row.author_id, Ref("post", row.post_id), at, people)
    work.conn.execute(
        insert(ScheduleReminder).values(
            post_id=row.post_id,
            begins_at=one.begins_at,
            minutes=minutes,
            ends_at=one.ends_at,
            reminder_id=reminder,
        )
    )


def take_back_all(work: Work, post_id: int) -> None:
    """Moved, cancelled or deleted: nobody is reminded of the time as it was."""
    _take_back(work, post_id)


def take_back_one(work: Work, post_id: int, begins_at: datetime) -> None:
    """One occurrence was cancelled."""
    _take_back(work, post_id, begins_at=begins_at)


def _take_back(
    work: Work, post_id: int, *, ended_by: datetime | None = None, begins_at: datetime | None = None
) -> None:
    of_it = _SET.post_id == post_id
    if ended_by is not None:
        of_it &= _SET.ends_at <= ended_by
    if begins_at is not None:
        of_it &= _SET.begins_at == begins_at
    ids = work.conn.execute(select(_SET.reminder_id).where(of_it).order_by(_SET.reminder_id)).scalars().all()
    if ids:
        work.conn.execute(delete(ScheduleReminder).where(of_it))
        planned.withdraw(work, ids)


def comes(work: Work, post_id: int, person_id: int, is_coming: bool) -> None:
    """Who declines is no longer reminded; who comes after all is again."""
    ids = (
        work.conn.execute(select(_SET.reminder_id).where(_SET.post_id == post_id).order_by(_SET.reminder_id))
        .scalars()
        .all()
    )
    if is_coming:
        planned.join(work, ids, person_id)
    else:
        planned.leave(work, ids, person_id)


async def turn(company: Company, args: dict[str, Any]) -> None:
    """The job at the end of an occurrence."""
    await company.write(lambda work: turn_now(work, int(args["post"])))


def turn_now(work: Work, post_id: int) -> None:
    query = select(Post.deleted_at).where(Post.id == post_id).with_for_update()
    post = work.conn.execute(query).first()
    row = work.conn.execute(select(Schedule.__table__).where(Schedule.post_id == post_id)).first()
    if post is not None and post.deleted_at is None and row is not None and row.state == "planned":
        look_ahead(work, row, is_late=True)


TURN = Job(JOB, BY_THE_HOUSE, turn)
