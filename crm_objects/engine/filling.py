"""From what somebody filled in to stored values: every wrong field is named at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from crm_objects.engine import record_files
from crm_objects.engine.fields import Field
from crm_objects.engine.reading import Desk
from crm_objects.engine.rights import Rights
from crm_objects.engine.wrong import Wrong
from server.org.models import Department, Person

MOST_NAME = 60


def parsed(desk: Desk, given: Mapping[str, Any], wrong: dict[str, Wrong]) -> dict[str, Any]:
    """Stored values by field; what is refused is added to `wrong`. People, departments and linked records are looked up, one query for
    each kind of them."""
    values: dict[str, Any] = {}
    for name, value in given.items():
        field = desk.shape.find(name)
        try:
            values[name] = _one(field, value)
        except Wrong as refusal:
            wrong[name[:MOST_NAME]] = refusal
            values.pop(name, None)
    for name in (*_unknown_things(desk, values), *record_files.look_up(desk, values)):
        wrong[name] = Wrong("not_found", "There is no such thing, or you may not see it.")
    return values


def _one(field: Field | None, value: Any) -> Any:
    if field is None:
        raise Wrong("unknown", "There is no such field.")
    if field.is_readonly:
        raise Wrong("readonly", "This field is not filled in by hand.")
    stored = None if value is None else field.parse(value)
    if stored is None and field.type == "flag":
        return False
    if stored is None and field.required:
        raise Wrong("required", "Please fill this in.")
    return stored


def _unknown_things(desk: Desk, values: Mapping[str, Any]) -> list[str]:
    """Fields that name nobody and nothing."""
    by_target: dict[str, dict[str, int]] = {}
    for name, value in values.items():
        field = desk.shape.find(name)
        if value is not None and field is not None and field.type in ("person", "department", "link"):
            by_target.setdefault(str(field.limits.get("link", field.type)), {})[name] = value
    missing = []
    for target, wanted in by_target.items():
        there = _there(desk, target, set(wanted.values()))
        missing += [name for name, value in wanted.items() if value not in there]
    return missing


def _there(desk: Desk, target: str, ids: set[int]) -> set[int]:
    if target == "person":
        people = select(Person.id).where(Person.id.in_(ids), Person.state != "left")
        return set(desk.conn.execute(people).scalars())
    if target == "department":
        departments = select(Department.id).where(Department.id.in_(ids), Department.removed_at.is_(None))
        return set(desk.conn.execute(departments).scalars())
    kind = desk.kinds[target]
    t = kind.table
    readable = select(t.c.id).where(t.c.id.in_(ids), Rights(desk.actor, kind, desk.kinds).readable())
    # Against being merged away meanwhile: a merge moves every link that it finds.
    held = readable.with_for_update(read=True, key_share=True, of=t)
    return set(desk.conn.execute(held).scalars())
