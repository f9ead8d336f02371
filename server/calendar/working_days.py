"""Counting working days and working hours: pure, for one company's week, time zone and special days (W28).

Days are dates of the company's time zone; moments go in aware and come out in UTC. A day has its hours by the local clock, so that
09:00 stays 09:00 when the clocks are changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

EFFECT_AT = time(9)
LONG_HOLIDAY = 5
QUIET_AFTER = 3
_ONE = timedelta(days=1)
# Years without a single working day: a week or a calendar that nobody meant.
_FARTHEST = 800


class NoWorkingDay(Exception):
    """There is no working day within two years."""


@dataclass(frozen=True)
class Special:
    """A day that differs from its weekday, or bears a name. `code` names a state holiday, `name` is the company's own word."""

    kind: Literal["holiday", "workday"]
    source: Literal["state", "company"]
    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class Week:
    """Weekdays 1 (Monday) … 7 (Sunday), and the hours of a working day by the local clock."""

    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    begins: time = time(9)
    ends: time = time(18)


@dataclass(frozen=True)
class WorkingCalendar:
    """`away` are spans (from, to) of days, both included, on which one person does not work; empty for the company as a whole."""

    zone: ZoneInfo
    week: Week = Week()
    special: Mapping[date, Special] = field(default_factory=dict)
    away: Sequence[tuple[date, date]] = ()

    def without(self, away: Sequence[tuple[date, date]]) -> "WorkingCalendar":
        """The same calendar for a person who is away in these spans."""
        return replace(self, away=tuple(away))

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    # --- days

    def is_working_day(self, day: date) -> bool:
        return self._company_works(day) and not any(first <= day <= last for first, last in self.away)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, when negative). 0: `day`, or the next working day.

        Raises `NoWorkingDay`.
        """
        if count == 0:
            return day if self.is_working_day(day) else self.add_working_days(day, 1)
        step = _ONE if count > 0 else -_ONE
        left, idle = abs(count), 0
        while left:
            day += step
            works = self.is_working_day(day)
            left -= works
            idle = 0 if works else idle + 1
            if idle > _FARTHEST:
                raise NoWorkingDay()
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`; negative when `until` is earlier."""
        if until < after:
            return -self.working_days_between(until, after)
        return sum(self.is_working_day(after + _ONE * at) for at in range(1, (until - after).days + 1))

    # --- moments

    def next_effect_moment(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which a recall or a warning may take effect: 09:00 of a working day that is not
        among the three working days after a holiday of five days or more. Raises `NoWorkingDay`."""
        day = self.day_of(moment)
        for _ in range(_FARTHEST):
            at = self._at(day, EFFECT_AT)
            if at >= moment and self.takes_effect(day):
                return at
            day += _ONE
        raise NoWorkingDay()

    def takes_effect(self, day: date) -> bool:
        """Whether anything may take effect on this day at all."""
        return self.is_working_day(day) and not self._is_quiet(day)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The working hours from `start` to `end`; none when `end` is not later."""
        total = timedelta()
        for begins, ends in self._hours(start):
            if begins >= end:
                return total
            total += max(min(ends, end) - max(begins, start), timedelta())
        return total

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of working hours have passed since `start`. Raises `NoWorkingDay`."""
        for begins, ends in self._hours(start):
            usable = max(ends - max(begins, start), timedelta())
            if usable and amount <= usable:
                return max(begins, start) + amount
            amount -= usable
        raise NoWorkingDay()

    # --- below

    def _company_works(self, day: date) -> bool:
        special = self.special.get(day)
        return special.kind == "workday" if special else day.isoweekday() in self.week.days

    def _is_quiet(self, day: date) -> bool:
        """Among the first three working days after a long holiday. A person's own absence is no holiday."""
        counted = 0
        for _ in range(_FARTHEST):
            if self._company_works(day):
                counted += 1
                if counted > QUIET_AFTER:
                    return False
                day -= _ONE
                continue
            length, named = 0, False
            while not self._company_works(day) and length <= _FARTHEST:
                named |= day in self.special
                length += 1
                day -= _ONE
            if named and length >= LONG_HOLIDAY:
                return True
        return False

    def _hours(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The hours of every working day from the day of `start` on. Raises `NoWorkingDay` when there are none for two years."""
        day, idle = self.day_of(start), 0
        while idle <= _FARTHEST:
            if self.is_working_day(day):
                idle = 0
                yield self._at(day, self.week.begins), self._at(day, self.week.ends)
            else:
                idle += 1
            day += _ONE
        raise NoWorkingDay()

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
