"""The owner changes only by this act, with a reason, an event and an entry in the audit log (OBJ-11, M18)."""

from typing import Any, Literal

from sqlalchemy import select, true, update

from crm_objects.engine import events, history, reading, team
from crm_objects.engine.changing import must_not_be_locked, must_not_be_voided
from crm_objects.engine.creating import department_of
from crm_objects.engine.holding import must_be_owner
from crm_objects.engine.policies import OWNER
from crm_objects.engine.present import OwnerChanged
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.record_type import RecordType
from crm_objects.pools import reach
from server.kit.problems import Forbidden, WrongState
from server.kit.text import clean
from server.work.work import Work

Kept = Literal["none", "read", "write"]
MAX_REASON = 200


def change_owner(
    work: Work,
    desk: Desk,
    record_id: int,
    owner: int,
    reason: str,
    keep: Kept,
    *,
    from_pool: int | None = None,
) -> OwnerChanged:
    """What follows this record and was the former owner's goes with it (CONT-05), unless it is locked. `keep`: the former owner's place
    on the team. `from_pool`: only while it lies there, so that of two who give it out at once one is told (POOL-02).

    Raises `NotFound`, `Forbidden`, `WrongState`, `Locked`, `Invalid` on `owner`, `reason`.
    """
    one = must_find(desk, record_id, lock=True)
    if not one.rights.may(OWNER):
        raise Forbidden("Your roles do not let you change this owner.", next_step="ask_manager")
    must_not_be_voided(one)
    must_not_be_locked(desk, one)
    _must_lie_in(desk, one, from_pool)
    _must_not_keep_owner(desk, one)
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=one.rights.keeps_owner)
    must_be_owner(work.conn, owner)
    former = one.row.owner_id
    if owner != former:
        pool = one.row.pool_id if former is None and desk.kind.pooled else None
        _give(work, desk, desk.kind, record_id, one.row.version, (former, owner), said, pool)
        team.forget(work, desk.kind, record_id, owner)
        if keep != "none" and former is not None:
            team.put(work, desk, record_id, former, "co_follower", keep)
        for kind in desk.kinds.values():
            _take_along(work, desk, kind, record_id, (former, owner), said, pool)
        work.audit("record.owner_changed", (desk.kind.kind, record_id), former=former, owner=owner)
    row = desk.conn.execute(desk.readable().where(desk.kind.table.c.id == record_id)).first()
    if row is None:
        return OwnerChanged(None, [])
    shown = reading.item(desk, reading.found(desk, row))
    return OwnerChanged(shown.item, shown.also)


def _must_lie_in(desk: Desk, one: Found, pool: int | None) -> None:
    if pool is not None and desk.kind.pooled and (one.row.owner_id is not None or one.row.pool_id != pool):
        raise WrongState("It lies in this pool no longer.", reason="not_in_pool", owner=one.row.owner_id)


def _must_not_keep_owner(desk: Desk, one: Found) -> None:
    """What its home pool keeps with its owner only the pool's administrators give to another, and say why (M18, W5)."""
    if not one.rights.may_give:
        people = reach.administrators_of(desk.conn, one.row.pool_id)
        detail = "The pool that it comes from lets its owner not be changed."
        raise WrongState(
            detail, reason="owner_fixed", next_step="ask_pool_administrators", people=list(people)[:10]
        )


def _give(
    work: Work,
    desk: Desk,
    kind: RecordType,
    record_id: int,
    version: int,
    owners: tuple[int | None, int],
    reason: str,
    pool: int | None,
) -> None:
    """`pool`: out of which it goes."""
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
    event.asks_again = events.whose_reach_may_end(work.conn, former, owner, pool=pool)


def _take_along(
    work: Work,
    desk: Desk,
    kind: RecordType,
    record_id: int,
    owners: tuple[int | None, int],
    reason: str,
    pool: int | None,
) -> None:
    link = kind.parent
    if link is None or link.to != desk.kind.kind:
        return
    t = kind.table
    # What had no owner follows its customer, locked or not.
    stays = t.c.locked_at.is_(None) if owners[0] is not None else true()
    rows: list[Any] = list(
        work.conn.execute(
            select(t.c.id, t.c.version)
            .where(t.c[link.name] == record_id, t.c.owner_id == owners[0], stays)
            .order_by(t.c.id)
            .with_for_update()
        )
    )
    for row in rows:
        _give(work, desk, kind, row.id, row.version, owners, reason, pool)
