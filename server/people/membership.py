"""Which streams a person hears from org life alone: their own, their departments' and above, and everyone's. Kept equal to the rows."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from server.events.envelope import EVERYONE, Event, department_stream, person_stream
from server.events.models import StreamGrant
from server.org.lines import departments_heard_by, is_working_here
from server.org.models import Person
from server.work.work import Work

ORG_STREAMS = ("person:", "department:", EVERYONE)


def deserved(conn: Connection, person_id: int) -> set[str]:
    """The org streams this person has a right to now."""
    person = conn.execute(
        select(Person.state, is_working_here().label("works")).where(Person.id == person_id)
    ).one()
    if person.state == "left":
        return set()
    streams = {person_stream(person_id)}
    if person.works:
        streams.add(EVERYONE)
        streams.update(department_stream(one) for one in departments_heard_by(conn, person_id))
    return streams


def held(conn: Connection, person_id: int) -> set[str]:
    """The org streams whose span is open."""
    rows = conn.execute(
        select(StreamGrant.stream).where(StreamGrant.person_id == person_id, StreamGrant.to_seq.is_(None))
    ).scalars()
    return {stream for stream in rows if stream.startswith(ORG_STREAMS)}


def settle(work: Work, event: Event, person_ids: Iterable[int]) -> None:
    """Opens and closes org streams at `event`, so that each person hears exactly what is deserved after this act."""
    opens: dict[str, list[int]] = {stream: list(ids) for stream, ids in event.opens.items()}
    closes: dict[str, list[int]] = {stream: list(ids) for stream, ids in event.closes.items()}
    for person_id in person_ids:
        should, has = deserved(work.conn, person_id), held(work.conn, person_id)
        for stream in should - has:
            opens.setdefault(stream, []).append(person_id)
        for stream in has - should:
            closes.setdefault(stream, []).append(person_id)
    event.opens, event.closes = opens, closes
