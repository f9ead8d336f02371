"""A record moves to another stage of its kind, if the stage lets it in."""

from typing import Any

import msgspec

from crm_objects.engine import events, history, reading
from crm_objects.engine.changing import must_not_be_locked, must_write, store, told
from crm_objects.engine.pipeline import FIELD, Stage
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, Found, must_find
from server.kit.problems import FieldError, Forbidden, Invalid, StaleVersion, invalid
from server.kit.text import clean
from server.work.work import Work

MAX_REASON = 200


def move(work: Work, desk: Desk, record_id: int, stage: str, version: int | None, reason: str) -> RecordItem:
    """To where it stands already: nothing changes.

    Raises `NotFound`, `Forbidden`, `WrongState`, `Locked`, `StaleVersion` when somebody moved it since `version`, `Invalid` on `stage`, on
    `reason`, and on every field that the stage wants filled in.
    """
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    must_not_be_locked(desk, one)
    into = next((at for at in desk.kind.stages if at.code == stage), None)
    if into is None:
        raise invalid(FIELD, "choice", "This kind has no such stage.")
    if one.row.stage == stage:
        return reading.item(desk, one)
    versions: dict[str, int] = msgspec.json.decode(one.row.field_versions)
    _check_fresh(one, versions.get(FIELD, 1), version, stage)
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=into.needs_reason)
    _guard(desk, one, into)
    following = write_alone(work, desk, one, FIELD, stage, versions, FIELD)
    changes = [(FIELD, one.row.stage, stage), *following]
    history.write(work, desk.actor, desk.kind, record_id, "stage_changed", changes, said)
    return reading.show(desk, record_id)


def write_alone(
    work: Work, desk: Desk, one: Found, column: str, value: Any, versions: dict[str, int], at: str
) -> list[history.Change]:
    """One column under the record's lock, as a new version. Answers what follows from it. Raises `Invalid` on `at`."""
    version = one.row.version + 1
    moved = {**versions, column: version}
    following = store(work, desk, one, moved, {}, version, {column: value}, at)
    events.tell(work, desk.kind, one.id, version, desk.actor.id)
    return told(desk, one, following)


def _check_fresh(one: Found, moved_at: int, version: int | None, stage: str) -> None:
    if version is None or moved_at <= version:
        return
    both = {"yours": stage, "now": one.row.stage}
    error = FieldError(FIELD, "stale_version", "Somebody else moved this meanwhile.", both)
    raise StaleVersion(errors=(error,), version=one.row.version)


def _guard(desk: Desk, one: Found, into: Stage) -> None:
    if into.capability and not desk.actor.can(into.capability):
        raise Forbidden("Your roles do not let you move records into this stage.", next_step="ask_manager")
    missing = [name for name in into.required if one.stored.get(name) in (None, (), False)]
    if missing:
        # What is hidden from the actor is not said to be empty.
        seen = [name for name in missing if one.rights.sees(desk.shape.fields[name].cls) != "hidden"]
        params = {FIELD: into.code}
        errors = [FieldError(f"fields.{name}", "required", "This stage needs it.", params) for name in seen]
        if len(seen) < len(missing):
            detail = "Something is missing that you do not see; the owner does."
            errors.append(FieldError(FIELD, "guarded", detail, params))
        raise Invalid("Some fields are needed before this stage.", errors=tuple(errors))
