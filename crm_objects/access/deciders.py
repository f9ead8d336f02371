"""Who answers a question for access: the owner; where the owner is not there, the nearest manager above who leads the record (N1)."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from crm_objects.engine.policies import WRITE
from crm_objects.engine.reading import Desk, desk_of, found
from crm_objects.engine.record_type import Kinds, RecordType
from server.org.lines import DEPTH
from server.org.models import Person
from server.permissions.actor import load_actor


def decider_of(conn: Connection, kinds: Kinds, kind: RecordType, record_id: int) -> int | None:
    """None where nobody above the owner could answer."""
    owner = conn.execute(select(kind.table.c.owner_id).where(kind.table.c.id == record_id)).scalar()
    for candidate in _upwards(conn, owner):
        actor = load_actor(conn, candidate)
        if actor is not None and _leads(desk_of(conn, actor, kinds, kind), record_id):
            return candidate
    return None


def _upwards(conn: Connection, person: int | None) -> Iterable[int]:
    for _ in range(DEPTH):
        if person is None:
            return
        yield person
        person = conn.execute(select(Person.manager_id).where(Person.id == person)).scalar()


def _leads(desk: Desk, record_id: int) -> bool:
    row = desk.conn.execute(desk.readable().where(desk.kind.table.c.id == record_id)).first()
    return row is not None and found(desk, row).rights.may(WRITE)
