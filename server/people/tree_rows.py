"""The tree's derived rows: who lies below whom, the paths, the order of siblings. Called by `tree` under `hold_org`."""

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from server.org.models import Department, DepartmentClosure, PersonDepartment

_TREE: Table = Department.__table__  # type: ignore[assignment]
_SOME = 500


def subtree(conn: Connection, department_id: int) -> list[int]:
    """The department and everything below it."""
    return list(
        conn.execute(
            select(DepartmentClosure.descendant_id).where(DepartmentClosure.ancestor_id == department_id)
        ).scalars()
    )


def members(conn: Connection, department_id: int) -> list[int]:
    """Everyone who sits in the department or below it."""
    return list(
        conn.execute(
            select(PersonDepartment.person_id)
            .join(DepartmentClosure, DepartmentClosure.descendant_id == PersonDepartment.department_id)
            .where(DepartmentClosure.ancestor_id == department_id)
            .distinct()
            .order_by(PersonDepartment.person_id)
        ).scalars()
    )


def is_below(conn: Connection, department_id: int, above: int) -> bool:
    """At or below."""
    pair = (DepartmentClosure.ancestor_id == above) & (DepartmentClosure.descendant_id == department_id)
    return conn.execute(select(DepartmentClosure.ancestor_id).where(pair)).first() is not None


def has_children(conn: Connection, department_id: int) -> bool:
    return (
        conn.execute(select(Department.id).where(Department.parent_id == department_id)).first() is not None
    )


def height(conn: Connection, department_id: int, path: str) -> int:
    """How many levels lie below it."""
    paths = conn.execute(
        select(Department.path)
        .join(DepartmentClosure, DepartmentClosure.descendant_id == Department.id)
        .where(DepartmentClosure.ancestor_id == department_id)
    ).scalars()
    return max(one.count("/") for one in paths) - path.count("/")


def hang(conn: Connection, department_id: int, parent_id: int | None) -> None:
    """The subtree leaves what was above it and comes below the new parent and all above that."""
    below = subtree(conn, department_id)
    old = select(DepartmentClosure.ancestor_id).where(
        DepartmentClosure.descendant_id == department_id, DepartmentClosure.ancestor_id != department_id
    )
    before = list(conn.execute(old).scalars())
    for start in range(0, len(below), _SOME):
        conn.execute(
            delete(DepartmentClosure).where(
                DepartmentClosure.descendant_id.in_(below[start : start + _SOME]),
                DepartmentClosure.ancestor_id.in_(before),
            )
        )
    if parent_id is None:
        return
    above = list(
        conn.execute(
            select(DepartmentClosure.ancestor_id).where(DepartmentClosure.descendant_id == parent_id)
        ).scalars()
    )
    conn.execute(
        insert(DepartmentClosure),
        [{"ancestor_id": ancestor, "descendant_id": one} for ancestor in above for one in below],
    )


def rewrite_paths(conn: Connection, department_id: int, before: str, after: str) -> list[int]:
    """The subtree's paths begin with the new one; answers its ids."""
    rows = conn.execute(
        select(Department.id, Department.path)
        .join(DepartmentClosure, DepartmentClosure.descendant_id == Department.id)
        .where(DepartmentClosure.ancestor_id == department_id)
    ).all()
    conn.execute(
        update(_TREE).where(_TREE.c.id == bindparam("b_id")).values(path=bindparam("b_path")),
        [{"b_id": row.id, "b_path": after + row.path[len(before) :]} for row in rows],
    )
    return [row.id for row in rows]


def reorder(conn: Connection, parent_id: int | None, department_id: int, position: int) -> set[int]:
    """The siblings are numbered 1, 2, 3 … with this one at `position` (from 0; too high is last). Answers whose number changed."""
    rows = conn.execute(
        select(Department.id, Department.position)
        .where(Department.parent_id.is_not_distinct_from(parent_id), Department.removed_at.is_(None))
        .order_by(Department.position, Department.path)
    ).all()
    order = [row.id for row in rows if row.id != department_id]
    order.insert(min(position, len(order)), department_id)
    held = {row.id: row.position for row in rows}
    changed = {one: place for place, one in enumerate(order, 1) if held[one] != place}
    if changed:
        conn.execute(
            update(_TREE).where(_TREE.c.id == bindparam("b_id")).values(position=bindparam("b_position")),
            [{"b_id": one, "b_position": place} for one, place in changed.items()],
        )
    return set(changed)
