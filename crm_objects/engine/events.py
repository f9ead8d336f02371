"""Facts of records: pushed thin, because even which field changed may be secret. Who watches asks again and gets their own view."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from crm_objects.engine import merged
from crm_objects.engine.policies import READ
from crm_objects.engine.present import RecordListMark, RecordMark
from crm_objects.engine.record_type import RecordType
from crm_objects.pools import reach
from server.events.envelope import Change, Event, Put
from server.permissions.models import PersonRole, RoleCapability
from server.work.work import Work

LISTS = "records"
CHANGED, DELETED, MOVED = "record.changed", "record.deleted", "records.moved"


def stream(kind: RecordType, record_id: int) -> str:
    """Heard while somebody watches the record."""
    return f"{kind.kind}:{record_id}"


def record_changed(
    kind: RecordType, record_id: int, version: int, actor: int | None, away: Sequence[int] = ()
) -> Event:
    """`away`: what was merged into it, under whose ids it is watched too."""
    mark, ids = RecordMark(version), (record_id, *away)
    changes: list[Change] = [Put(kind.entity, one, mark) for one in ids]
    return Event(CHANGED, [stream(kind, one) for one in ids], changes, actor=actor)


def record_deleted(kind: RecordType, record_id: int, version: int, actor: int) -> Event:
    mark = RecordMark(version, gone=True)
    return Event(DELETED, [stream(kind, record_id)], [Put(kind.entity, record_id, mark)], actor=actor)


def lists_moved(kind: RecordType, at: datetime) -> Event:
    """To whoever watches lists of this kind: not what moved, and only the newest of many."""
    name = f"{LISTS}:{kind.number}"
    return Event(MOVED, [name], [Put("record_list", kind.number, RecordListMark(kind.kind, at))], merge=name)


def tell(work: Work, kind: RecordType, record_id: int, version: int, actor: int | None) -> Event:
    """What every change of a record says. `actor` is None where the house itself did it."""
    away = merged.away(work.conn, kind, record_id)
    event = work.record(record_changed(kind, record_id, version, actor, away))
    moved = lists_moved(kind, work.now)
    if all(one.merge != moved.merge for one in work.events):  # one act on many says it once
        work.record(moved)
    return event


def whose_reach_may_end(conn: Connection, *people: int | None, pool: int | None = None) -> list[int]:
    """Who may have read a record through its owner, or in that pool, besides these: their open watches are asked again when it gets
    another."""
    scoped = (
        select(PersonRole.person_id)
        .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
        .where(RoleCapability.capability == READ, RoleCapability.scope.not_in(("own", "all")))
        .distinct()
    )
    there: Iterable[int] = [] if pool is None else conn.execute(reach.people_of(pool)).scalars()
    return sorted({*conn.execute(scoped).scalars(), *there, *(one for one in people if one is not None)})
