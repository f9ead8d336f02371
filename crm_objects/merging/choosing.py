"""Which value of each field the survivor has: the chosen one of two that one sees in clear; of what one does not see its own, and the
other's where it has none."""

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import select

from crm_objects.engine.fields import Field
from crm_objects.engine.reading import Desk, Found
from crm_objects.engine.wrong import Wrong, gathered
from crm_objects.merging.carrying import is_registered

Side = Literal["mine", "theirs"]
MOST_NAME, DEEPEST = 60, 50


def differing(desk: Desk, survivor: Found, other: Found) -> list[Field]:
    """What there is to choose: fields whose values differ, and are clear to the actor on both."""
    tree = desk.kind.tree
    return [
        field
        for name, field in desk.shape.fields.items()
        if not field.computed
        and survivor.stored[name] != other.stored[name]
        and _is_clear(field, survivor, other)
        and (tree is None or name != tree.name or not _is_between(desk, survivor, other))
    ]


def suggested(survivor: Found, name: str) -> Side:
    """Where nothing is said: one's own, and the other's where that is empty."""
    return "theirs" if survivor.stored[name] is None else "mine"


def chosen(desk: Desk, survivor: Found, other: Found, said: Mapping[str, Side]) -> dict[str, Any]:
    """What changes on the survivor, as stored values. Both are locked. Raises `Invalid` on `fields.NAME`: `unknown`, `readonly`,
    `not_clear`, `record_cycle`."""
    wrong: dict[str, Wrong] = {}
    for name in said:
        field = desk.shape.fields.get(name)
        if field is None:
            wrong[name[:MOST_NAME]] = Wrong("unknown", "There is no such field.")
        elif field.computed:
            wrong[name] = Wrong("readonly", "This field follows from others.")
        elif not _is_clear(field, survivor, other):
            wrong[name] = Wrong("not_clear", "You do not see this field in clear on both.")
    if wrong:
        raise gathered(wrong)
    values = {
        name: (survivor if said.get(name, suggested(survivor, name)) == "mine" else other).stored[name]
        for name, field in desk.shape.fields.items()
        if not field.computed
    }
    values |= _registered(desk, survivor, other) | _hung(desk, survivor, other, values, said)
    return {name: value for name, value in values.items() if value != survivor.stored[name]}


def _is_clear(field: Field, survivor: Found, other: Found) -> bool:
    return survivor.rights.sees(field.cls) == "clear" == other.rights.sees(field.cls)


def _registered(desk: Desk, survivor: Found, other: Found) -> dict[str, Any]:
    """The mark of a registration goes with the registration."""
    if not desk.kind.registry or is_registered(desk, survivor.id) or not is_registered(desk, other.id):
        return {}
    return {desk.kind.registry: other.stored[desk.kind.registry]}


def _hung(
    desk: Desk, survivor: Found, other: Found, values: Mapping[str, Any], said: Mapping[str, Side]
) -> dict[str, Any]:
    """Where it hangs in its family: never below itself, nor below what was merged into it. One that hung below the other takes the
    other's place, because what lies between them hangs below it from now on."""
    link = desk.kind.tree
    if link is None:
        return {}
    if _is_between(desk, survivor, other):
        return {link.name: other.stored[link.name]}
    if not leads_to(desk, values[link.name], survivor.id, other.id):
        return {}
    if said.get(link.name) == "theirs":
        raise gathered({link.name: Wrong("record_cycle", "It would hang below itself.")})
    return {link.name: None if values[link.name] == other.stored[link.name] else survivor.stored[link.name]}


def _is_between(desk: Desk, survivor: Found, other: Found) -> bool:
    """The survivor hangs below the other, however far."""
    link = desk.kind.tree
    return link is not None and leads_to(desk, survivor.stored[link.name], other.id)


def leads_to(desk: Desk, above: int | None, *ends: int) -> bool:
    """Whether going up from `above` one meets one of these records (or no end)."""
    t, link = desk.kind.table, desk.kind.tree
    assert link is not None
    for _ in range(DEEPEST):
        if above is None or above in ends:
            break
        above = desk.conn.execute(select(t.c[link.name]).where(t.c.id == above)).scalar()
    return above is not None
