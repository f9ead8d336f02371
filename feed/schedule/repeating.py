"""On which days something repeats: a part of RFC 5545 (daily, weekly on days, monthly; interval; until a day or so many times). Pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

MOST_TIMES = 500
# Beyond it nothing is looked for, however something repeats.
LAST_YEAR = 2200


class Repeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every `interval` days, weeks or months; weekly on `days` (1 is Monday) and always on the first one's; monthly on its day of the
    month, in months that have it. It ends with the day `until`, after `count` times, or never."""

    every: Literal["day", "week", "month"]
    interval: Annotated[int, Meta(ge=1, le=99)] = 1
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(max_length=7)] = []
    until: date | None = None
    count: Annotated[int, Meta(ge=1, le=MOST_TIMES)] | None = None


def days_of(first: date, repeat: Repeat | None, since: date) -> Iterator[date]:
    """The days from `since` on, in order. `count` is not looked at: `last_of` says where it ends."""
    if repeat is None:
        if first >= since:
            yield first
        return
    every = {"day": _daily, "week": _weekly, "month": _monthly}[repeat.every]
    for day in every(first, repeat, max(first, since)):
        if repeat.until is not None and day > repeat.until:
            return
        if day >= since and day >= first:
            yield day


def last_of(first: date, repeat: Repeat | None) -> date | None:
    """The last day, null when there is none. `first` is always one."""
    if repeat is None:
        return first
    if repeat.count is not None:
        *_, last = islice(days_of(first, repeat, first), repeat.count)
        return last
    if repeat.until is None:
        return None
    longest = timedelta(days=31 * 12 * 8 * repeat.interval)  # a 29 February, and none in 1900, 2100
    near = list(days_of(first, repeat, max(first, repeat.until - longest)))
    return near[-1] if near else first


def settled(first: date, repeat: Repeat) -> Repeat:
    """As it is kept: the weekdays once each, in order, the first day's among them; none where they mean nothing."""
    days = sorted({*repeat.days, first.isoweekday()}) if repeat.every == "week" else []
    return Repeat(repeat.every, repeat.interval, days, repeat.until, repeat.count)


def _daily(first: date, repeat: Repeat, since: date) -> Iterator[date]:
    day = first + timedelta(days=(since - first).days // repeat.interval * repeat.interval)
    while day.year <= LAST_YEAR:
        yield day
        day += timedelta(days=repeat.interval)


def _weekly(first: date, repeat: Repeat, since: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    monday += timedelta(weeks=(since - monday).days // 7 // repeat.interval * repeat.interval)
    weekdays = sorted({*repeat.days, first.isoweekday()})
    while monday.year <= LAST_YEAR:
        for weekday in weekdays:
            yield monday + timedelta(days=weekday - 1)
        monday += timedelta(weeks=repeat.interval)


def _monthly(first: date, repeat: Repeat, since: date) -> Iterator[date]:
    begun = first.year * 12 + first.month - 1
    month = begun + (since.year * 12 + since.month - 1 - begun) // repeat.interval * repeat.interval
    while month // 12 <= LAST_YEAR:
        if first.day <= monthrange(month // 12, month % 12 + 1)[1]:
            yield date(month // 12, month % 12 + 1, first.day)
        month += repeat.interval
