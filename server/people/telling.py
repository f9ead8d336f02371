"""One act on the directory told to everyone: persons and departments as they are now, and who hears what from here on."""

from collections.abc import Collection, Iterable

from server.events.envelope import EVERYONE, Event, Put, person_stream
from server.people.membership import settle
from server.people.present import MOST_CHANGES, department_puts, person_puts
from server.work.work import Work


def tell(
    work: Work,
    by: int | None,
    *,
    people: Collection[int] = (),
    departments: Collection[int] = (),
    moved: Iterable[int] = (),
) -> None:
    """Events of at most `MOST_CHANGES` entities. Whoever `moved` hears other departments from the first one on.

    The persons themselves hear of it too: outsiders do not hear everyone's stream.
    """
    puts: list[Put] = [*department_puts(work.conn, departments), *person_puts(work.conn, people)]
    type = "person.changed" if people else "department.changed"
    own = [person_stream(person_id) for person_id in people] if len(people) <= MOST_CHANGES else []
    events = [
        Event(type, [EVERYONE, *own], puts[start : start + MOST_CHANGES], actor=by)
        for start in range(0, max(len(puts), 1), MOST_CHANGES)
    ]
    settle(work, events[0], moved)
    for event in events:
        work.record(event)
