"""Telling a person's open connections that the roles add up to something else now."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, select

from server.events.envelope import Event, Put, person_stream
from server.org.models import Person
from server.permissions.models import PersonRole, RoleCapability
from server.work.work import Work

JOB = "announce_rights"
CHANGED = "rights.changed"
AT_ONCE = 200


class RightsView(msgspec.Struct, frozen=True):
    """What a person's roles add up to: `noun.verb` → scopes. The same as in `Me`."""

    capabilities: dict[str, list[str]]


def rights_of(conn: Connection, person_ids: Collection[int]) -> dict[int, RightsView]:
    """The sum of the roles of each of these persons; one who is not active may nothing."""
    found: dict[int, dict[str, set[str]]] = {one: defaultdict(set) for one in person_ids}
    for row in conn.execute(
        select(PersonRole.person_id, RoleCapability.capability, RoleCapability.scope)
        .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
        .join(Person, Person.id == PersonRole.person_id)
        .where(PersonRole.person_id.in_(person_ids), Person.state == "active")
    ):
        found[row.person_id][row.capability].add(row.scope)
    return {
        person_id: RightsView({name: sorted(scopes) for name, scopes in sorted(summed.items())})
        for person_id, summed in found.items()
    }


def rights_changed(work: Work, person_ids: Iterable[int]) -> None:
    """From this act on nothing is done with the old rights, also on open sockets; everybody's devices learn the new ones.

    When a role of many changes, the sockets still ask again at once, and the devices are told in turns by a job.
    """
    everybody = sorted(set(person_ids))
    if len(everybody) <= AT_ONCE:
        _tell(work, everybody, asks_again=True)
        return
    work.record(Event(CHANGED, [], asks_again=everybody))
    work.enqueue(JOB, {"people": everybody}, key=f"{JOB}/{secrets.token_hex(8)}")


def announce(work: Work, person_ids: Sequence[int]) -> None:
    """Tells these persons' devices what they may now."""
    _tell(work, person_ids, asks_again=False)


def _tell(work: Work, person_ids: Sequence[int], *, asks_again: bool) -> None:
    for person_id, view in rights_of(work.conn, person_ids).items():
        event = Event(CHANGED, [person_stream(person_id)], [Put("rights", person_id, view)])
        event.asks_again = [person_id] if asks_again else []
        work.record(event)
