"""Schedule items on the wire."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.occurrences import Occurrence, minutes_of, repeat_of, skipped_of
from server.events.envelope import Change

GuestState = Literal["open", "answered", "ended", "left"]
Answer = Literal["", "accepted", "tentative", "declined"]


class RepeatView(msgspec.Struct, frozen=True):
    """Every `interval` days, weeks (on `days`, 1 is Monday) or months; with neither `until` nor `count` without an end."""

    every: Literal["day", "week", "month"]
    interval: int
    days: list[int]
    until: date | None
    count: int | None


class ScheduleView(msgspec.Struct, frozen=True, tag_field="kind", tag="schedule"):
    """What all its readers see. The times are those of the first occurrence; whole days have `first_day` and `last_day`.

    `people` are invited; `skipped` are days whose occurrence was cancelled; `sequence` grows with each change.
    """

    people: list[int]
    begins_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None
    until_at: datetime | None
    place: str
    reminders: list[int]
    repeat: RepeatView | None
    skipped: list[date]
    state: Literal["planned", "cancelled"]
    sequence: int


class ScheduleInvitation(msgspec.Struct, frozen=True):
    """The reader's own; its id on the wire is the post's. Open with an answer: that one was given for an earlier time."""

    post_id: int
    state: GuestState
    answer: Answer
    word: str
    answered_at: datetime | None


class ScheduleTally(msgspec.Struct, frozen=True):
    """`asked` are all who are invited now; the answers are those for the time as it stands."""

    post_id: int
    asked: int
    accepted: int
    tentative: int
    declined: int


class GuestRow(msgspec.Struct, frozen=True):
    """`earlier`: answered for an earlier time. `word` is empty for all but the author and who said it."""

    person_id: int
    state: GuestState
    answer: Answer
    earlier: bool
    word: str
    answered_at: datetime | None


class GuestPanel(msgspec.Struct):
    """`names`: all (author, invited), below (a manager's people), none (counts only)."""

    names: Literal["all", "below", "none"]
    counts: ScheduleTally
    items: list[GuestRow]
    also: list[Change]


class OccurrenceView(msgspec.Struct, frozen=True):
    """One occurrence in somebody's calendar; `day` is the one on which it begins, and names it."""

    post_id: int
    day: date
    begins_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None


class FeedView(msgspec.Struct, frozen=True):
    """`address` only in the answer that made it; `made_at` null: there is none."""

    address: str
    made_at: datetime | None


def schedule(conn: Connection, post_id: int) -> ScheduleView:
    row = conn.execute(select(Schedule.__table__).where(Schedule.post_id == post_id)).one()
    return schedule_of(row, guests_of(conn, post_id))


def schedule_of(row: Any, people: Sequence[int]) -> ScheduleView:
    return ScheduleView(
        list(people),
        row.begins_at,
        row.ends_at,
        row.first_day,
        row.last_day,
        row.until_at,
        row.place,
        minutes_of(row),
        _repeat(row),
        skipped_of(row),
        row.state,
        row.sequence,
    )


def _repeat(row: Any) -> RepeatView | None:
    found = repeat_of(row)
    if found is None:
        return None
    return RepeatView(found.every, found.interval, found.days, found.until, found.count)


def guests_of(conn: Connection, post_id: int) -> list[int]:
    query = select(ScheduleGuest.person_id).where(ScheduleGuest.post_id == post_id)
    return list(conn.execute(query.order_by(ScheduleGuest.person_id)).scalars())


def invitation(row: Any) -> ScheduleInvitation:
    return ScheduleInvitation(row.post_id, row.state, row.answer, row.word, row.answered_at)


def guest(row: Any, asking: int, *, shows_word: bool) -> GuestRow:
    return GuestRow(
        row.person_id,
        row.state,
        row.answer,
        row.answer != "" and row.answered_for != asking,
        row.word if shows_word else "",
        row.answered_at,
    )


def occurrence(post_id: int, one: Occurrence) -> OccurrenceView:
    return OccurrenceView(post_id, one.day, one.begins_at, one.ends_at, one.first_day, one.last_day)


def tallies(conn: Connection, post_ids: Sequence[int]) -> dict[int, ScheduleTally]:
    """Counted from the rows: there are at most a hundred for each."""
    counts: dict[int, dict[str, int]] = {one: {} for one in post_ids}
    rows = conn.execute(
        select(
            ScheduleGuest.post_id,
            ScheduleGuest.answered_for == Schedule.asking,
            ScheduleGuest.answer,
            func.count(),
        )
        .join(Schedule, Schedule.post_id == ScheduleGuest.post_id)
        .where(ScheduleGuest.post_id.in_(post_ids), ScheduleGuest.state != "left")
        .group_by(ScheduleGuest.post_id, ScheduleGuest.answered_for == Schedule.asking, ScheduleGuest.answer)
    )
    for post_id, is_for_now, answer, count in rows:
        key = answer if is_for_now else ""
        counts[post_id][key] = counts[post_id].get(key, 0) + count
    return {
        one: ScheduleTally(
            one, sum(found.values()), *[found.get(name, 0) for name in ("accepted", "tentative", "declined")]
        )
        for one, found in counts.items()
    }
