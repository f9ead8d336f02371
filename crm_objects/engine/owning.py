"""The owner changes only by this act, with a reason, an event and an entry in the audit log (OBJ-11, M18)."""

from typing import Any, Literal

from sqlalchemy import select, update

from crm_objects.engine import events, history, reading, team
from crm_objects.engine.changing import must_not_be_locked, must_not_be_voided
from crm_objects.engine.creating import department_of, must_be_owner
from crm_objects.engine.policies import OWNER
from crm_objects.engine.present import OwnerChanged
from crm_objects.engine.reading import Desk, must_find
from crm_objects.engine.record_type import RecordType
from server.kit.problems import Forbidden
from server.kit.text import clean
from server.work.work import Work

Kept = Literal["none", "read", "write"]
MAX_REASON = 200


def change_owner(work: Work, desk: Desk, record_id: int, owner: int, reason: str, keep: Kept) -> OwnerChanged:
    """What follows this record and was the former owner's goes with it (CONT-05), unless it is locked. `keep`: the former owner's place
    on the team.

    Raises `NotFound`, `Forbidden`, `WrongState`, `Locked`, `Invalid` on `owner`, `reason`.
    """
    one = must_find(desk, record_id, lock=True)
    if not one.rights.may(OWNER):
        raise Forbidden("Your roles do not let you change this owner.", next_step="ask_manager")
    must_not_be_voided(one)
    must_not_be_locked(desk, one)
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=False)
    must_be_owner(work.conn, owner)
    former = one.row.owner_id
    if owner != former:
        _give(work, desk, desk.kind, record_id, one.row.version, (former, owner), said)
        team.forget(work, desk.kind, record_id, owner)
        if keep != "none" and former is not None:
            team.put(work, desk, record_id, former, "co_follower", keep)
        for kind in desk.kinds.values():
            _take_along(work, desk, kind, record_id, (former, owner), said)
        work.audit("record.owner_changed", (desk.kind.kind, record_id), former=former, owner=owner)
    row = desk.conn.execute(desk.readable().where(desk.kind.table.c.id == record_id)).first()
    if row is None:
        return OwnerChanged(None, [])
    shown = reading.item(desk, reading.found(desk, row))
    return OwnerChanged(shown.item, shown.also)


def _give(
    work: Work,
    desk: Desk,
    kind: RecordType,
    record_id: int,
    version: int,
    owners: tuple[int | None, int],
    reason: str,
) -> None:
    former, owner = owners
    work.conn.execute(
        update(kind.table)
        .where(kind.table.c.id == record_id)
        .values(
            owner_id=owner,
            department_id=department_of(work.conn, owner),
            version=version + 1,
            updated_at=work.now,
        )
    )
    history.write(work, desk.actor, kind, record_id, "owner_changed", [("owner", former, owner)], reason)
    event = events.tell(work, kind, record_id, version + 1, desk.actor.id)
    # Whose right ended with the former owner hears this, and nothing after it.
    event.asks_again = events.whose_reach_may_end(work.conn, former, owner)


def _take_along(
    work: Work, desk: Desk, kind: RecordType, record_id: int, owners: tuple[int | None, int], reason: str
) -> None:
    link = kind.parent
    if link is None or link.to != desk.kind.kind:
        return
    t = kind.table
    rows: list[Any] = list(
        work.conn.execute(
            select(t.c.id, t.c.version)
            .where(t.c[link.name] == record_id, t.c.owner_id == owners[0], t.c.locked_at.is_(None))
            .order_by(t.c.id)
            .with_for_update()
        )
    )
    for row in rows:
        _give(work, desk, kind, row.id, row.version, owners, reason)
