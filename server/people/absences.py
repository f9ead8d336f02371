"""Entering absences: one's own, or those of the people over whom one's roles hold (W35). They begin and end by their dates alone."""

from datetime import date, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from server.events.envelope import EVERYONE, Event, person_stream
from server.kit.problems import Forbidden, NotFound, invalid
from server.org.models import Absence, Person
from server.people.present import person_puts
from server.permissions.actor import Actor
from server.permissions.scopes import people_within
from server.work.work import Work

LONGEST = 366
FARTHEST = 730
MOST = 30

Reason = Literal["vacation", "sick", "travel", "other"]


class AbsenceView(msgspec.Struct, frozen=True):
    """Days of the company's time zone, both included. `reason` is null for colleagues: it is between the person and those above."""

    id: int
    person_id: int
    from_day: date
    to_day: date
    deputy_id: int | None
    reason: Reason | None


def listed(conn: Connection, actor: Actor, person_id: int, today: date) -> list[AbsenceView]:
    """The absences that have not ended, soonest first; for whom they concern also those of the last year. Raises `NotFound`."""
    if conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
        raise NotFound()
    mine = _concerns(conn, actor, person_id)
    since = today - timedelta(days=LONGEST) if mine else today
    rows = conn.execute(
        select(Absence.__table__)
        .where(Absence.person_id == person_id, Absence.to_day >= since)
        .order_by(Absence.from_day)
        .limit(200)
    )
    return [_view(row, mine) for row in rows]


def one(conn: Connection, absence_id: int) -> AbsenceView:
    """The answer to who entered it."""
    return _view(conn.execute(select(Absence.__table__).where(Absence.id == absence_id)).one(), True)


def enter(
    work: Work,
    actor: Actor,
    person_id: int,
    *,
    from_day: date,
    to_day: date,
    deputy_id: int | None,
    reason: Reason,
) -> AbsenceView:
    """Raises `NotFound`, `Forbidden`, `Invalid` on `from_day` (past, range, overlaps), `to_day` (before_start, range) or `deputy_id`."""
    _lock(work, actor, person_id)
    today = work.company.today()
    if from_day < today - timedelta(days=LONGEST):
        raise invalid("from_day", "range", "At most a year back.")
    _check(work, person_id, from_day, to_day, deputy_id)
    coming = work.conn.execute(
        select(func.count()).where(Absence.person_id == person_id, Absence.to_day >= today)
    ).scalar_one()
    if coming >= MOST:
        raise invalid("from_day", "too_many", f"At most {MOST} absences ahead.", limit=MOST)
    absence_id = work.conn.execute(
        insert(Absence)
        .values(
            person_id=person_id,
            from_day=from_day,
            to_day=to_day,
            deputy_id=deputy_id,
            reason=reason,
            created_by=actor.id,
            created_at=work.now,
        )
        .returning(Absence.id)
    ).scalar_one()
    _told(work, actor, person_id, "absence.entered", absence_id)
    return one(work.conn, absence_id)


def change(work: Work, actor: Actor, person_id: int, absence_id: int, wanted: dict[str, Any]) -> AbsenceView:
    """`wanted` holds the fields that change, at least one. Raises as `enter` does."""
    if not wanted:
        raise invalid("body", "required", "Say what changes.")
    _lock(work, actor, person_id)
    current = _mine(work.conn, person_id, absence_id)
    merged = {name: wanted.get(name, getattr(current, name)) for name in ("from_day", "to_day", "deputy_id")}
    _check(work, person_id, merged["from_day"], merged["to_day"], merged["deputy_id"], but=absence_id)
    changed = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    if changed:
        work.conn.execute(update(Absence).where(Absence.id == absence_id).values(**changed))
        _told(work, actor, person_id, "absence.changed", absence_id, only_why=changed.keys() == {"reason"})
    return one(work.conn, absence_id)


def remove(work: Work, actor: Actor, person_id: int, absence_id: int) -> None:
    """The person will be, or was, here after all. Raises `NotFound`, `Forbidden`."""
    _lock(work, actor, person_id)
    _mine(work.conn, person_id, absence_id)
    work.conn.execute(delete(Absence).where(Absence.id == absence_id))
    _told(work, actor, person_id, "absence.removed", absence_id)


def _lock(work: Work, actor: Actor, person_id: int) -> None:
    """The person's row: of two absences entered at once the second sees the first."""
    row = work.conn.execute(select(Person.state).where(Person.id == person_id).with_for_update()).first()
    if row is None or row.state == "left":
        raise NotFound()
    if not _concerns(work.conn, actor, person_id):
        raise Forbidden(
            "Only this person, those above, or an administrator does this.", next_step="ask_manager"
        )


def _concerns(conn: Connection, actor: Actor, person_id: int) -> bool:
    if actor.id == person_id:
        return True
    within = select(Person.id).where(Person.id == person_id, people_within(actor, "absences.edit"))
    return conn.execute(within).first() is not None


def _check(
    work: Work, person_id: int, from_day: date, to_day: date, deputy_id: int | None, but: int = 0
) -> None:
    if to_day < from_day:
        raise invalid("to_day", "before_start", "The last day is before the first.")
    if (to_day - from_day).days >= LONGEST:
        raise invalid("to_day", "range", f"At most {LONGEST} days.", limit=LONGEST)
    if from_day > work.company.today() + timedelta(days=FARTHEST):
        raise invalid("from_day", "range", "At most two years ahead.")
    if deputy_id is not None:
        must_be_deputy(work.conn, person_id, deputy_id)
    clash = work.conn.execute(
        select(Absence.from_day, Absence.to_day)
        .where(
            Absence.person_id == person_id,
            Absence.from_day <= to_day,
            Absence.to_day >= from_day,
            Absence.id != but,
        )
        .limit(1)
    ).first()
    if clash is not None:
        raise invalid(
            "from_day",
            "overlaps",
            "There is an absence in these days already.",
            from_day=str(clash.from_day),
            to_day=str(clash.to_day),
        )


def must_be_deputy(conn: Connection, person_id: int, deputy_id: int) -> None:
    """A colleague who is here, and somebody else. Raises `Invalid` on `deputy_id`."""
    if deputy_id == person_id:
        raise invalid("deputy_id", "oneself", "Choose somebody else.")
    row = conn.execute(select(Person.kind, Person.state).where(Person.id == deputy_id)).first()
    if row is None or row.kind != "employee" or row.state != "active":
        raise invalid("deputy_id", "not_found", "This person is not here (any more).")


def _mine(conn: Connection, person_id: int, absence_id: int) -> Any:
    row = conn.execute(
        select(Absence.__table__).where(Absence.id == absence_id, Absence.person_id == person_id)
    ).first()
    if row is None:
        raise NotFound()
    return row


def _told(
    work: Work, actor: Actor, person_id: int, act: str, absence_id: int, *, only_why: bool = False
) -> None:
    """Everybody sees when somebody is away, not why; only what is done to somebody else's absence is kept for good."""
    if actor.id != person_id:
        work.audit(act, ("absence", absence_id), person=person_id)
    stream = person_stream(person_id) if only_why else EVERYONE
    work.record(Event("person.changed", [stream], person_puts(work.conn, [person_id]), actor=actor.id))


def _view(row: Any, mine: bool) -> AbsenceView:
    return AbsenceView(
        row.id, row.person_id, row.from_day, row.to_day, row.deputy_id, row.reason if mine else None
    )
