"""When a merge can be undone no more, what was noted for that goes: the rows that moved, and what the merged-away still held of itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from crm_objects.engine import custom_values, line_values, record_files
from crm_objects.engine.models import RecordStar, RecordTeam
from crm_objects.engine.record_type import RecordType, kinds_of
from crm_objects.merging.models import RecordMerge, RecordMergeRow
from server.db.base import table
from server.events.envelope import Event
from server.work.company import Company
from server.work.work import Work

JOB = "forget_merges"
_MERGES, _ROWS = table(RecordMerge), table(RecordMergeRow)
AT_ONCE = 50


def forget_rows(conn: Connection, merges: Sequence[int]) -> None:
    conn.execute(delete(_ROWS).where(_ROWS.c.merge_id.in_(list(merges))))


async def forget(company: Company, args: dict[str, Any]) -> None:
    """In turns of a few, until none is left."""
    while (await company.write(forget_some)).value:
        pass


def forget_some(work: Work) -> bool:
    """Whether there are more."""
    over = select(_MERGES).where(_MERGES.c.ended_at.is_(None), _MERGES.c.until <= work.now)
    rows = work.conn.execute(over.order_by(_MERGES.c.id).limit(AT_ONCE).with_for_update()).all()
    kinds = kinds_of(work.company.modules)
    for row in rows:
        _empty(work.conn, kinds[row.kind], row.other_id)
        record_files.forget(work, row.kind, row.other_id)
    ids = [row.id for row in rows]
    work.conn.execute(update(_MERGES).where(_MERGES.c.id.in_(ids)).values(ended_at=work.now, kept="{}"))
    forget_rows(work.conn, ids)
    return len(rows) == AT_ONCE


def _empty(conn: Connection, kind: RecordType, record_id: int) -> None:
    """Its row stays, because its id leads on; what it said is the survivor's, or nobody's."""
    for shared in (RecordTeam, RecordStar):
        conn.execute(delete(shared).where(shared.kind == kind.kind, shared.record_id == record_id))
    custom_values.forget(conn, kind.kind, record_id)
    line_values.forget(conn, kind, record_id)
    t = kind.table
    own = [column.name for field in kind.fields for column in field.columns() if column.nullable]
    empty = {**dict.fromkeys(own), "custom": "{}", "spelled": "", "initials": "", "terms": ""}
    conn.execute(update(t).where(t.c.id == record_id).values(**empty))


def erased(work: Work, event: Event) -> None:
    """A record was deleted for good, with all that was merged into it."""
    for change in event.changes:
        kind = change.kind.partition("/")[2]
        mine = (
            _MERGES.c.kind == kind,
            (_MERGES.c.record_id == change.id) | (_MERGES.c.other_id == change.id),
        )
        ids = list(work.conn.execute(select(_MERGES.c.id).where(*mine)).scalars())
        if ids:
            forget_rows(work.conn, ids)
            work.conn.execute(delete(_MERGES).where(_MERGES.c.id.in_(ids)))
