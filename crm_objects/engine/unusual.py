"""Unusual use of revealing is told to the manager as a message (N19): once a day, at the moment at which it becomes unusual."""

from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from crm_objects.engine.models import RevealCount
from notifications import deliver
from notifications.declared import NoticeKind, Telling, nothing_to_tell
from server.cards.cards import Ref
from server.db.base import table
from server.org.lines import DEPTH
from server.org.models import Person
from server.permissions.rules import Rule
from server.work.work import Work

MAY_BE_TOLD = Rule("records.be_told", "A manager hears of who below them reveals unusually much.")
TOLD = NoticeKind("reveals_unusual", MAY_BE_TOLD, frozenset(), nothing_to_tell, obligation=True)

_COUNTS = table(RevealCount)
# Below the first nothing is unusual; above it, what is so many times somebody's own day, of those days on which they revealed at all.
FEWEST, TIMES, DAYS = 10, 3, 30


def watch(work: Work, person_id: int, today: date, used: int, limit: int) -> None:
    """`used` is the person's count of today, the newest one included; `limit` is the day's allowance."""
    if used in (_unusual(work.conn, person_id, today), limit):
        manager = _manager(work.conn, person_id)
        if manager is not None:
            key = f"reveals/{person_id}/{today.isoformat()}"
            deliver.tell(work, TOLD, Telling([manager], Ref("person", person_id), person_id, key))


def _unusual(conn: Connection, person_id: int, today: date) -> int:
    c = _COUNTS.c
    before = (c.person_id == person_id, c.day < today, c.day >= today - timedelta(days=DAYS))
    mean = conn.execute(select(func.avg(c.count)).where(*before)).scalar()
    return max(FEWEST, round(float(mean or 0) * TIMES))


def _manager(conn: Connection, person_id: int) -> int | None:
    """The nearest above who is active."""
    above = person_id
    for _ in range(DEPTH):
        row = conn.execute(select(Person.manager_id).where(Person.id == above)).first()
        if row is None or row.manager_id is None:
            return None
        above = int(row.manager_id)
        if conn.execute(select(Person.state).where(Person.id == above)).scalar_one() == "active":
            return above
    return None
