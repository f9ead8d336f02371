"""The only row → JSON of the calendar: one entity per year, one for the week."""

from datetime import date
from typing import Literal

import msgspec
from sqlalchemy import Connection, extract, select

from server.calendar.models import CalendarDay, WorkingWeek
from server.calendar.state import SOURCE, is_published, known_years, state_days
from server.events.envelope import Put


class CalendarDayView(msgspec.Struct, frozen=True):
    """A day that is not what its weekday says, or bears a name. `code` names a state holiday; `name` is the company's word.

    `state` is what the state says where the company says otherwise.
    """

    day: date
    kind: Literal["holiday", "workday"]
    source: Literal["state", "company"]
    code: str
    name: str
    state: Literal["holiday", "workday", ""]


class CalendarYear(msgspec.Struct, frozen=True):
    """`published`: the state's arrangement of this year is known here; it is from `known_from` to `known_to`, read from `source`."""

    year: int
    published: bool
    known_from: int
    known_to: int
    source: str
    days: list[CalendarDayView]


class WorkingWeekView(msgspec.Struct, frozen=True):
    """Weekdays 1 (Monday) … 7; `begins` and `ends` as `HH:MM` of the company's clock. `version` 0: never changed."""

    days: list[int]
    begins: str
    ends: str
    version: int


def calendar_year(conn: Connection, year: int) -> CalendarYear:
    """The special days of one year in order."""
    days = {
        day: CalendarDayView(day, one.kind, "state", one.code, "", "")
        for day, one in state_days().items()
        if day.year == year
    }
    for row in conn.execute(select(CalendarDay.__table__).where(extract("year", CalendarDay.day) == year)):
        below = days.get(row.day)
        days[row.day] = CalendarDayView(
            row.day, row.kind, "company", "", row.name, below.kind if below is not None else ""
        )
    first, last = known_years()
    in_order = [days[day] for day in sorted(days)]
    return CalendarYear(year, is_published(year), first, last, SOURCE, in_order)


def working_week(conn: Connection) -> WorkingWeekView:
    row = conn.execute(select(WorkingWeek.__table__)).first()
    if row is None:
        return WorkingWeekView([1, 2, 3, 4, 5], "09:00", "18:00", 0)
    return WorkingWeekView(
        [int(digit) for digit in row.days], _clock(row.begins), _clock(row.ends), row.version
    )


def calendar_put(conn: Connection, year: int) -> Put:
    return Put("calendar", year, calendar_year(conn, year))


def week_put(conn: Connection) -> Put:
    return Put("working_week", 1, working_week(conn))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
