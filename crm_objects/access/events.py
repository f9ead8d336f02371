"""What somebody hears when a record becomes theirs to read, or no longer is: to ask again, and nothing of it."""

from collections.abc import Sequence

from crm_objects.engine.present import RecordMark
from crm_objects.engine.record_type import RecordType
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Event, Put, person_stream
from server.work.work import Work

CATEGORY = "access"
CHANGED = "record.access_changed"
AT_ONCE = 500


def access_changed(
    work: Work, kind: RecordType, record_id: int, people: Sequence[int], *, ends: bool = False
) -> None:
    """To these people alone. The mark's version is 0: they may not read it, or ask for the one they may."""
    for start in range(0, len(people), AT_ONCE):
        some = list(people[start : start + AT_ONCE])
        streams = [person_stream(one) for one in some]
        event = work.record(Event(CHANGED, streams, [Put(kind.entity, record_id, RecordMark(0))]))
        if ends:
            event.asks_again = some


def asked(todo: TodoView, decider: int, actor: int | None) -> Event:
    """To who decides."""
    return Event("access.asked", [person_stream(decider)], [todo_put(todo)], actor=actor)


def answered(request_id: int, decider: int, actor: int | None = None) -> Event:
    """It waits for this person no longer."""
    return Event("access.answered", [person_stream(decider)], [todo_drop(CATEGORY, request_id)], actor=actor)
