"""Changing fields: what others changed meanwhile stays, unless it is the same field (W25, OBJ-18)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import select, update

from crm_objects.duplicates import hashes, verdicts
from crm_objects.duplicates.checking import must_be_new
from crm_objects.duplicates.verdicts import DuplicateAnswer
from crm_objects.engine import (
    custom_values,
    events,
    history,
    line_values,
    present,
    reading,
    record_files,
    working_out,
)
from crm_objects.engine.creating import as_custom, sounds
from crm_objects.engine.families import must_not_circle
from crm_objects.engine.filling import parsed
from crm_objects.engine.holding import must_hang_there
from crm_objects.engine.pipeline import FIELD
from crm_objects.engine.present import ChangedRecord
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.wrong import Wrong, gathered
from server.kit.problems import FieldError, Forbidden, Locked, StaleVersion, WrongState
from server.org.models import Person
from server.work.work import Work


def change(
    work: Work,
    desk: Desk,
    record_id: int,
    version: int,
    fields: Mapping[str, Any],
    answers: Sequence[DuplicateAnswer] = (),
) -> ChangedRecord:
    """Only the fields given. The same values again change nothing. `answers`: what was said of what is like it.

    Raises `NotFound`, `Forbidden`, `WrongState` when voided, `Locked`, `Invalid` naming every wrong field, `Duplicate`, `StaleVersion` with
    both values of every field that somebody else changed since `version`.
    """
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    must_not_be_locked(desk, one)
    wrong: dict[str, Wrong] = {}
    values = parsed(desk, fields, wrong)
    for name in values:
        if not _may_fill(desk, one, name):
            wrong[name] = Wrong("not_clear", "You do not see this field in clear, so you cannot change it.")
    if wrong:
        raise gathered(wrong)
    changed = {name: value for name, value in values.items() if value != one.stored[name]}
    versions: dict[str, int] = msgspec.json.decode(one.row.field_versions)
    _check_fresh(desk, one, version, versions, changed, fields)
    merged = [
        name
        for name, at in versions.items()
        if at > version and name not in values and _is_seen(desk, one, name)
    ]
    if changed:
        must_hang_there(desk, one, changed)
        must_not_circle(desk, record_id, changed)
        kept = must_be_new(work, desk, one.stored | changed, changed, record_id, answers)
        _write(work, desk, one, versions, changed)
        verdicts.keep(work, desk, record_id, kept)
        one = must_find(desk, record_id)
    shown = reading.item(desk, one)
    return ChangedRecord(shown.item, shown.also, merged)


def must_write(one: Found) -> None:
    """Raises `Forbidden`, and `WrongState` when it is in the recycle bin."""
    if not one.rights.may_write:
        raise Forbidden(
            "Only the owner, the writing team and who is over them change this.", next_step="ask_owner"
        )
    must_not_be_voided(one)


def must_not_be_voided(one: Found) -> None:
    if one.row.voided_at is not None:
        raise WrongState("This is in the recycle bin.", reason="voided", next_step="restore")


def must_not_be_locked(desk: Desk, one: Found) -> None:
    """Raises `Locked`, saying who locked it and when (OBJ-01, N23)."""
    if one.row.locked_at is not None:
        who = desk.conn.execute(select(Person.name).where(Person.id == one.row.locked_by)).scalar_one()
        since = one.row.locked_at.isoformat(timespec="minutes")
        raise Locked(
            f"{who} locked this at {since}.",
            locked_by=one.row.locked_by,
            locked_at=one.row.locked_at,
            name=who,
            next_step="ask_owner",
        )


def keep(work: Work, desk: Desk, one: Found, found_out: Mapping[str, Any]) -> None:
    """Stored values of fields that nobody fills in by hand; `one` was locked."""
    changed = {name: value for name, value in found_out.items() if value != one.stored[name]}
    if changed:
        _write(work, desk, one, msgspec.json.decode(one.row.field_versions), changed)


def _may_fill(desk: Desk, one: Found, name: str) -> bool:
    cls = desk.shape.fields[name].cls
    seen = one.rights.sees(cls)
    return seen == "clear" or (cls == "identity" and seen == "masked")


def _is_seen(desk: Desk, one: Found, name: str) -> bool:
    field = desk.shape.fields.get(name)
    return field is not None and one.rights.sees(field.cls) != "hidden"


def _check_fresh(
    desk: Desk,
    one: Found,
    version: int,
    versions: Mapping[str, int],
    changed: Mapping[str, Any],
    given: Mapping[str, Any],
) -> None:
    stale = [name for name in changed if versions.get(name, 1) > version]
    if not stale:
        return
    titles = reading.titles_for(desk, [one])
    errors = []
    for name in stale:
        field = desk.shape.fields[name]
        now = present.masked(field, one.stored[name], one.rights.sees(field.cls), titles)
        both = {"yours": given[name], "now": now}
        errors.append(
            FieldError(f"fields.{name}", "stale_version", "Somebody else changed this meanwhile.", both)
        )
    raise StaleVersion(errors=tuple(errors), version=one.row.version)


def _write(
    work: Work, desk: Desk, one: Found, versions: Mapping[str, int], changed: Mapping[str, Any]
) -> None:
    version = one.row.version + 1
    whole = store(work, desk, one, versions, changed, version)
    record_files.follow(work, desk, one.id, changed, one.stored)
    history.write(work, desk.actor, desk.kind, one.id, "changed", told(desk, one, whole))
    events.tell(work, desk.kind, one.id, version, desk.actor.id)


def store(
    work: Work,
    desk: Desk,
    one: Found,
    versions: Mapping[str, int],
    changed: Mapping[str, Any],
    version: int,
    besides: Mapping[str, Any] = MappingProxyType({}),
    at: str = "",
) -> dict[str, Any]:
    """These stored values as of `version`, wherever they lie, and `besides` in the record's own row; `one` is locked. Tells nobody,
    and hangs no files. Answers the values with those that follow from them.

    Raises `Invalid` on `fields.NAME`, or on `at` for what is `besides`, where something could not be worked out with it.
    """
    shape, t = desk.shape, desk.kind.table
    custom = {shape.fields[name]: value for name, value in changed.items() if shape.fields[name].custom_id}
    own = line_values.columns_of(shape.fields, changed)
    also: dict[str, Any] = sounds(changed[desk.kind.title]) if desk.kind.title in changed else {}
    if custom:
        also["custom"] = as_custom(msgspec.json.decode(one.row.custom), custom)
    moved = {**versions, **dict.fromkeys(changed, version)}
    paths = {**{name: f"fields.{name}" for name in changed}, **dict.fromkeys(besides, at)}
    fresh = {**own, **besides}
    following = working_out.following(
        desk.kind,
        {**one.stored, FIELD: one.row.stage, **fresh},
        fresh.keys(),
        lambda field: one.rights.sees(field.cls) == "clear",
        paths,
    )
    work.conn.execute(
        update(t)
        .where(t.c.id == one.id)
        .values(
            **fresh,
            **following,
            **also,
            version=version,
            field_versions=msgspec.json.encode(moved).decode(),
            updated_at=work.now,
        )
    )
    custom_values.write(work.conn, one.id, custom)
    line_values.write(work.conn, desk.kind, one.id, changed)
    hashes.follow(work.conn, shape, work.company.secrets, one.id, {**one.stored, **changed}, changed)
    return {**changed, **following}


def told(desk: Desk, one: Found, changed: Mapping[str, Any]) -> list[history.Change]:
    """As the history keeps it."""
    return [
        (name, kept(desk, name, one.stored[name]), kept(desk, name, value)) for name, value in changed.items()
    ]


def kept(desk: Desk, name: str, stored: Any) -> Any:
    return None if stored is None else desk.shape.fields[name].kept(stored)
