"""Questions about who is away and who stands in. Asked by what dispatches, recalls, reminds and escalates (W35)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from server.org.models import Absence, Person


def is_away(conn: Connection, person_id: int, day: date) -> bool:
    """Whether the person has entered an absence over this day (of the company's time zone)."""
    return person_id in away_on(conn, [person_id], day)


def away_on(conn: Connection, person_ids: Iterable[int], day: date) -> set[int]:
    """Those of these persons who are away on this day."""
    return set(
        conn.execute(
            select(Absence.person_id).where(
                Absence.person_id.in_(list(person_ids)), Absence.from_day <= day, Absence.to_day >= day
            )
        ).scalars()
    )


def deputy_of(conn: Connection, person_id: int, day: date) -> int | None:
    """Who stands in for the person on this day, None when nobody does: not away, or no deputy who is here.

    A deputy who is away is followed to their own deputy. Circles and people who have left end the walk with None.
    """
    met = {person_id}
    at = person_id
    while True:
        deputy = conn.execute(
            select(Absence.deputy_id).where(
                Absence.person_id == at, Absence.from_day <= day, Absence.to_day >= day
            )
        ).scalar()
        if deputy is None or deputy in met:
            return None
        met.add(deputy)
        if conn.execute(select(Person.state).where(Person.id == deputy)).scalar_one() != "active":
            return None
        if not is_away(conn, deputy, day):
            return int(deputy)
        at = deputy


def spans_of(conn: Connection, person_id: int) -> list[tuple[date, date]]:
    """All absences of a person as (first day, last day), both included."""
    rows = conn.execute(
        select(Absence.from_day, Absence.to_day)
        .where(Absence.person_id == person_id)
        .order_by(Absence.from_day)
    )
    return [(row.from_day, row.to_day) for row in rows]


def standing_in(conn: Connection, day: date) -> dict[int, int | None]:
    """For everybody who is away on this day who stands in, as `deputy_of` says it: two queries, however many they are."""
    away = {
        row.person_id: row.deputy_id
        for row in conn.execute(
            select(Absence.person_id, Absence.deputy_id).where(Absence.from_day <= day, Absence.to_day >= day)
        )
    }
    named = {one for one in away.values() if one is not None}
    here = set(
        conn.execute(select(Person.id).where(Person.id.in_(named), Person.state == "active")).scalars()
    )
    return {person: _follow(person, away, here) for person in away}


def _follow(person: int, away: dict[int, int | None], here: set[int]) -> int | None:
    met, at = {person}, person
    while True:
        deputy = away[at]
        if deputy is None or deputy in met or deputy not in here:
            return None
        if deputy not in away:
            return deputy
        met.add(deputy)
        at = deputy
