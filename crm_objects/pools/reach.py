"""Who is in which pool, and what lies in one, as parts of queries: `engine/rights.py` and `access/readers.py` are made of these alone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    select,
    union_all,
)

from crm_objects.pools.models import Pool, PoolDepartment, PoolPerson
from server.org.lines import members_of
from server.org.models import Department, DepartmentClosure, Person, PersonDepartment


def pools_of(person_id: int) -> CompoundSelect[Any]:
    """The pools in which somebody is: by name, or by a department they sit in or below."""
    named = select(PoolPerson.pool_id).where(PoolPerson.person_id == person_id)
    by_department = (
        select(PoolDepartment.pool_id)
        .join(DepartmentClosure, DepartmentClosure.ancestor_id == PoolDepartment.department_id)
        .join(PersonDepartment, PersonDepartment.department_id == DepartmentClosure.descendant_id)
        .where(PersonDepartment.person_id == person_id)
    )
    return union_all(named, by_department)


def led_by(person_id: int) -> Select[Any]:
    """The pools whose administrator somebody is."""
    return select(PoolPerson.pool_id).where(PoolPerson.person_id == person_id, PoolPerson.role == "admin")


def people_of(pool_id: int) -> CompoundSelect[Any]:
    """The other side of `pools_of`."""
    departments = select(PoolDepartment.department_id).where(PoolDepartment.pool_id == pool_id)
    named = select(PoolPerson.person_id).where(PoolPerson.pool_id == pool_id)
    return union_all(named, members_of(departments))


def administrators_of(conn: Connection, pool_id: int | None) -> Sequence[int]:
    """Those who work here, by their ids."""
    query = (
        select(PoolPerson.person_id)
        .join(Person, Person.id == PoolPerson.person_id)
        .where(PoolPerson.pool_id == pool_id, PoolPerson.role == "admin", Person.state != "left")
    )
    return list(conn.execute(query.order_by(PoolPerson.person_id)).scalars())


def lies_in(table: FromClause, pools: Any) -> ColumnElement[bool]:
    """The records of a pooled kind that nobody owns, in one of these pools."""
    return and_(table.c.owner_id.is_(None), table.c.pool_id.in_(pools))


def keeping_owners() -> Select[Any]:
    """The pools whose records keep their owner (M18). One that is retired is nobody's home: its rules have ended."""
    return select(Pool.id).where(Pool.may_change_owner.is_(False), Pool.retired_at.is_(None))


def home_of(conn: Connection, kind: str, person_id: int) -> int | None:
    """Of what this person owns: the pool of their main department, or of the nearest above it that has one (W6)."""
    nearest = (
        select(PoolDepartment.pool_id)
        .join(DepartmentClosure, DepartmentClosure.ancestor_id == PoolDepartment.department_id)
        .join(PersonDepartment, PersonDepartment.department_id == DepartmentClosure.descendant_id)
        .join(Department, Department.id == PoolDepartment.department_id)
        .where(PersonDepartment.person_id == person_id, PersonDepartment.is_main, PoolDepartment.kind == kind)
        # A path holds those of all above it, so the longest is the nearest.
        .order_by(func.length(Department.path).desc())
        .limit(1)
    )
    return conn.execute(nearest).scalar()
