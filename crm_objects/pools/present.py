"""Pools as their people and who keeps them see them."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

from crm_objects.engine.record_type import Kinds
from crm_objects.pools import reach
from crm_objects.pools.models import Pool, PoolDepartment, PoolPerson
from crm_objects.pools.policies import EDIT
from server.api.route import Items
from server.org.models import Department, Person
from server.people.present import person_puts_for
from server.permissions.actor import Actor

Role = Literal["admin", "member"]


class PoolPersonView(msgspec.Struct, frozen=True):
    """Somebody named one by one."""

    person: int
    role: Role


class PoolView(msgspec.Struct, frozen=True):
    """`role`: mine; null where I only keep pools. `people`, `departments` (whose people are members, and which have their home here) and
    `holds`, how many lie in it, are for its administrators and who keeps pools; else null."""

    id: int
    kind: str
    name: str
    may_change_owner: bool
    retired: bool
    version: int
    role: Role | None
    people: list[PoolPersonView] | None
    departments: list[int] | None
    holds: int | None


class PoolItem(msgspec.Struct, frozen=True):
    """`also` brings the persons that it names."""

    item: PoolView
    also: list[Any] = []


def listed(conn: Connection, actor: Actor, kinds: Kinds) -> Items[PoolView]:
    """Those I am in; every one for who keeps them. By kind and name, retired ones last, whom only those see."""
    query = select(Pool.__table__).order_by(Pool.retired_at.is_not(None), Pool.kind, Pool.name)
    if not actor.can(EDIT):
        query = query.where(Pool.retired_at.is_(None), Pool.id.in_(reach.pools_of(actor.id)))
    views = _views(conn, actor, kinds, conn.execute(query).all())
    named = sorted({one.person for view in views for one in view.people or ()})
    return Items(views, None, list(person_puts_for(conn, actor, named)))


def item(conn: Connection, actor: Actor, kinds: Kinds, pool_id: int) -> PoolItem:
    row = conn.execute(select(Pool.__table__).where(Pool.id == pool_id)).one()
    (view,) = _views(conn, actor, kinds, [row])
    named = sorted({one.person for one in view.people or ()})
    return PoolItem(view, list(person_puts_for(conn, actor, named)))


def holds(conn: Connection, kinds: Kinds, kind: str, pool_id: int) -> int:
    """How many lie in it, voided ones too."""
    if kind not in kinds or not kinds[kind].pooled:
        return 0
    t = kinds[kind].table
    return int(
        conn.execute(
            select(func.count())
            .select_from(t)
            .where(t.c.owner_id.is_(None), t.c.pool_id == pool_id, t.c.merged_into.is_(None))
        ).scalar_one()
    )


def _views(conn: Connection, actor: Actor, kinds: Kinds, rows: Sequence[Any]) -> list[PoolView]:
    """Three statements, and one for each pool that is counted."""
    ids = [row.id for row in rows]
    people: dict[int, list[PoolPersonView]] = {one: [] for one in ids}
    departments: dict[int, list[int]] = {one: [] for one in ids}
    named = (
        select(PoolPerson.pool_id, PoolPerson.person_id, PoolPerson.role)
        .join(Person, Person.id == PoolPerson.person_id)
        .where(PoolPerson.pool_id.in_(ids), Person.state != "left")
        .order_by(PoolPerson.role, PoolPerson.since, PoolPerson.person_id)
    )
    for pool_id, person_id, kept in conn.execute(named):
        people[pool_id].append(PoolPersonView(person_id, "admin" if kept == "admin" else "member"))
    standing = (
        select(PoolDepartment.pool_id, PoolDepartment.department_id)
        .join(Department, Department.id == PoolDepartment.department_id)
        .where(PoolDepartment.pool_id.in_(ids), Department.removed_at.is_(None))
        .order_by(Department.path)
    )
    for pool_id, department_id in conn.execute(standing):
        departments[pool_id].append(department_id)
    mine = set(conn.execute(reach.pools_of(actor.id)).scalars())
    led = set(conn.execute(reach.led_by(actor.id)).scalars())
    views = []
    for row in rows:
        role: Role | None = "admin" if row.id in led else "member" if row.id in mine else None
        whole = role == "admin" or actor.can(EDIT)
        views.append(
            PoolView(
                row.id,
                row.kind,
                row.name,
                row.may_change_owner,
                row.retired_at is not None,
                row.version,
                role,
                people[row.id] if whole else None,
                departments[row.id] if whole else None,
                holds(conn, kinds, row.kind, row.id) if whole else None,
            )
        )
    return views
