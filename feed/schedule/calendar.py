"""Somebody's calendar: what they planned, and what they were invited to and did not decline."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from feed.models import Post
from feed.policies import readable_by
from feed.present import posts
from feed.schedule.inputs import ScheduleRange
from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.occurrences import Occurrence, occurrences
from feed.schedule.present import OccurrenceView, occurrence
from feed.timeline import belongings
from server.events.envelope import Change, Put
from server.kit.module import Module
from server.kit.problems import invalid
from server.permissions.actor import Actor

LONGEST = 62
EARLIEST, LATEST = date(1970, 1, 1), date(2190, 1, 1)
MOST_ITEMS, MOST_SHOWN = 1_000, 3_000
_HALF_A_DAY = timedelta(hours=14)  # a device may stand in any time zone


class Days(NamedTuple):
    """Both included."""

    since: date
    until: date


def days_wanted(asked: ScheduleRange, today: date) -> Days:
    """Raises `Invalid`."""
    since = asked.since or today
    if not EARLIEST <= since <= LATEST:
        raise invalid("since", "range", "From a day of our time.")
    until = asked.until or since + timedelta(days=6)
    if not since <= until <= LATEST:
        raise invalid("until", "range", "From a day until a later one.")
    if until - since > timedelta(days=LONGEST):
        raise invalid("until", "too_long", f"At most {LONGEST} days.", limit=LONGEST)
    return Days(since, until)


def between(
    conn: Connection, actor: Actor, modules: Sequence[Module], zone: ZoneInfo, wanted: Days
) -> tuple[list[OccurrenceView], list[Change]]:
    """All that touches these days anywhere, in order of its beginning, with the posts."""
    since = datetime.combine(wanted.since, time(), zone) - _HALF_A_DAY
    until = datetime.combine(wanted.until + timedelta(days=1), time(), zone) + _HALF_A_DAY
    found = [
        (row.post_id, one)
        for row in items_of(conn, actor, since, until)
        for one in _touching(row, wanted, since, until)
    ]
    found.sort(key=lambda pair: (pair[1].begins_at, pair[0]))
    shown = posts(conn, dict.fromkeys(post_id for post_id, _ in found[:MOST_SHOWN]))
    also = [*[Put("post", view.id, view) for view in shown], *belongings(conn, actor, modules, shown)]
    return [occurrence(post_id, one) for post_id, one in found[:MOST_SHOWN]], also


def _touching(row: Any, wanted: Days, since: datetime, until: datetime) -> list[Occurrence]:
    coming = takewhile(lambda one: one.begins_at < until, occurrences(row, since))
    if row.first_day is None:
        return list(coming)
    return [
        one for one in coming if one.day <= wanted.until and one.last_day and one.last_day >= wanted.since
    ]


def items_of(conn: Connection, actor: Actor, since: datetime, until: datetime) -> list[Any]:
    """The rows of `schedule` with what their posts say, the newest first where there are too many: those that may have occurrences
    from `since` to `until`."""
    there = (Schedule.begins_at < until) & or_(Schedule.until_at.is_(None), Schedule.until_at > since)
    own = select(Schedule.post_id).where(Schedule.author_id == actor.id, there)
    declined = (ScheduleGuest.answer == "declined") & (ScheduleGuest.answered_for == Schedule.asking)
    invited = (
        select(Schedule.post_id)
        .join(ScheduleGuest, ScheduleGuest.post_id == Schedule.post_id)
        .where(ScheduleGuest.person_id == actor.id, ScheduleGuest.state != "left", ~declined, there)
    )
    query = (
        select(
            Schedule.__table__, Post.text, Post.files, Post.created_at, Post.edited_at, ScheduleGuest.answer
        )
        .join(Post, Post.id == Schedule.post_id)
        .outerjoin(
            ScheduleGuest,
            (ScheduleGuest.post_id == Schedule.post_id) & (ScheduleGuest.person_id == actor.id),
        )
        .where(
            or_(Schedule.post_id.in_(own), Schedule.post_id.in_(invited)),
            Post.deleted_at.is_(None),
            readable_by(conn, actor),
        )
        .order_by(Schedule.begins_at.desc(), Schedule.post_id.desc())
        .limit(MOST_ITEMS)
    )
    return list(conn.execute(query))
