"""Who takes part in a record besides its owner, reading or writing (OBJ-13)."""

from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, delete, insert, select, update

from crm_objects.engine import events, history
from crm_objects.engine.changing import must_not_be_locked, must_not_be_voided
from crm_objects.engine.models import RecordTeam
from crm_objects.engine.policies import WRITE
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.record_type import RecordType
from server.api.route import Items
from server.db.base import table
from server.kit.problems import Forbidden, NotFound, WrongState
from server.org.models import Person
from server.people.present import person_puts_for
from server.work.work import Work

_TEAM = table(RecordTeam)
Role = Literal["co_follower", "after_sales", "member"]
Access = Literal["read", "write"]
MOST = 100


class TeamMemberView(msgspec.Struct, frozen=True):
    """Somebody of a record's team; the owner first."""

    person: int
    role: Literal["owner", "co_follower", "after_sales", "member"]
    access: Access
    since: datetime


def listed(desk: Desk, record_id: int) -> Items[TeamMemberView]:
    """Raises `NotFound`."""
    one = must_find(desk, record_id)
    rows = desk.conn.execute(
        select(_TEAM)
        .where(_TEAM.c.kind == desk.kind.kind, _TEAM.c.record_id == record_id)
        .order_by(_TEAM.c.since, _TEAM.c.person_id)
    )
    members = [TeamMemberView(row.person_id, row.role, row.access, row.since) for row in rows]
    if one.row.owner_id is not None:
        members.insert(0, TeamMemberView(one.row.owner_id, "owner", "write", one.row.created_at))
    people = person_puts_for(desk.conn, desk.actor, [member.person for member in members])
    return Items(members, None, list(people))


def join(work: Work, desk: Desk, record_id: int, person_id: int, role: Role, access: Access) -> None:
    """Adds somebody, or changes their place; twice is the same. Raises `NotFound`, `Forbidden`, `WrongState`."""
    one = must_find(desk, record_id, lock=True)
    _must_lead(one)
    must_not_be_voided(one)
    must_not_be_locked(desk, one)
    if person_id == one.row.owner_id:
        raise WrongState("The owner need not be on the team.", reason="is_owner")
    active = select(Person.id).where(Person.id == person_id, Person.state != "left")
    if work.conn.execute(active).first() is None:
        raise NotFound()
    put(work, desk, record_id, person_id, role, access)


def put(work: Work, desk: Desk, record_id: int, person_id: int, role: str, access: str) -> None:
    """Under the record's lock."""
    before = _place(desk, record_id, person_id)
    after = _said(person_id, role, access)
    if before == after:
        return
    key = _key(desk.kind, record_id, person_id)
    if before is None:
        others = work.conn.execute(
            select(_TEAM.c.person_id).where(_TEAM.c.kind == desk.kind.kind, _TEAM.c.record_id == record_id)
        ).all()
        if len(others) >= MOST:
            raise WrongState(f"At most {MOST} people on a team.", reason="team_full", limit=MOST)
        row = {"kind": desk.kind.kind, "record_id": record_id, "person_id": person_id}
        fresh = {"role": role, "access": access, "since": work.now, "added_by": desk.actor.id}
        work.conn.execute(insert(_TEAM).values(**row, **fresh))
    else:
        work.conn.execute(update(_TEAM).where(*key).values(role=role, access=access))
    _told(work, desk, record_id, person_id, before, after)


def leave(work: Work, desk: Desk, record_id: int, person_id: int) -> None:
    """Who leads the record takes anybody off; oneself may always leave. Raises `NotFound`, `Forbidden`, `Locked`."""
    one = must_find(desk, record_id, lock=True)
    if person_id != desk.actor.id:
        _must_lead(one)
        must_not_be_locked(desk, one)
    before = _place(desk, record_id, person_id)
    if before is None:
        if work.conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
            raise NotFound()
    else:
        work.conn.execute(delete(_TEAM).where(*_key(desk.kind, record_id, person_id)))
        _told(work, desk, record_id, person_id, before, None)


def forget(work: Work, kind: RecordType, record_id: int, person_id: int) -> None:
    """A team member became the owner; the change of owner tells of it."""
    work.conn.execute(delete(_TEAM).where(*_key(kind, record_id, person_id)))


def _must_lead(one: Found) -> None:
    if not one.rights.may(WRITE):
        raise Forbidden("The owner and who is over them choose the team.", next_step="ask_owner")


def _key(kind: RecordType, record_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        _TEAM.c.kind == kind.kind,
        _TEAM.c.record_id == record_id,
        _TEAM.c.person_id == person_id,
    )


def _place(desk: Desk, record_id: int, person_id: int) -> dict[str, object] | None:
    row = desk.conn.execute(
        select(_TEAM.c.role, _TEAM.c.access).where(*_key(desk.kind, record_id, person_id))
    ).first()
    return None if row is None else _said(person_id, row.role, row.access)


def _said(person_id: int, role: str, access: str) -> dict[str, object]:
    return {"person": person_id, "role": role, "access": access}


def _told(
    work: Work,
    desk: Desk,
    record_id: int,
    person_id: int,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    history.write(work, desk.actor, desk.kind, record_id, "team_changed", [("team", before, after)])
    version = work.conn.execute(
        select(desk.kind.table.c.version).where(desk.kind.table.c.id == record_id)
    ).scalar_one()
    event = events.tell(work, desk.kind, record_id, version, desk.actor.id)
    event.asks_again = [person_id]
