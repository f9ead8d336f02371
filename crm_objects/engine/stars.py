"""What somebody keeps at hand, told to nobody."""

from sqlalchemy import delete, insert, select

from crm_objects.engine.models import RecordStar
from crm_objects.engine.reading import Desk, must_find
from server.db.base import table
from server.work.work import Work

_STARS = table(RecordStar)


def mark(work: Work, desk: Desk, record_id: int, starred: bool) -> None:
    """Twice is the same. Raises `NotFound`."""
    must_find(desk, record_id, lock=True)
    mine = (
        (_STARS.c.person_id == desk.actor.id)
        & (_STARS.c.kind == desk.kind.kind)
        & (_STARS.c.record_id == record_id)
    )
    if not starred:
        work.conn.execute(delete(_STARS).where(mine))
    elif work.conn.execute(select(_STARS.c.record_id).where(mine)).first() is None:
        row = {"person_id": desk.actor.id, "kind": desk.kind.kind, "record_id": record_id}
        work.conn.execute(insert(_STARS).values(**row))
