"""Who of the people below has handed in the log of a period, in time or late, and who has not. Nobody is asked on days off."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from feed.log.models import LogCall, WorkLog
from feed.log.periods import begin_of, due_day, end_of
from feed.log.present import HandInCounts, HandInPanel, HandInRow, HandInState
from feed.log.templates import row_of
from feed.policies import readable_among
from server.calendar.calendars import calendar_of, must_be_day
from server.calendar.working_days import WorkingCalendar
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.org.lines import below
from server.org.models import Absence, Person
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.company import Company

REMIND_GAP = timedelta(minutes=30)


@dataclass(frozen=True)
class Period:
    """A period of a template, at a moment. `due` is the last day in time."""

    template: Any
    begin: date
    until: date
    due: date
    today: date
    calendar: WorkingCalendar

    @property
    def days(self) -> list[date]:
        """Its working days."""
        every = [self.begin + timedelta(days=at) for at in range((self.until - self.begin).days + 1)]
        return [one for one in every if self.calendar.is_working_day(one)]

    def state(self, handed_in: datetime | None, is_asked: bool) -> HandInState:
        if handed_in is not None:
            return "on_time" if self.calendar.day_of(handed_in) <= self.due else "late"
        if not is_asked:
            return "off"
        return "missing" if self.today > self.due else "open"


def period_of(conn: Connection, company: Company, template_id: int, day: str) -> Period:
    """The period of this template that holds this day. Raises `NotFound`."""
    template = row_of(conn, template_id)
    begin = begin_of(template.rhythm, must_be_day(day))
    calendar = calendar_of(conn, company)
    due = due_day(calendar, template.rhythm, begin, template.due_days)
    return Period(template, begin, end_of(template.rhythm, begin), due, company.today(), calendar)


def rows(conn: Connection, actor: Actor, period: Period) -> list[HandInRow]:
    """Everybody below who works here, in the order in which they came. `post_id` whether the actor may read it or not."""
    line = below(actor.id)
    people = conn.execute(
        select(Person.id, Person.created_at)
        .where(Person.id.in_(line), Person.kind == "employee", Person.state == "active")
        .order_by(Person.id)
    ).all()
    of_it = (WorkLog.template_id == period.template.id) & (WorkLog.period == period.begin)
    logs = {
        row.person_id: row
        for row in conn.execute(
            select(WorkLog.person_id, WorkLog.post_id, WorkLog.at).where(of_it, WorkLog.person_id.in_(line))
        )
    }
    called = (LogCall.template_id == period.template.id) & (LogCall.period == period.begin)
    calls = {
        row.person_id: row.asked_at
        for row in conn.execute(
            select(LogCall.person_id, LogCall.asked_at).where(called, LogCall.person_id.in_(line))
        )
    }
    is_asked = _asked(conn, line, period)
    found = []
    for person in people:
        log = logs.get(person.id)
        at = log.at if log else None
        joined = period.calendar.day_of(person.created_at)
        state = period.state(at, is_asked(person.id, joined))
        found.append(HandInRow(person.id, state, at, log.post_id if log else None, calls.get(person.id)))
    return found


def _asked(conn: Connection, line: Any, period: Period) -> Callable[[int, date], bool]:
    """Whether some working day of the period finds this person here: come already, and not away."""
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for row in conn.execute(
        select(Absence.person_id, Absence.from_day, Absence.to_day).where(
            Absence.person_id.in_(line), Absence.from_day <= period.until, Absence.to_day >= period.begin
        )
    ):
        away[row.person_id].append((row.from_day, row.to_day))
    days = period.days

    def is_asked(person_id: int, joined: date) -> bool:
        spans = away.get(person_id, [])
        return any(day >= joined and not any(a <= day <= b for a, b in spans) for day in days)

    return is_asked


def panel(
    conn: Connection,
    actor: Actor,
    period: Period,
    state: str | None,
    limit: int | None,
    cursor: str,
    now: datetime,
) -> HandInPanel:
    """A page of them, all or those in one state; the counts of all."""
    everybody = rows(conn, actor, period)
    size, after = page_size(limit, 100), decode_cursor(cursor, int)
    least = int(after[0]) if after else 0
    shown = [one for one in everybody if state in (None, one.state) and one.person_id > least]
    items = shown[:size]
    mine = readable_among(conn, actor, [one.post_id for one in items if one.post_id is not None])
    also: list[Change] = list(person_puts_for(conn, actor, [one.person_id for one in items]))
    return HandInPanel(
        period.template.id,
        period.begin,
        period.until,
        period.due,
        _counted(everybody),
        [
            HandInRow(
                one.person_id,
                one.state,
                one.at,
                one.post_id if one.post_id in mine else None,
                one.reminded_at,
            )
            for one in items
        ],
        next_reminder(everybody, now),
        encode_cursor(items[-1].person_id) if len(shown) > size else None,
        also,
    )


def waiting(everybody: Sequence[HandInRow]) -> list[HandInRow]:
    """Of whom it is asked and who have not handed in."""
    return [one for one in everybody if one.state in ("missing", "open")]


def next_reminder(everybody: Sequence[HandInRow], now: datetime) -> datetime | None:
    """When the first of them can be reminded again; None: at once, or there is nobody."""
    times = [one.reminded_at for one in waiting(everybody)]
    soonest = min((at for at in times if at is not None), default=None)
    if soonest is None or None in times or soonest + REMIND_GAP <= now:
        return None
    return soonest + REMIND_GAP


def _counted(everybody: Sequence[HandInRow]) -> HandInCounts:
    counts = {"on_time": 0, "late": 0, "missing": 0, "open": 0, "off": 0}
    for one in everybody:
        counts[one.state] += 1
    return HandInCounts(**counts)
