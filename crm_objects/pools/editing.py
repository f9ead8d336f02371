"""Making pools, naming them, who is in them: by who holds `pools.edit`, which opens none of what lies in them (security.md §1)."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, func, insert, select, update

from crm_objects.engine.kinds_changed import kinds_changed
from crm_objects.engine.record_type import Kinds
from crm_objects.pools.models import Pool, PoolDepartment, PoolPerson
from crm_objects.pools.present import Role, holds
from server.db.base import table
from server.events.envelope import EVERYONE, Event, person_stream
from server.kit.problems import Duplicate, NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.org.lines import is_working_here, members_of
from server.org.models import Department, Person
from server.people.leaving import whom
from server.permissions.actor import Actor
from server.work.work import Work

_POOLS, _PEOPLE, _DEPARTMENTS = table(Pool), table(PoolPerson), table(PoolDepartment)
MOST, MOST_PEOPLE, MAX_NAME = 200, 200, 60


class PoolChange(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What is missing stays."""

    version: int
    name: str | None = None
    may_change_owner: bool | None = None
    retired: bool | None = None


def make(work: Work, actor: Actor, kinds: Kinds, kind: str, name: str, may_change_owner: bool) -> int:
    """Raises `Invalid` on `kind`, `name`, `Duplicate`, `WrongState` when there are too many."""
    if kind not in kinds or not kinds[kind].pooled:
        raise invalid("kind", "choice", "There are no pools of such records.")
    said = _name(work.conn, kind, name)
    # Of two that are made at once the second waits here, and counts the first.
    work.conn.execute(select(_POOLS.c.id).order_by(_POOLS.c.id).with_for_update(key_share=True))
    if work.conn.execute(select(func.count()).select_from(_POOLS)).scalar_one() >= MOST:
        raise WrongState(f"At most {MOST} pools.", reason="pools_full", limit=MOST)
    row = {"kind": kind, "name": said, "may_change_owner": may_change_owner, "version": 1}
    made = insert(_POOLS).values(**row, created_at=work.now, created_by=actor.id).returning(_POOLS.c.id)
    pool_id = int(work.conn.execute(made).scalar_one())
    work.audit("pool.made", ("pool", pool_id), name=said, kind=kind)
    _told(work, actor, [EVERYONE])
    return pool_id


def change(work: Work, actor: Actor, kinds: Kinds, pool_id: int, wanted: PoolChange) -> None:
    """Raises `NotFound`, `StaleVersion`, `Invalid` on `name`, `Duplicate`, `WrongState` for retiring what still holds records."""
    row = _locked(work, pool_id)
    if wanted.version != row.version:
        raise StaleVersion("It was changed meanwhile.", version=row.version)
    values: dict[str, Any] = {}
    if (
        wanted.name is not None
        and (said := clean(wanted.name, "name", limit=MAX_NAME, single_line=True)) != row.name
    ):
        values["name"] = _name(work.conn, row.kind, said)
    if wanted.may_change_owner is not None and wanted.may_change_owner != row.may_change_owner:
        values["may_change_owner"] = wanted.may_change_owner
    if wanted.retired is not None and wanted.retired != (row.retired_at is not None):
        if wanted.retired:
            _must_be_empty(work.conn, kinds, row)
            work.conn.execute(delete(_DEPARTMENTS).where(_DEPARTMENTS.c.pool_id == pool_id))
        values["retired_at"] = work.now if wanted.retired else None
    if not values:
        return
    work.conn.execute(update(_POOLS).where(_POOLS.c.id == pool_id).values(**values, version=row.version + 1))
    work.audit("pool.changed", ("pool", pool_id), what=sorted(values), name=values.get("name", row.name))
    _told(work, actor, [EVERYONE])


def put_person(work: Work, actor: Actor, pool_id: int, person_id: int, role: Role) -> None:
    """In another role, or the same again, which changes nothing. Raises `NotFound`, `WrongState` when there are too many."""
    row = _in_use(_locked(work, pool_id))
    there = select(Person.id).where(Person.id == person_id, is_working_here()).with_for_update(read=True)
    if work.conn.execute(there).first() is None:
        raise NotFound()
    now: dict[int, str] = {
        one.person_id: one.role
        for one in work.conn.execute(select(_PEOPLE).where(_PEOPLE.c.pool_id == pool_id))
    }
    if now.get(person_id) == role:
        return
    if person_id not in now and len(now) >= MOST_PEOPLE:
        raise WrongState(f"At most {MOST_PEOPLE} people by name.", reason="pool_full", limit=MOST_PEOPLE)
    if person_id in now:
        work.conn.execute(update(_PEOPLE).where(*_place(pool_id, person_id)).values(role=role))
    else:
        place = {"pool_id": pool_id, "person_id": person_id, "role": role, "since": work.now}
        work.conn.execute(insert(_PEOPLE).values(**place))
    work.audit("pool.person_put", ("pool", pool_id), name=row.name, person=person_id, role=role)
    _touched(work, actor, pool_id, [person_stream(person_id)], [person_id])


def remove_person(work: Work, actor: Actor, pool_id: int, person_id: int) -> None:
    """Who is not in it: nothing changes. Raises `NotFound`."""
    row = _locked(work, pool_id)
    if not work.conn.execute(delete(_PEOPLE).where(*_place(pool_id, person_id))).rowcount:
        return _must_be_somewhere(work.conn, select(Person.id).where(Person.id == person_id))
    work.audit("pool.person_removed", ("pool", pool_id), name=row.name, person=person_id)
    _touched(work, actor, pool_id, [person_stream(person_id)], [person_id])
    return None


def put_department(work: Work, actor: Actor, pool_id: int, department_id: int) -> None:
    """Its people are members, and it is the home of what they own (W6). Raises `NotFound`, `WrongState` where it is another pool's."""
    row = _in_use(_locked(work, pool_id))
    there = select(Department.id).where(Department.id == department_id, Department.removed_at.is_(None))
    if work.conn.execute(there.with_for_update(read=True)).first() is None:
        raise NotFound()
    taken = select(_DEPARTMENTS.c.pool_id).where(
        _DEPARTMENTS.c.department_id == department_id, _DEPARTMENTS.c.kind == row.kind
    )
    whose = work.conn.execute(taken).scalar()
    if whose == pool_id:
        return
    if whose is not None:
        raise WrongState("This department has its home in another pool.", reason="has_a_home", pool=whose)
    place = {"pool_id": pool_id, "department_id": department_id, "kind": row.kind}
    work.conn.execute(insert(_DEPARTMENTS).values(**place))
    work.audit("pool.department_put", ("pool", pool_id), name=row.name, department=department_id)
    _touched(work, actor, pool_id, [EVERYONE], [])


def remove_department(work: Work, actor: Actor, pool_id: int, department_id: int) -> None:
    """Which is not in it: nothing changes. Raises `NotFound`."""
    row = _locked(work, pool_id)
    gone = delete(_DEPARTMENTS).where(
        _DEPARTMENTS.c.pool_id == pool_id, _DEPARTMENTS.c.department_id == department_id
    )
    if not work.conn.execute(gone).rowcount:
        return _must_be_somewhere(work.conn, select(Department.id).where(Department.id == department_id))
    work.audit("pool.department_removed", ("pool", pool_id), name=row.name, department=department_id)
    losing = work.conn.execute(members_of([department_id]).distinct()).scalars()
    _touched(work, actor, pool_id, [EVERYONE], sorted(losing))
    return None


def forget_leaver(work: Work, event: Event) -> None:
    """Who leaves is in no pool any more; who keeps pools sees where an administrator is missing."""
    work.conn.execute(delete(_PEOPLE).where(_PEOPLE.c.person_id == whom(event)))


def _must_be_somewhere(conn: Connection, one: Select[int]) -> None:
    if conn.execute(one).first() is None:
        raise NotFound()


def _locked(work: Work, pool_id: int) -> Any:
    row = work.conn.execute(select(_POOLS).where(_POOLS.c.id == pool_id).with_for_update()).first()
    if row is None:
        raise NotFound()
    return row


def _in_use(row: Any) -> Any:
    if row.retired_at is not None:
        raise WrongState("This pool is retired.", reason="retired")
    return row


def _must_be_empty(conn: Connection, kinds: Kinds, row: Any) -> None:
    if count := holds(conn, kinds, row.kind, row.id):
        raise WrongState("Something still lies in this pool.", reason="not_empty", count=count)


def _name(conn: Connection, kind: str, name: str) -> str:
    said = clean(name, "name", limit=MAX_NAME, single_line=True)
    if conn.execute(select(_POOLS.c.id).where(_POOLS.c.kind == kind, _POOLS.c.name == said)).first():
        raise Duplicate("There is a pool of this name.", field="name")
    return said


def _place(pool_id: int, person_id: int) -> tuple[Any, ...]:
    return (_PEOPLE.c.pool_id == pool_id, _PEOPLE.c.person_id == person_id)


def _touched(work: Work, actor: Actor, pool_id: int, streams: Sequence[str], losing: Sequence[int]) -> None:
    """Somebody came or went. `losing`: who may have read what they may not now."""
    work.conn.execute(update(_POOLS).where(_POOLS.c.id == pool_id).values(version=_POOLS.c.version + 1))
    _told(work, actor, streams, losing)


def _told(work: Work, actor: Actor, streams: Sequence[str], losing: Sequence[int] = ()) -> None:
    kinds_changed(work, actor, streams).asks_again = list(losing)
