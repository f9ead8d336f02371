"""Which streams people hear from org life alone: their own, their departments' and above, and everyone's. Kept equal to the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from server.events.envelope import EVERYONE, Event, department_stream, person_stream
from server.events.models import StreamGrant
from server.org.lines import is_working_here
from server.org.models import DepartmentClosure, Person, PersonDepartment
from server.work.company import CompanyRow
from server.work.work import Work

ORG_STREAMS = ("person:", "department:", EVERYONE)
AT_ONCE = 500


def hold_org(conn: Connection) -> None:
    """Until COMMIT nobody else changes the tree or who sits where. Whoever changes the tree calls it before looking at it."""
    conn.execute(select(CompanyRow.id).where(CompanyRow.id == 1).with_for_update())


def deserved(conn: Connection, person_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """The org streams to which each person has a right now."""
    people = conn.execute(
        select(Person.id, Person.state, is_working_here().label("works")).where(Person.id.in_(person_ids))
    ).all()
    streams: dict[int, set[str]] = {person.id: set() for person in people}
    for person in people:
        if person.state != "left":
            streams[person.id].add(person_stream(person.id))
        if person.works:
            streams[person.id].add(EVERYONE)
    working = {person.id for person in people if person.works}
    for row in conn.execute(
        select(PersonDepartment.person_id, DepartmentClosure.ancestor_id)
        .join(DepartmentClosure, DepartmentClosure.descendant_id == PersonDepartment.department_id)
        .where(PersonDepartment.person_id.in_(working))
    ):
        streams[row.person_id].add(department_stream(row.ancestor_id))
    return streams


def held(conn: Connection, person_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """The org streams whose span is open, of each person."""
    streams: dict[int, set[str]] = defaultdict(set)
    for row in conn.execute(
        select(StreamGrant.person_id, StreamGrant.stream).where(
            StreamGrant.person_id.in_(person_ids), StreamGrant.to_seq.is_(None)
        )
    ):
        if row.stream.startswith(ORG_STREAMS):
            streams[row.person_id].add(row.stream)
    return streams


def settle(work: Work, event: Event, person_ids: Iterable[int]) -> None:
    """Opens and closes org streams at `event`, so that each person hears exactly what is deserved after this act.

    Whoever loses one may watch less from here on: their connections ask for their rights again.
    """
    hold_org(work.conn)
    opens: dict[str, list[int]] = {stream: list(ids) for stream, ids in event.opens.items()}
    closes: dict[str, list[int]] = {stream: list(ids) for stream, ids in event.closes.items()}
    everybody = list(dict.fromkeys(person_ids))
    for start in range(0, len(everybody), AT_ONCE):
        chunk = everybody[start : start + AT_ONCE]
        should, has = deserved(work.conn, chunk), held(work.conn, chunk)
        for person_id in chunk:
            for stream in should[person_id] - has.get(person_id, set()):
                opens.setdefault(stream, []).append(person_id)
            for stream in has.get(person_id, set()) - should[person_id]:
                closes.setdefault(stream, []).append(person_id)
    event.opens, event.closes = opens, closes
    losing = {one for stream, ids in closes.items() if stream.startswith(ORG_STREAMS) for one in ids}
    event.asks_again = sorted({*event.asks_again, *losing})
