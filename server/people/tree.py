"""Departments made, renamed, moved, ordered, led and removed. Their paths and the pairs «at or below» are kept by `tree_rows`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from server.kit.problems import FieldError, NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.org.models import Department, DepartmentClosure, Person, PersonDepartment
from server.people import tree_rows
from server.people.cell_values import MAX_DEPARTMENT_NAME, MAX_DEPARTMENTS, MAX_LEVELS, department_key
from server.people.founding import make_department
from server.people.membership import hold_org
from server.people.places import lead, seat
from server.people.present import departments_of
from server.people.telling import tell
from server.people.versions import bump
from server.permissions.actor import Actor
from server.work.work import Work

_SEPARATORS = frozenset("/／>;；")
MAX_HEADS = 20
_LAST = 10**6


@dataclass(frozen=True)
class Wanted:
    """What is to be as said; `...` leaves it as it is. `position` counts from 0 among the siblings."""

    name: Any = ...
    parent_id: Any = ...
    position: Any = ...
    heads: Any = ...


def create(work: Work, actor: Actor, name: str, parent_id: int | None, heads: Sequence[int]) -> int:
    """Behind its siblings. Answers the id."""
    hold_org(work.conn)
    name = _clean(name)
    above = _active(work.conn, parent_id, "parent_id") if parent_id is not None else None
    path = [*(above.path.split("/") if above else ()), name]
    _must_fit(work.conn, 0, name, parent_id, len(path))
    department_id = make_department(work, tuple(path), parent_id)
    seated = _lead(work, department_id, heads)
    work.audit("department.created", ("department", department_id), parent=parent_id, heads=list(heads))
    tell(work, actor.id, people=seated, departments=[department_id], moved=seated)
    return department_id


def change(work: Work, actor: Actor, department_id: int, version: int, wanted: Wanted) -> None:
    """Raises `StaleVersion` with both values, `Invalid` naming the field, `NotFound`."""
    hold_org(work.conn)
    row = _active(work.conn, department_id)
    now = {"name": row.name, "parent_id": row.parent_id, "heads": _heads(work.conn, department_id)}
    asked = {"name": wanted.name, "parent_id": wanted.parent_id, "heads": wanted.heads}
    fields = {
        name: value for name, value in asked.items() if value is not ... and not _same(value, now[name])
    }
    if row.version != version and fields:
        raise StaleVersion(
            version=row.version,
            errors=tuple(
                FieldError(name, "stale_version", "", {"yours": value, "now": now[name]})
                for name, value in fields.items()
            ),
        )
    touched = set(_place(work, row, fields))
    if wanted.position is not ... or "parent_id" in fields:
        parent_id = fields.get("parent_id", row.parent_id)
        position = wanted.position if wanted.position is not ... else _LAST
        touched |= tree_rows.reorder(work.conn, parent_id, department_id, position)
    seated = _lead(work, department_id, fields["heads"]) if "heads" in fields else []
    if not fields and not touched:
        return
    touched.add(department_id)
    if fields:
        work.conn.execute(
            update(Department).where(Department.id == department_id).values(version=Department.version + 1)
        )
    work.audit("department.changed", ("department", department_id), fields=sorted(fields) or ["position"])
    moved = tree_rows.members(work.conn, department_id) if "parent_id" in fields else seated
    tell(work, actor.id, people=seated, departments=touched, moved=moved)


def _place(work: Work, row: Row[Any], fields: dict[str, Any]) -> Collection[int]:
    """Name and parent; answers whose path changed."""
    if "name" not in fields and "parent_id" not in fields:
        return ()
    name = _clean(fields["name"]) if "name" in fields else row.name
    parent_id: int | None = fields.get("parent_id", row.parent_id)
    above = _active(work.conn, parent_id, "parent_id") if parent_id is not None else None
    if above is not None and tree_rows.is_below(work.conn, above.id, row.id):
        raise invalid(
            "parent_id", "department_cycle", "A department cannot lie below itself.", chain=above.path
        )
    path = f"{above.path}/{name}" if above else name
    height = tree_rows.height(work.conn, row.id, row.path)
    _must_fit(work.conn, row.id, name, parent_id, path.count("/") + 1 + height)
    if "parent_id" in fields:
        tree_rows.hang(work.conn, row.id, parent_id)
    work.conn.execute(
        update(Department).where(Department.id == row.id).values(name=name, parent_id=parent_id)
    )
    return tree_rows.rewrite_paths(work.conn, row.id, row.path, path)


def remove(work: Work, actor: Actor, department_id: int, move_to: int | None) -> None:
    """Only one with nothing below it; whoever sits in it moves to `move_to`. Raises `WrongState` saying what is in the way."""
    hold_org(work.conn)
    _active(work.conn, department_id)
    if move_to == department_id:
        raise invalid("move_to", "department_cycle", "Another department than the one that goes.")
    if move_to is not None:
        _active(work.conn, move_to, "move_to")
    if tree_rows.has_children(work.conn, department_id):
        raise WrongState(
            "There are departments below it.", reason="has_departments", next_step="move_departments"
        )
    people = dict.fromkeys(
        work.conn.execute(
            select(Person.id)
            .join(PersonDepartment, PersonDepartment.person_id == Person.id)
            .where(PersonDepartment.department_id == department_id)
            .order_by(Person.id)
        ).scalars()
    )
    working = select(Person.id).where(Person.id.in_(people), Person.state != "left")
    if move_to is None and (left := len(work.conn.execute(working).all())):
        raise WrongState("People sit in it.", reason="has_people", people=left, next_step="move_people")
    seats = departments_of(work.conn, people)
    led = seat(work, {one: _instead(seats[one], department_id, move_to) for one in people})
    bump(work.conn, {one: ["department_ids"] for one in people})
    work.conn.execute(
        delete(DepartmentClosure).where(
            (DepartmentClosure.ancestor_id == department_id)
            | (DepartmentClosure.descendant_id == department_id)
        )
    )
    work.conn.execute(
        update(Department)
        .where(Department.id == department_id)
        .values(removed_at=work.now, path=f"/{department_id}", parent_id=None, version=Department.version + 1)
    )
    work.audit("department.removed", ("department", department_id), moved_to=move_to, people=len(people))
    tell(work, actor.id, people=list(people), departments=led | {department_id}, moved=people)


def _instead(seats: Sequence[int], gone: int, target: int | None) -> list[int]:
    replaced = [target if one == gone else one for one in seats]
    return list(dict.fromkeys(one for one in replaced if one is not None))


def _lead(work: Work, department_id: int, heads: Sequence[int]) -> list[int]:
    """Heads sit in what they head: who does not yet gets a place there, behind the others. Answers who got one."""
    if len(heads) > MAX_HEADS:
        raise invalid("heads", "too_long", f"At most {MAX_HEADS}.", limit=MAX_HEADS)
    present = select(Person.id).where(Person.id.in_(heads), Person.state != "left", Person.kind == "employee")
    missing = set(heads) - set(work.conn.execute(present).scalars())
    if missing:
        raise invalid("heads", "not_found", "Some of these people are not employees.", ids=sorted(missing))
    seats = departments_of(work.conn, heads)
    new = [one for one in dict.fromkeys(heads) if department_id not in seats[one]]
    for one in new:
        if len(seats[one]) >= MAX_DEPARTMENTS:
            raise invalid(
                "heads", "too_many_departments", f"At most {MAX_DEPARTMENTS}.", limit=MAX_DEPARTMENTS
            )
    seat(work, {one: [*seats[one], department_id] for one in new})
    bump(work.conn, {one: ["department_ids"] for one in new})
    lead(work, department_id, set(heads))
    return new


def _same(wanted: Any, now: Any) -> bool:
    return set(wanted) == set(now) if isinstance(now, list) else wanted == now


def _heads(conn: Connection, department_id: int) -> list[int]:
    return list(
        conn.execute(
            select(PersonDepartment.person_id)
            .where(PersonDepartment.department_id == department_id, PersonDepartment.is_head)
            .order_by(PersonDepartment.person_id)
        ).scalars()
    )


def _clean(name: str) -> str:
    name = clean(name, "name", limit=MAX_DEPARTMENT_NAME, single_line=True)
    if _SEPARATORS & set(name):
        raise invalid(
            "name", "separator", "A name holds none of / > ; because lists part departments by them."
        )
    return name


def _active(conn: Connection, department_id: int, field: str = "") -> Row[Any]:
    """Raises `NotFound`, or `Invalid` where a field names it."""
    row = conn.execute(
        select(Department.__table__).where(Department.id == department_id, Department.removed_at.is_(None))
    ).first()
    if row is not None:
        return row
    if field:
        raise invalid(field, "not_found", "This department is not there (any more).", ids=[department_id])
    raise NotFound()


def _must_fit(conn: Connection, department_id: int, name: str, parent_id: int | None, levels: int) -> None:
    """No sibling of the same name (as lists compare them), not too deep."""
    siblings = select(Department.name).where(
        Department.parent_id.is_not_distinct_from(parent_id),
        Department.removed_at.is_(None),
        Department.id != department_id,
    )
    if department_key(name) in map(department_key, conn.execute(siblings).scalars()):
        raise invalid("name", "duplicate", "There is a department of this name already.", name=name)
    if levels > MAX_LEVELS:
        raise invalid("parent_id", "department_too_deep", f"At most {MAX_LEVELS} levels.", limit=MAX_LEVELS)
