"""Who may act for whom: giving and ending it (W34). `server/permissions/acting.py` asks at every act whether it still holds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, or_, select, update

from server.db.hot import Hot
from server.events.envelope import Event, Put, person_stream
from server.kit.problems import Forbidden, NotFound, invalid
from server.org.models import Delegation, Person
from server.people.absences import must_be_deputy
from server.people.present import person_puts_for
from server.permissions.acting import KINDS, Kind
from server.permissions.actor import Actor, load_actor
from server.work.company import Company
from server.work.work import Work

FARTHEST = 730
_NOT_OVER = Hot(
    select(Delegation.__table__)
    .where(
        or_(Delegation.principal_id == bindparam("person"), Delegation.deputy_id == bindparam("person")),
        Delegation.ended_at.is_(None),
        or_(Delegation.to_day.is_(None), Delegation.to_day >= bindparam("today")),
    )
    .order_by(Delegation.id)
    .limit(200)
)


class DelegationView(msgspec.Struct, frozen=True):
    """`to_day` null: until it is ended. Days of the company's time zone, both included. Dead from `ended_at` on."""

    id: int
    principal_id: int
    deputy_id: int
    from_day: date
    to_day: date | None
    kinds: list[Kind]
    created_by: int
    ended_by: int | None
    is_ended: bool


def listed(conn: Connection, actor: Actor, person_id: int) -> list[DelegationView]:
    """Those given by or to this person, newest first. Raises `Forbidden` for others', `NotFound`."""
    _must_exist(conn, person_id)
    _must_concern(actor, person_id)
    rows = conn.execute(
        select(Delegation.__table__)
        .where(or_(Delegation.principal_id == person_id, Delegation.deputy_id == person_id))
        .order_by(Delegation.id.desc())
        .limit(200)
    )
    return [_view(row) for row in rows]


def give(
    work: Work,
    actor: Actor,
    principal_id: int,
    *,
    deputy_id: int,
    from_day: date,
    to_day: date | None,
    kinds: Sequence[str],
) -> DelegationView:
    """The principal names a deputy, or an administrator does for the principal, but not themselves.

    Raises `NotFound`, `Forbidden`, `Invalid` on `deputy_id`, `from_day`, `to_day` or `kinds`.
    """
    # Both rows in id order: whoever is leaving at this moment waits, or was first.
    pair = sorted({principal_id, deputy_id})
    rows = work.conn.execute(
        select(Person.id, Person.state, Person.kind)
        .where(Person.id.in_(pair))
        .order_by(Person.id)
        .with_for_update()
    ).all()
    principal = next((row for row in rows if row.id == principal_id), None)
    if principal is None or principal.state == "left":
        raise NotFound()
    _must_concern(actor, principal_id)
    if actor.id != principal_id and deputy_id == actor.id:
        raise invalid("deputy_id", "oneself", "Nobody makes themselves somebody's deputy.")
    must_be_deputy(work.conn, principal_id, deputy_id)
    today = work.company.today()
    if from_day < today:
        raise invalid("from_day", "past", "This day has passed.")
    if from_day > today + timedelta(days=FARTHEST):
        raise invalid("from_day", "range", "At most two years ahead.")
    if to_day is not None and to_day < from_day:
        raise invalid("to_day", "before_start", "The last day is before the first.")
    chosen = [kind for kind in KINDS if kind in kinds]
    if not chosen:
        raise invalid("kinds", "required", "Choose what the deputy may do.")
    delegation_id = work.conn.execute(
        insert(Delegation)
        .values(
            principal_id=principal_id,
            deputy_id=deputy_id,
            from_day=from_day,
            to_day=to_day,
            kinds=" ".join(chosen),
            created_by=actor.id,
            created_at=work.now,
        )
        .returning(Delegation.id)
    ).scalar_one()
    work.audit(
        "delegation.given",
        ("delegation", delegation_id),
        principal=principal_id,
        deputy=deputy_id,
        kinds=chosen,
        from_day=str(from_day),
        to_day=str(to_day) if to_day else None,
    )
    return _told(work, actor.id, delegation_id, "delegation.given")


def end(work: Work, actor: Actor, person_id: int, delegation_id: int) -> DelegationView:
    """Dead from this commit on. The principal, the deputy, or an administrator. Twice is the same. Raises `NotFound`, `Forbidden`."""
    row = work.conn.execute(
        select(Delegation.__table__).where(
            Delegation.id == delegation_id,
            or_(Delegation.principal_id == person_id, Delegation.deputy_id == person_id),
        )
    ).first()
    _must_concern(actor, person_id)
    if row is None:
        raise NotFound()
    if not _end(work, actor.id, [delegation_id]):
        return _view(row)
    return one(work.conn, delegation_id)


def end_all_of(work: Work, by: int | None, person_id: int) -> None:
    """Whoever leaves acts for nobody, and nobody for them (`by` None: operator). The person's row is locked, so none comes meanwhile."""
    ids = work.conn.execute(
        select(Delegation.id)
        .where(
            or_(Delegation.principal_id == person_id, Delegation.deputy_id == person_id),
            Delegation.ended_at.is_(None),
        )
        .order_by(Delegation.id)
    ).scalars()
    _end(work, by, list(ids))


def one(conn: Connection, delegation_id: int) -> DelegationView:
    return _view(conn.execute(select(Delegation.__table__).where(Delegation.id == delegation_id)).one())


def first_state(conn: Connection, actor: Actor, company: Company) -> dict[str, object]:
    """The bootstrap's part: the delegations given by and to me that are not over, and whom they name."""
    rows = _NOT_OVER.named(conn, {"person": actor.id, "today": company.today()})
    named = {row.principal_id for row in rows} | {row.deputy_id for row in rows}
    puts = [Put("delegation", row.id, _view(row)) for row in rows]
    return {"changes": [*puts, *person_puts_for(conn, actor, sorted(named - {actor.id}))]}


def _end(work: Work, by: int | None, ids: Sequence[int]) -> bool:
    """Whether any of them was alive."""
    ended = False
    for delegation_id in ids:
        changed = work.conn.execute(
            update(Delegation)
            .where(Delegation.id == delegation_id, Delegation.ended_at.is_(None))
            .values(ended_at=work.now, ended_by=by)
        )
        if changed.rowcount:
            ended = True
            work.audit("delegation.ended", ("delegation", delegation_id))
            _told(work, by, delegation_id, "delegation.ended")
    return ended


def _told(work: Work, by: int | None, delegation_id: int, type: str) -> DelegationView:
    view = one(work.conn, delegation_id)
    both = [view.principal_id, view.deputy_id]
    for person_id in both:
        reader = load_actor(work.conn, person_id)
        named = person_puts_for(work.conn, reader, both) if reader else []
        changes = [Put("delegation", view.id, view), *named]
        work.record(Event(type, [person_stream(person_id)], changes, actor=by))
    return view


def _must_exist(conn: Connection, person_id: int) -> None:
    if conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
        raise NotFound()


def _must_concern(actor: Actor, person_id: int) -> None:
    if actor.id != person_id and not actor.can("delegations.edit"):
        raise Forbidden("Only the person, or an administrator, does this.", next_step="ask_administrator")


def _view(row: Any) -> DelegationView:
    return DelegationView(
        row.id,
        row.principal_id,
        row.deputy_id,
        row.from_day,
        row.to_day,
        row.kinds.split(),
        row.created_by,
        row.ended_by,
        row.ended_at is not None,
    )
