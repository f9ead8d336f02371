"""When the occurrences of an item are: from its row, in its own time zone. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from feed.schedule.repeating import Repeat, days_of, last_of

# What takes whole days is reminded of from this hour of its day on.
MORNING = timedelta(hours=9)
_repeat = msgspec.json.Decoder(Repeat)
_days = msgspec.json.Decoder(list[date])
_minutes = msgspec.json.Decoder(list[int])


class Occurrence(NamedTuple):
    """`day` is the one on which it begins, and names it. `first_day` and `last_day` of what takes whole days."""

    day: date
    begins_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None

    @property
    def is_reminded_from(self) -> datetime:
        return self.begins_at if self.first_day is None else self.begins_at + MORNING


def occurrences(row: Any, since: datetime) -> Iterator[Occurrence]:
    """Those that end after `since` and were not cancelled, in order. From a row of all `schedule` columns."""
    zone = ZoneInfo(row.zone)
    length = row.ends_at - row.begins_at
    begins = row.begins_at.astimezone(zone)
    first = row.first_day or begins.date()
    skipped = set(skipped_of(row))
    from_day = (since.astimezone(zone) - length).date() - timedelta(days=1)
    for day in days_of(first, repeat_of(row), from_day):
        if row.first_day is None:
            at = datetime.combine(day, begins.time(), zone).astimezone(UTC)
            one = Occurrence(day, at, at + length, None, None)
        else:
            last = day + (row.last_day - row.first_day)
            one = Occurrence(day, *whole_days(day, last, zone), day, last)
        if row.until_at is not None and one.begins_at >= row.until_at:
            return
        if one.ends_at > since and day not in skipped:
            yield one


def whole_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day."""
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return datetime.combine(first, time(), zone).astimezone(UTC), end.astimezone(UTC)


def until(
    begins_at: datetime, ends_at: datetime, first_day: date | None, repeat: Repeat | None, zone: ZoneInfo
) -> datetime | None:
    """When the last occurrence ends; null when there is none."""
    begins = begins_at.astimezone(zone)
    first = first_day or begins.date()
    last = last_of(first, repeat)
    if last is None:
        return None
    # By the clock on the wall: a day may have 23 hours.
    end = ends_at.astimezone(zone)
    moved = datetime.combine(end.date() + (last - first), end.time(), zone).astimezone(UTC)
    return max(moved, ends_at)


def repeat_of(row: Any) -> Repeat | None:
    return _repeat.decode(row.repeat) if row.repeat else None


def skipped_of(row: Any) -> list[date]:
    return _days.decode(row.skipped) if row.skipped else []


def minutes_of(row: Any) -> list[int]:
    return _minutes.decode(row.reminders)


def stored(value: Any) -> str:
    return msgspec.json.encode(value).decode()
