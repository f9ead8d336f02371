"""Days, weeks and months that logs are about, as dates of the company's time zone. Pure.

A period of a template has a number of its own, by which to-dos, notices and cards name it: 3 and 2026-11-20 make 320261120.
"""

from datetime import date, timedelta
from typing import Literal

from server.calendar.working_days import NoWorkingDay, WorkingCalendar

Rhythm = Literal["day", "week", "month"]
# How far back a log may be handed in: days, weeks, months.
BACK: dict[Rhythm, int] = {"day": 31, "week": 8, "month": 6}
_DAY = 10**8


def begin_of(rhythm: Rhythm, day: date) -> date:
    """The first day of the period that holds this day; weeks begin on Monday."""
    if rhythm == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if rhythm == "month" else day


def end_of(rhythm: Rhythm, begin: date) -> date:
    """Its last day."""
    if rhythm == "week":
        return begin + timedelta(days=6)
    if rhythm == "month":
        return (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return begin


def earliest(rhythm: Rhythm, today: date) -> date:
    """The first day of the oldest period for which a log may still be handed in."""
    begin = begin_of(rhythm, today)
    if rhythm == "month":
        months = begin.year * 12 + begin.month - 1 - BACK["month"]
        return date(months // 12, months % 12 + 1, 1)
    return begin - timedelta(days=BACK[rhythm] * (7 if rhythm == "week" else 1))


def label(rhythm: Rhythm, begin: date) -> str:
    """For titles, the same in every language: 2026-11-20, 2026-11-16 – 11-22, 2026-11."""
    if rhythm == "week":
        return f"{begin} – {end_of(rhythm, begin):%m-%d}"
    return f"{begin:%Y-%m}" if rhythm == "month" else str(begin)


def due_day(calendar: WorkingCalendar, rhythm: Rhythm, begin: date, due_days: int) -> date:
    """The last day on which the log of this period is in time: so many working days after it."""
    last = end_of(rhythm, begin)
    if due_days == 0:
        return last
    try:
        return calendar.add_working_days(last, due_days)
    except NoWorkingDay:
        return last


def number_of(template_id: int, begin: date) -> int:
    return template_id * _DAY + begin.year * 10_000 + begin.month * 100 + begin.day


def parts_of(number: int) -> tuple[int, date] | None:
    """Template and first day; None for what is no period's number."""
    template_id, day = divmod(number, _DAY)
    try:
        return template_id, date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return None
