"""The days on which something repeats are those of RFC 5545, as dateutil understands it."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule

from feed.schedule.occurrences import occurrences, stored, until, whole_days
from feed.schedule.repeating import Repeat, days_of, last_of, settled

FREQUENCIES: dict[str, Any] = {"day": rrule.DAILY, "week": rrule.WEEKLY, "month": rrule.MONTHLY}
FIRST = date(2026, 1, 1)


def theirs(first: date, repeat: Repeat) -> rrule.rrule:
    return rrule.rrule(
        FREQUENCIES[repeat.every],
        dtstart=datetime.combine(first, time()),
        interval=repeat.interval,
        byweekday=[day - 1 for day in repeat.days] or None,
        until=datetime.combine(repeat.until, time()) if repeat.until else None,
        count=repeat.count,
    )


def any_repeat(dice: random.Random) -> tuple[date, Repeat]:
    first = FIRST + timedelta(days=dice.randrange(800))
    every = dice.choice(["day", "week", "month"])
    days = dice.sample(range(1, 8), dice.randrange(4)) if every == "week" else []
    ends: dict[str, Any] = dice.choice(
        [{}, {"count": dice.randint(1, 40)}, {"until": first + timedelta(days=dice.randrange(900))}]
    )
    return first, settled(first, Repeat(every, dice.randint(1, 6), days, **ends))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(60))
def test_the_days_and_the_last_of_them_are_those_that_dateutil_finds(seed: int) -> None:
    dice = random.Random(seed)
    first, repeat = any_repeat(dice)
    expected = [one.date() for one in islice(theirs(first, repeat), 60)]
    last = last_of(first, repeat)
    ours = islice(takewhile(lambda day: last is None or day <= last, days_of(first, repeat, first)), 60)
    assert list(ours) == expected
    if repeat.count is not None or repeat.until is not None:
        assert last == list(theirs(first, repeat))[-1].date()
    # Beginning in the middle finds the same.
    since = first + timedelta(days=dice.randrange(400))
    later = takewhile(lambda day: last is None or day <= last, days_of(first, repeat, since))
    assert list(islice(later, 3)) == [one for one in expected if one >= since][:3] or len(expected) == 60


def test_a_month_without_the_day_is_left_out() -> None:
    days = days_of(date(2026, 1, 31), Repeat("month"), date(2026, 2, 1))
    assert list(islice(days, 3)) == [date(2026, 3, 31), date(2026, 5, 31), date(2026, 7, 31)]
    leap = last_of(date(2028, 2, 29), Repeat("month", 12, until=date(2039, 1, 1)))
    assert leap == date(2036, 2, 29)


def item(zone: str, begins: datetime, hours: float, repeat: Repeat | None, **more: Any) -> Any:
    at, end = begins.astimezone(UTC), (begins + timedelta(hours=hours)).astimezone(UTC)
    row = {
        "begins_at": at,
        "ends_at": end,
        "first_day": None,
        "last_day": None,
        "repeat": stored(repeat) if repeat else "",
        "skipped": "",
        "zone": zone,
        "until_at": until(at, end, None, repeat, ZoneInfo(zone)),
    }
    return SimpleNamespace(**{**row, **more})


def test_what_repeats_keeps_its_hour_on_the_wall_when_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    row = item(zone.key, datetime(2026, 3, 27, 9, tzinfo=zone), 1, Repeat("day", count=4))
    found = list(occurrences(row, datetime(2026, 3, 1, tzinfo=UTC)))
    assert [one.begins_at.astimezone(zone).hour for one in found] == [9, 9, 9, 9]
    assert [one.begins_at.hour for one in found] == [8, 8, 7, 7]
    assert found[-1].ends_at == row.until_at


def test_whole_days_last_from_midnight_to_midnight_and_skipped_ones_are_left_out() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    first = date(2026, 5, 4)
    begins, ends = whole_days(first, first + timedelta(days=1), zone)
    repeat = Repeat("week", count=3, days=[1])
    row = SimpleNamespace(
        begins_at=begins, ends_at=ends, first_day=first, last_day=first + timedelta(days=1), zone=zone.key,
        repeat=stored(repeat), skipped=stored([date(2026, 5, 11)]), until_at=until(begins, ends, first, repeat, zone),
    )  # fmt: skip
    found = list(occurrences(row, begins))
    assert [(one.first_day, one.last_day) for one in found] == [
        (date(2026, 5, 4), date(2026, 5, 5)),
        (date(2026, 5, 18), date(2026, 5, 19)),
    ]
    assert found[0].ends_at - found[0].begins_at == timedelta(days=2)
    assert list(occurrences(row, found[0].ends_at)) == found[1:]
