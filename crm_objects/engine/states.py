"""A choice that is changed by an act of its own, with a reason: how a customer stands (OBJ-04, CUST-13)."""

import msgspec

from crm_objects.engine import history, reading
from crm_objects.engine.changing import must_not_be_locked, must_write
from crm_objects.engine.moving import MAX_REASON, write_alone
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, must_find
from server.kit.problems import FieldError, NotFound, StaleVersion, invalid
from server.kit.text import clean
from server.work.work import Work


def change(
    work: Work, desk: Desk, record_id: int, name: str, value: str, version: int | None, reason: str
) -> RecordItem:
    """The same value again: nothing changes.

    Raises `NotFound` also for a field that has no act, `Forbidden`, `WrongState`, `Locked`, `StaleVersion`, `Invalid` on `value`,
    `reason`.
    """
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    must_not_be_locked(desk, one)
    field = desk.shape.fields.get(name)
    if field is None or not field.by_act or one.rights.sees(field.cls) != "clear":
        raise NotFound()
    if value not in {choice.code for choice in field.choices}:
        raise invalid("value", "choice", "This is not one of the choices.")
    before = one.stored[name]
    if before == value:
        return reading.item(desk, one)
    versions: dict[str, int] = msgspec.json.decode(one.row.field_versions)
    if version is not None and versions.get(name, 1) > version:
        both = {"yours": value, "now": before}
        error = FieldError("value", "stale_version", "Somebody else changed this meanwhile.", both)
        raise StaleVersion(errors=(error,), version=one.row.version)
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True)
    following = write_alone(work, desk, one, name, value, versions, "value")
    changes = [(name, before, value), *following]
    history.write(work, desk.actor, desk.kind, record_id, "state_changed", changes, said)
    return reading.show(desk, record_id)
