"""A locked record is not changed until it is unlocked, and on wish nothing that follows it either (OBJ-01, OBJ-02, M19)."""

from typing import Any

from sqlalchemy import select, update

from crm_objects.engine import events, history, reading
from crm_objects.engine.changing import must_not_be_voided
from crm_objects.engine.policies import LOCK
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.record_type import RecordType
from server.kit.problems import Forbidden
from server.work.work import Work


def lock(work: Work, desk: Desk, record_id: int, subordinate: bool) -> RecordItem:
    """`subordinate`: the contacts of a customer too. What is locked already stays as it is.

    Raises `NotFound`, `Forbidden`, `WrongState` when voided."""
    return _turn(work, desk, record_id, subordinate, locked=True)


def unlock(work: Work, desk: Desk, record_id: int, subordinate: bool) -> RecordItem:
    """`subordinate`: what follows it and is locked too. Raises `NotFound`, `Forbidden`, `WrongState` when voided."""
    return _turn(work, desk, record_id, subordinate, locked=False)


def _turn(work: Work, desk: Desk, record_id: int, subordinate: bool, *, locked: bool) -> RecordItem:
    one = must_find(desk, record_id, lock=True)
    _must_lead(one)
    must_not_be_voided(one)
    turned = 0
    if (one.row.locked_at is not None) != locked:
        _mark(work, desk, desk.kind, one.row, locked=locked)
        turned += 1
    if subordinate:
        for kind in desk.kinds.values():
            for row in _following(work, desk, kind, record_id, locked=not locked):
                _mark(work, desk, kind, row, locked=locked)
                turned += 1
    if turned:
        act = "record.locked" if locked else "record.unlocked"
        work.audit(act, (desk.kind.kind, record_id), records=turned)
    return reading.show(desk, record_id)


def _must_lead(one: Found) -> None:
    if not (one.rights.may_write and one.rights.may(LOCK)):
        raise Forbidden("The owner and who is over them lock and unlock this.", next_step="ask_owner")


def _following(work: Work, desk: Desk, kind: RecordType, record_id: int, *, locked: bool) -> list[Any]:
    """What follows this record and is (not) locked, in the order in which everybody takes them."""
    link, t = kind.parent, kind.table
    if link is None or link.to != desk.kind.kind:
        return []
    state = t.c.locked_at.is_not(None) if locked else t.c.locked_at.is_(None)
    return list(
        work.conn.execute(
            select(t.c.id, t.c.version)
            .where(t.c[link.name] == record_id, t.c.voided_at.is_(None), state)
            .order_by(t.c.id)
            .with_for_update()
        )
    )


def _mark(work: Work, desk: Desk, kind: RecordType, row: Any, *, locked: bool) -> None:
    t, version = kind.table, row.version + 1
    work.conn.execute(
        update(t)
        .where(t.c.id == row.id)
        .values(
            locked_at=work.now if locked else None,
            locked_by=desk.actor.id if locked else None,
            version=version,
            updated_at=work.now,
        )
    )
    history.write(work, desk.actor, kind, row.id, "locked" if locked else "unlocked")
    events.tell(work, kind, row.id, version, desk.actor.id)
