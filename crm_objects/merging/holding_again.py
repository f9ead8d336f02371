"""Pools change while a merge can be undone: what is taken out lies in none that is retired, and what follows it is held as it is."""

from sqlalchemy import select, update

from crm_objects.engine.creating import department_of
from crm_objects.engine.reading import Found
from crm_objects.merging.carrying import Move
from crm_objects.pools.models import Pool


def hold_again(move: Move, survivor: Found, other: Found) -> None:
    """What links to the other does so again by now."""
    kind, conn = move.kind, move.work.conn
    if not kind.pooled:
        return
    t, owner = kind.table, other.row.owner_id
    # Locked, so that it is not retired meanwhile: as long as the other was part of the survivor, the pool did not hold it.
    pool = select(Pool.retired_at).where(Pool.id == other.row.pool_id).with_for_update(read=True)
    if owner is None and conn.execute(pool).scalar() is not None:
        place = {"pool_id": survivor.row.pool_id}
        if survivor.row.owner_id is not None:
            owner = survivor.row.owner_id
            place |= {"owner_id": owner, "department_id": department_of(conn, owner)}
        conn.execute(update(t).where(t.c.id == other.id).values(**place))
    for each in move.desk.kinds.values():
        link = each.parent
        if link is not None and link.to == kind.kind:
            f = each.table
            held = {"owner_id": owner, "department_id": None if owner is None else department_of(conn, owner)}
            loose = f.c.owner_id.is_(None) if owner is not None else f.c.owner_id.is_not(None)
            conn.execute(update(f).where(f.c[link.name] == other.id, loose).values(**held))
