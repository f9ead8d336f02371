"""When an item is, checked: from moment to moment or whole days, how it repeats, when it is reminded of."""

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from feed.schedule.inputs import TimesInput
from feed.schedule.occurrences import repeat_of, stored, until, whole_days
from feed.schedule.repeating import Repeat, days_of, settled
from server.kit.problems import invalid
from server.kit.text import clean
from server.work.work import Work

FARTHEST, LONGEST, LAST_UNTIL = timedelta(days=3_650), timedelta(days=31), timedelta(days=7_300)
MAX_PLACE = 200
Span = tuple[datetime, datetime, date | None, date | None]


class Times(msgspec.Struct, frozen=True):
    """As the columns of `schedule`, with how it repeats still as a value."""

    begins_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None
    repeat: Repeat | None
    until_at: datetime | None
    zone: str

    @property
    def columns(self) -> dict[str, Any]:
        found = msgspec.structs.asdict(self)
        return {**found, "repeat": stored(self.repeat) if self.repeat else ""}


def checked_times(work: Work, body: TimesInput, within: str = "") -> Times:
    """Raises `Invalid` on a field."""
    zone = work.company.zone
    whole = body.first_day is not None or body.last_day is not None
    begins, ends, first, last = _days(body, zone, within) if whole else _moments(body, within)
    if abs(begins - work.now) > FARTHEST:
        field = "first_day" if whole else "begins_at"
        raise invalid(f"{within}{field}", "range", "At most ten years from now.")
    repeat = None
    if body.repeat is not None:
        day = first or begins.astimezone(zone).date()
        repeat = settled(day, body.repeat)
        length = last - first + timedelta(days=1) if first and last else ends - begins
        _must_make_sense(work, repeat, day, length, within)
    return Times(begins, ends, first, last, repeat, until(begins, ends, first, repeat, zone), zone.key)


def must_lie_ahead(work: Work, times: Times, within: str = "") -> None:
    """Raises `Invalid` for what is over."""
    if times.until_at is not None and times.until_at <= work.now:
        field = "last_day" if times.last_day else "ends_at"
        raise invalid(f"{within}{field}", "past", "This time has passed already.")


def times_of(row: Any) -> Times:
    """From a row of `schedule`."""
    return Times(
        row.begins_at, row.ends_at, row.first_day, row.last_day, repeat_of(row), row.until_at, row.zone
    )


def place_of(body: TimesInput, within: str = "") -> str:
    return clean(body.place, f"{within}place", limit=MAX_PLACE, required=False, single_line=True)


def reminders_of(body: TimesInput) -> list[int]:
    return sorted(set(body.reminders))


def _moments(body: TimesInput, within: str) -> Span:
    for field, at in (("begins_at", body.begins_at), ("ends_at", body.ends_at)):
        if at is None:
            raise invalid(f"{within}{field}", "required", "Say from when until when.")
        if at.tzinfo is None:
            raise invalid(f"{within}{field}", "time_zone", "The time needs a time zone.")
    assert body.begins_at is not None
    assert body.ends_at is not None
    if body.ends_at <= body.begins_at:
        raise invalid(f"{within}ends_at", "before_begin", "It would end before it begins.")
    if body.ends_at - body.begins_at > LONGEST:
        raise invalid(f"{within}ends_at", "too_long", "At most 31 days.")
    return body.begins_at, body.ends_at, None, None


def _days(body: TimesInput, zone: ZoneInfo, within: str) -> Span:
    for field, at in (("begins_at", body.begins_at), ("ends_at", body.ends_at)):
        if at is not None:
            raise invalid(f"{within}{field}", "unknown", "Whole days, or from moment to moment.")
    for field, day in (("first_day", body.first_day), ("last_day", body.last_day)):
        if day is None:
            raise invalid(f"{within}{field}", "required", "Say from which day until which day.")
        if not 1970 <= day.year <= 2190:
            raise invalid(f"{within}{field}", "range", "At most ten years from now.")
    assert body.first_day is not None
    assert body.last_day is not None
    if body.last_day < body.first_day:
        raise invalid(f"{within}last_day", "before_begin", "It would end before it begins.")
    if body.last_day - body.first_day >= LONGEST:
        raise invalid(f"{within}last_day", "too_long", "At most 31 days.")
    return *whole_days(body.first_day, body.last_day, zone), body.first_day, body.last_day


def _must_make_sense(work: Work, repeat: Repeat, first: date, length: timedelta, within: str) -> None:
    field = f"{within}repeat"
    if repeat.until is not None and repeat.count is not None:
        raise invalid(f"{field}.count", "both", "Until a day, or so many times.")
    if repeat.until is not None and repeat.until < first:
        raise invalid(f"{field}.until", "before_begin", "It would end before it begins.")
    if repeat.until is not None and repeat.until > (work.now + LAST_UNTIL).date():
        raise invalid(f"{field}.until", "range", "At most twenty years from now.")
    days = days_of(first, Repeat(repeat.every, repeat.interval, repeat.days), first)
    for one, following in pairwise(islice(days, 9)):
        if datetime.combine(one, time()) + length > datetime.combine(following, time()):
            raise invalid(field, "overlaps", "It would begin anew before it has ended.")
