"""Records are found where they lie: by title, its sound and initials, or number, within one's rights (M40)."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from crm_objects.engine.listing import named_like
from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.reading import Desk
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.engine.rights import Rights
from crm_objects.engine.shape import Shape
from server.events.envelope import Change
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.search.declared import Finder, Hit


def finder(kind: RecordType, kinds: Kinds) -> Finder:
    return Finder(kind.kind, MAY_READ, partial(_find, kind=kind, kinds=kinds))


def _find(
    conn: Connection, actor: Actor, q: str, size: int, *, kind: RecordType, kinds: Kinds
) -> tuple[list[Hit], list[Change]]:
    """The last changed first."""
    if not q:
        return [], []
    desk = Desk(conn, actor, kinds, Shape(kind, {}), Rights(actor, kind, kinds))
    t = kind.table
    rows = conn.execute(
        desk.readable()
        .where(t.c.voided_at.is_(None), named_like(desk, q))
        .order_by(t.c.updated_at.desc(), t.c.id.desc())
        .limit(size)
    ).all()
    hits = [
        Hit(row.id, row.updated_at, row.owner_id or row.created_by, row._mapping[kind.title]) for row in rows
    ]
    return hits, list(person_puts_for(conn, actor, _named(rows)))


def _named(rows: Sequence[object]) -> list[int]:
    return [hit for hit in dict.fromkeys(getattr(row, "owner_id", None) for row in rows) if hit is not None]
