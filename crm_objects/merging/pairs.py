"""The two records of a merge, held until COMMIT, and who may merge them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from crm_objects.engine.changing import must_not_be_locked
from crm_objects.engine.families import TREE_LOCK
from crm_objects.engine.policies import WRITE
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.record_type import RecordType
from server.kit.problems import FieldError, Forbidden, NotFound, StaleVersion, WrongState, invalid

UNDOABLE = timedelta(days=7)
Linked = list[tuple[RecordType, str, list[Any]]]


def two(desk: Desk, record_id: int, other_id: int, *, lock: bool) -> tuple[Found, Found]:
    """The smaller id first, so that two merges at once wait and do not fall over each other.

    Raises `NotFound`, also for kinds that are not merged, `Merged`, `Forbidden`, `WrongState` for what is voided and where one of the two
    lies in a pool, `Locked`, `Invalid` on `other`: `self`, `not_found`.
    """
    if not desk.kind.can_merge:
        raise NotFound()
    if other_id == record_id:
        raise invalid("other", "self", "Another one than this.")
    both: dict[int, Found] = {}
    for one in sorted((record_id, other_id)):
        try:
            both[one] = must_find(desk, one, lock=lock)
        except NotFound:
            if one == record_id:
                raise
    survivor = both.get(record_id) or must_find(desk, record_id)
    other = both.get(other_id)
    if other is None:
        raise invalid("other", "not_found", "There is no such thing, or you may not see it.")
    for each in (survivor, other):
        must_lead(each)
    for each in (survivor, other):
        must_be_open(desk, each)
    _must_be_held_alike(desk, survivor, other)
    return survivor, other


def _must_be_held_alike(desk: Desk, survivor: Found, other: Found) -> None:
    """What follows a record in a pool has no owner, so both lie in one, or neither does."""
    loose = [one.id for one in (survivor, other) if one.row.owner_id is None]
    if desk.kind.pooled and len(loose) == 1:
        raise WrongState(
            "One of them lies in a pool.", reason="in_pool", record=loose[0], next_step="give_it_out"
        )


def must_lead(one: Found) -> None:
    if not one.rights.may(WRITE):
        raise Forbidden(
            "The owner of both and who is over both owners merge them.", next_step="ask_owner", record=one.id
        )


def must_be_open(desk: Desk, one: Found) -> None:
    if one.row.voided_at is not None:
        raise WrongState("This is in the recycle bin.", reason="voided", record=one.id, next_step="restore")
    must_not_be_locked(desk, one)


def must_be_fresh(survivor: Found, other: Found, version: int, other_version: int) -> None:
    """Nothing is merged that one has not looked at. Raises `StaleVersion` with the present versions."""
    pairs = (("version", survivor, version), ("other_version", other, other_version))
    stale = [(name, one.row.version, said) for name, one, said in pairs if one.row.version != said]
    if stale:
        raise StaleVersion(
            errors=tuple(
                FieldError(
                    name, "stale_version", "Somebody changed this meanwhile.", {"yours": said, "now": now}
                )
                for name, now, said in stale
            ),
            version=survivor.row.version,
            other_version=other.row.version,
        )


def linked(desk: Desk, record_id: int, but: int) -> Linked:
    """Records whose link names this one, held in the order of kinds and ids, and then the shape of the family (PostgreSQL; SQLite has one
    writer anyhow). While the record itself is held nobody can link to it anew (`filling.py`). `but` is never among them."""
    found: Linked = []
    for kind in desk.kinds.values():
        for field in kind.fields:
            if field.limits.get("link") != desk.kind.kind:
                continue
            t = kind.table
            here = [t.c[field.name] == record_id, t.c.merged_into.is_(None)]
            if kind is desk.kind:
                here.append(t.c.id != but)
            query = select(t.c.id, t.c.version).where(*here).order_by(t.c.id).with_for_update()
            found.append((kind, field.name, list(desk.conn.execute(query))))
    if desk.kind.tree is not None and desk.conn.dialect.name == "postgresql":
        desk.conn.execute(select(func.pg_advisory_xact_lock(TREE_LOCK, desk.kind.number)))
    return found
