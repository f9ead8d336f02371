"""The company's calendar: what the state publishes, under what the company itself changed. Administrators change days and the week."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server.calendar.models import CalendarDay, WorkingWeek
from server.calendar.present import calendar_put, week_put
from server.calendar.state import state_days
from server.calendar.working_days import Special, Week, WorkingCalendar
from server.events.envelope import EVERYONE, Event
from server.kit.problems import NotFound, StaleVersion, invalid
from server.kit.text import clean
from server.org.absence import spans_of
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work

MAX_NAME = 40
LONGEST = 31
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def calendar_of(conn: Connection, company: Company) -> WorkingCalendar:
    """The calendar that rules count by."""
    return WorkingCalendar(company.zone, week(conn), {**state_days(), **_company_days(conn)})


def calendar_of_person(conn: Connection, company: Company, person_id: int) -> WorkingCalendar:
    """The same without the days on which this person is away: «in time» counts the person's own working hours."""
    return calendar_of(conn, company).without(spans_of(conn, person_id))


def week(conn: Connection) -> Week:
    row = conn.execute(select(WorkingWeek.__table__)).first()
    if row is None:
        return Week()
    return Week(frozenset(int(digit) for digit in row.days), _clock(row.begins), _clock(row.ends))


def set_days(work: Work, actor: Actor, day: date, until: date | None, kind: str, name: str) -> None:
    """The company declares these days holidays or working days. Twice is the same.

    Raises `Invalid` on `until` (before `day`, too long, `overlaps`), `kind` (`contradicts`, `already`), `name`.
    """
    named = clean(name, "name", limit=MAX_NAME, single_line=True, required=kind == "holiday")
    days = _range(day, until)
    own = {
        row.day: row
        for row in work.conn.execute(
            select(CalendarDay.__table__).where(CalendarDay.day.in_(days)).with_for_update()
        )
    }
    _must_agree(calendar_of(work.conn, work.company), own, days, kind, named)
    fresh = [one for one in days if one not in own]
    if fresh:
        values = {"kind": kind, "name": named, "changed_by": actor.id, "changed_at": work.now}
        work.conn.execute(insert(CalendarDay), [{"day": one, **values} for one in fresh])
    renamed = [one for one in days if one in own and own[one].name != named]
    if renamed:
        work.conn.execute(
            update(CalendarDay)
            .where(CalendarDay.day.in_(renamed))
            .values(name=named, changed_by=actor.id, changed_at=work.now)
        )
    if fresh or renamed:
        work.audit("calendar.days_set", ("calendar", day.year), kind=kind, day=str(day), days=len(days))
        _tell(work, actor, {one.year for one in days})


def remove_day(work: Work, actor: Actor, day: date) -> None:
    """The company no longer says anything about this day. Raises `NotFound` where it said nothing."""
    if work.conn.execute(delete(CalendarDay).where(CalendarDay.day == day)).rowcount != 1:
        raise NotFound("The company has not changed this day.")
    work.audit("calendar.day_removed", ("calendar", day.year), day=str(day))
    _tell(work, actor, {day.year})


def set_week(work: Work, actor: Actor, days: list[int], begins: time, ends: time, version: int) -> None:
    """Raises `Invalid` on `days` or `ends`, `StaleVersion` when somebody else changed the week meanwhile."""
    if not days or len(set(days)) != len(days):
        raise invalid("days", "required", "Choose the weekdays on which the company works, each once.")
    if begins >= ends:
        raise invalid("ends", "range", "The day ends after it begins.")
    values: dict[str, Any] = {
        "days": "".join(str(one) for one in sorted(days)),
        "begins": begins.hour * 60 + begins.minute,
        "ends": ends.hour * 60 + ends.minute,
        "version": version + 1,
    }
    if version == 0:
        # Two first changes at once: the second finds the row on its second look, and is stale.
        if work.conn.execute(select(WorkingWeek.id)).first() is not None:
            raise StaleVersion("Somebody else changed the week meanwhile.")
        work.conn.execute(insert(WorkingWeek).values(id=1, **values))
    elif (
        work.conn.execute(update(WorkingWeek).where(WorkingWeek.version == version).values(**values)).rowcount
        != 1
    ):
        raise StaleVersion("Somebody else changed the week meanwhile.")
    work.audit("calendar.week_changed", ("working_week", 1), days=values["days"])
    work.record(Event("calendar.changed", [EVERYONE], [week_put(work.conn)], actor=actor.id))


def must_be_day(text: str) -> date:
    """The day of an address. Raises `NotFound`."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound() from error
    if text != day.isoformat() or not EARLIEST <= day <= LATEST:
        raise NotFound()
    return day


def _range(day: date, until: date | None) -> list[date]:
    last = until or day
    if last < day:
        raise invalid("until", "before_start", "The last day is before the first.")
    if last > LATEST or (last - day).days >= LONGEST:
        raise invalid("until", "too_many", f"At most {LONGEST} days at once.", limit=LONGEST)
    return [day + timedelta(days=at) for at in range((last - day).days + 1)]


def _must_agree(
    known: WorkingCalendar, own: Mapping[date, Any], days: list[date], kind: str, name: str
) -> None:
    """Refuses what contradicts, or repeats, what these days are already."""
    several = len(days) > 1
    for one in days:
        row, special = own.get(one), known.special.get(one)
        if row is not None and row.kind != kind:
            raise invalid(
                "kind", "contradicts", "The company said otherwise: remove that first.", day=str(one)
            )
        if row is not None and row.name != name and several:
            raise invalid("until", "overlaps", "This runs into another change of the company.", day=str(one))
        if row is None and kind == "holiday" and special is not None and special.kind == "holiday":
            field = "until" if several else "kind"
            raise invalid(field, "overlaps", "This runs into a state holiday.", day=str(one))
        if row is None and kind == "workday" and known.is_working_day(one):
            field = "until" if several else "kind"
            raise invalid(field, "already", "This is a working day already.", day=str(one))


def _tell(work: Work, actor: Actor, years: set[int]) -> None:
    changes = [calendar_put(work.conn, year) for year in sorted(years)]
    work.record(Event("calendar.changed", [EVERYONE], changes, actor=actor.id))


def _company_days(conn: Connection) -> dict[date, Special]:
    rows = conn.execute(select(CalendarDay.day, CalendarDay.kind, CalendarDay.name))
    return {row.day: Special(row.kind, "company", name=row.name) for row in rows}


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
