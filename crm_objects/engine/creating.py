"""A new record: its title and owner suffice (CUST-06)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from crm_objects.duplicates import hashes, verdicts
from crm_objects.duplicates.checking import must_be_new
from crm_objects.duplicates.verdicts import DuplicateAnswer
from crm_objects.engine import (
    custom_values,
    events,
    history,
    line_values,
    reading,
    record_files,
    word_index,
    working_out,
)
from crm_objects.engine.fields import Field
from crm_objects.engine.filling import parsed
from crm_objects.engine.holding import Holding, Wanted, held_by
from crm_objects.engine.pipeline import FIELD
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk
from crm_objects.engine.shape import Shape
from crm_objects.engine.wrong import Wrong, gathered
from server.org.models import PersonDepartment
from server.people.spelling import sound_of
from server.work.work import Work


def create(
    work: Work,
    desk: Desk,
    fields: Mapping[str, Any],
    wanted: Wanted,
    answers: Sequence[DuplicateAnswer] = (),
) -> int:
    """The new record's id. Where no owner is named it goes to the owner of what it follows, else to the actor (CUST-07, M20).

    `answers`: what was said of what is like it. Raises `Invalid` naming every wrong field, or on `owner`, `pool`; `Duplicate`,
    `RateLimited`.
    """
    wrong: dict[str, Wrong] = {}
    values = parsed(desk, fields, wrong)
    for name, field in desk.shape.fields.items():
        if field.required and values.get(name) is None and name not in wrong:
            wrong[name] = Wrong("required", "Please fill this in.")
    if wrong:
        raise gathered(wrong)
    values |= _following(desk, values)
    # Before values are held: who gets its customer at the same moment holds that row (`in_turn.py`).
    holding = held_by(desk, values, wanted)
    kept = must_be_new(work, desk, values, values, None, answers)
    record_id = _insert(work, desk, values, holding)
    hashes.follow(work.conn, desk.shape, work.company.secrets, record_id, values, values)
    history.write(work, desk.actor, desk.kind, record_id, "created", _said(desk.shape, values))
    verdicts.keep(work, desk, record_id, kept)
    events.tell(work, desk.kind, record_id, 1, desk.actor.id)
    return record_id


def department_of(conn: Connection, person_id: int) -> int | None:
    """The person's main department."""
    query = select(PersonDepartment.department_id).where(
        PersonDepartment.person_id == person_id, PersonDepartment.is_main
    )
    return conn.execute(query).scalar()


def _insert(work: Work, desk: Desk, values: Mapping[str, Any], holding: Holding) -> int:
    shape, t = desk.shape, desk.kind.table
    filled = {name: value for name, value in values.items() if value is not None}
    custom = {shape.fields[name]: value for name, value in filled.items() if shape.fields[name].custom_id}
    own = line_values.columns_of(shape.fields, filled)
    record_id = int(
        work.conn.execute(
            insert(t)
            .values(
                **own,
                **sounds(values[desk.kind.title]),
                **_first_states(desk),
                **_place_of(work.conn, desk, holding),
                custom=as_custom({}, custom),
                created_at=work.now,
                created_by=desk.actor.id,
                updated_at=work.now,
            )
            .returning(t.c.id)
        ).scalar_one()
    )
    custom_values.write(work.conn, record_id, custom)
    line_values.write(work.conn, desk.kind, record_id, filled)
    record_files.follow(work, desk, record_id, filled, {})
    return record_id


def _following(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from what was given: its maker knows all of it, whatever they will see of it."""
    empty = {one.name: False if one.type == "flag" else None for one in desk.kind.fields}
    now = {**empty, FIELD: "", **line_values.columns_of(desk.shape.fields, values), **_first_states(desk)}
    paths = {name: f"fields.{name}" for name, value in values.items() if value is not None}
    return working_out.following(desk.kind, now, now.keys(), lambda field: True, paths)


def _place_of(conn: Connection, desk: Desk, holding: Holding) -> dict[str, int | None]:
    owner = holding.owner
    place = {"owner_id": owner, "department_id": None if owner is None else department_of(conn, owner)}
    return {**place, "pool_id": holding.pool} if desk.kind.pooled else place


def _first_states(desk: Desk) -> dict[str, str]:
    """Where it begins: its first stage, and the first choice of what only an act changes."""
    acted = {one.name: one.choices[0].code for one in desk.kind.fields if one.by_act}
    return {**acted, "stage": desk.kind.stages[0].code} if desk.kind.stages else acted


def sounds(title: str) -> dict[str, str]:
    """The columns that follow from the title."""
    spelled, initials = sound_of(title)
    terms = word_index.terms_for(title, spelled, initials)
    return {"spelled": spelled, "initials": initials, "terms": terms}


def as_custom(now: Mapping[str, Any], changed: Mapping[Field, Any]) -> str:
    """The record's `custom` with these stored values."""
    kept = {field.name: None if value is None else field.kept(value) for field, value in changed.items()}
    whole = {**now, **kept}
    return json.dumps({name: value for name, value in whole.items() if value is not None}, ensure_ascii=False)


def _said(shape: Shape, values: Mapping[str, Any]) -> list[history.Change]:
    return [
        (name, None, shape.fields[name].kept(value))
        for name, value in values.items()
        if value is not None and value is not False
    ]


def shown_again(desk: Desk, record_id: int) -> RecordItem:
    """The answer to the request that made it, and to the same request later."""
    return reading.show(desk, record_id)
