"""What belongs to a record: the newest of every kind that links to it (CUST-09, CUST-12)."""

import msgspec
from sqlalchemy import func, literal, select

from crm_objects.engine.listing import COUNTED
from crm_objects.engine.present import RecordTotal, RecordView
from crm_objects.engine.reading import Desk, desk_of, found, must_find, people_of, views
from server.events.envelope import Change

SHOWN = 5


class RelatedRecords(msgspec.Struct, frozen=True):
    """Records of `kind` whose `field` links here, as far as I may read them."""

    kind: str
    field: str
    total: RecordTotal
    rows: list[RecordView]


class Related(msgspec.Struct, frozen=True):
    items: list[RelatedRecords]
    also: list[Change]


def related(desk: Desk, record_id: int) -> Related:
    """A few statements for each kind that links here. Raises `NotFound`."""
    must_find(desk, record_id)
    shown: list[RelatedRecords] = []
    also: dict[tuple[str, int], Change] = {}
    for kind in desk.kinds.values():
        links = [one for one in kind.fields if one.limits.get("link") == desk.kind.kind]
        if not links:
            continue
        other = desk_of(desk.conn, desk.actor, desk.kinds, kind)
        for link in links:
            t = kind.table
            here = (t.c[link.name] == record_id, t.c.voided_at.is_(None))
            newest = other.readable().where(*here).order_by(t.c.updated_at.desc(), t.c.id.desc()).limit(SHOWN)
            rows = [found(other, row) for row in desk.conn.execute(newest)]
            some = select(literal(1)).select_from(t).where(other.rights.readable(), *here).limit(COUNTED + 1)
            count = desk.conn.execute(select(func.count()).select_from(some.subquery())).scalar_one()
            total = RecordTotal(min(count, COUNTED), count <= COUNTED)
            shown.append(RelatedRecords(kind.kind, link.name, total, views(other, rows)))
            also |= {(one.kind, one.id): one for one in people_of(other, rows)}
    return Related(shown, list(also.values()))
