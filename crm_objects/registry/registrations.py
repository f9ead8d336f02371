"""What a registry said, kept with a record: its mark is a field that the engine writes, so lists show it and filter by it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from crm_objects.engine import changing
from crm_objects.engine.belongings import RecordRegistration
from crm_objects.engine.changing import must_not_be_locked, must_write
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.registry.provider import Registration
from server.db.base import table
from server.events.envelope import Change
from server.kit.problems import NotFound
from server.people.present import person_puts_for
from server.work.work import Work

_KEPT = table(RecordRegistration)


class RegistrationView(msgspec.Struct, frozen=True):
    """`provider` and `data.ref` name it in its registry; `fetched_by` is a person."""

    provider: str
    data: Registration
    fetched_at: datetime
    fetched_by: int


class Registered(msgspec.Struct, frozen=True):
    """`registration` is null where none was chosen."""

    registration: RegistrationView | None
    also: list[Change] = []


def kept(desk: Desk, record_id: int) -> Registered:
    """Raises `NotFound`."""
    must_find(desk, record_id)
    _must_have_mark(desk)
    row = _row(desk.conn, desk.kind.kind, record_id)
    if row is None:
        return Registered(None)
    data = msgspec.json.decode(row.data, type=Registration)
    view = RegistrationView(row.provider, data, row.fetched_at, row.fetched_by)
    return Registered(view, list(person_puts_for(desk.conn, desk.actor, [row.fetched_by])))


def must_keep(desk: Desk, record_id: int) -> None:
    """Before anybody outside is asked. Raises as `keep`."""
    one = must_find(desk, record_id)
    must_write(one)
    must_not_be_locked(desk, one)
    _must_have_mark(desk)


def keep(work: Work, desk: Desk, record_id: int, provider: str, told: Registration) -> Registered:
    """In place of what was kept before. Raises `NotFound`, `Forbidden`, `WrongState`."""
    one = _locked(desk, record_id)
    _forget(work.conn, desk.kind.kind, record_id)
    row = {
        "kind": desk.kind.kind,
        "record_id": record_id,
        "provider": provider,
        "ref": told.ref,
        "data": msgspec.json.encode(told).decode(),
        "fetched_at": work.now,
        "fetched_by": desk.actor.id,
    }
    work.conn.execute(insert(_KEPT).values(row))
    changing.keep(work, desk, one, {desk.kind.registry: told.name[:200]})
    return kept(desk, record_id)


def darken(work: Work, desk: Desk, record_id: int) -> None:
    """It was another company: nothing is kept any more. Raises as `keep`."""
    one = _locked(desk, record_id)
    _forget(work.conn, desk.kind.kind, record_id)
    changing.keep(work, desk, one, {desk.kind.registry: None})


def _locked(desk: Desk, record_id: int) -> Found:
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    must_not_be_locked(desk, one)
    _must_have_mark(desk)
    return one


def _must_have_mark(desk: Desk) -> None:
    """Kinds of no registry have no such thing."""
    if not desk.kind.registry:
        raise NotFound()


def _row(conn: Connection, kind: str, record_id: int) -> Any:
    return conn.execute(select(_KEPT).where(_KEPT.c.kind == kind, _KEPT.c.record_id == record_id)).first()


def _forget(conn: Connection, kind: str, record_id: int) -> None:
    conn.execute(delete(_KEPT).where(_KEPT.c.kind == kind, _KEPT.c.record_id == record_id))
