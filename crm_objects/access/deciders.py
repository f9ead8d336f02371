"""Who answers a question for access (N1): the owner; of who is away their deputy (W35), else who is above; each if they lead the record. Of
what lies in a pool: the first of its administrators who leads it."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from sqlalchemy import Connection, func, select

from crm_objects.access.readers import pool_of
from crm_objects.engine.policies import WRITE
from crm_objects.engine.reading import desk_of, found
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.pools import reach
from server.org.absence import deputy_of, is_away
from server.org.lines import DEPTH
from server.org.models import Person
from server.permissions.actor import load_actor


def decider_of(conn: Connection, kinds: Kinds, kind: RecordType, record_id: int, day: date) -> int | None:
    """Who is here on `day` and leads the record; where nobody of them is, the nearest who leads it though away. None where nobody above
    the owner, nor of the pool's administrators, could answer.

    A deputy stands in for the work, not for the rights: one who does not lead the record is not asked, and learns nothing of it.
    """
    owner = _owner_of(conn, kinds, kind, record_id)
    pool = None if owner is not None else pool_of(conn, kinds, kind, record_id)
    leads = partial(_leads, conn, kinds, kind, record_id)
    away: int | None = None
    for candidate in (*_upwards(conn, owner), *reach.administrators_of(conn, pool)):
        is_leading = leads(candidate)
        if not is_away(conn, candidate, day):
            if is_leading:
                return candidate
            continue
        deputy = deputy_of(conn, candidate, day)
        if deputy is not None and leads(deputy):
            return deputy
        if is_leading and away is None:
            away = candidate
    return away


def _owner_of(conn: Connection, kinds: Kinds, kind: RecordType, record_id: int) -> int | None:
    """Its own, else that of what it follows."""
    t, link = kind.table, kind.parent
    if link is None:
        return conn.execute(select(t.c.owner_id).where(t.c.id == record_id)).scalar()
    above = kinds[link.to].table
    either = func.coalesce(t.c.owner_id, above.c.owner_id)
    query = select(either).outerjoin_from(t, above, above.c.id == t.c[link.name])
    return conn.execute(query.where(t.c.id == record_id)).scalar()


def _upwards(conn: Connection, person: int | None) -> Iterable[int]:
    for _ in range(DEPTH):
        if person is None:
            return
        yield person
        person = conn.execute(select(Person.manager_id).where(Person.id == person)).scalar()


def _leads(conn: Connection, kinds: Kinds, kind: RecordType, record_id: int, person: int) -> bool:
    actor = load_actor(conn, person)
    if actor is None:
        return False
    desk = desk_of(conn, actor, kinds, kind)
    row = conn.execute(desk.readable().where(kind.table.c.id == record_id)).first()
    return row is not None and found(desk, row).rights.may(WRITE)
