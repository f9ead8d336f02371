"""Facts of instructions: who hears them and what changes."""

from collections.abc import Sequence

from feed.instruction.present import InstructionReply, InstructionTally
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Change, Drop, Event, Put, person_stream

KIND = "instruction"


def instruction_given(asker: int, view: InstructionReply, todo: TodoView, people: Sequence[int]) -> Event:
    """To everybody who has to do it: the same bytes for all, because nobody has answered yet."""
    streams = [person_stream(one) for one in people]
    return Event(
        "instruction.given", streams, [Put("instruction", view.post_id, view), todo_put(todo)], actor=asker
    )


def instruction_answered(person: int, view: InstructionReply) -> Event:
    """To one's own devices; who asked sees the counts move."""
    changes: list[Change] = [Put("instruction", view.post_id, view)]
    if view.state == "done":
        changes.append(todo_drop(KIND, view.post_id))
    return Event("instruction.answered", [person_stream(person)], changes, actor=person)


def instruction_withdrawn(post_id: int, people: Sequence[int]) -> Event:
    """Nothing waits any more: the post was deleted."""
    changes = [Drop("instruction", post_id), todo_drop(KIND, post_id)]
    return Event("instruction.withdrawn", [person_stream(one) for one in people], changes)


def instruction_returned(person: int, view: InstructionReply, todo: TodoView) -> Event:
    """To somebody who has come back: what was open is open again."""
    return Event(
        "instruction.returned",
        [person_stream(person)],
        [Put("instruction", view.post_id, view), todo_put(todo)],
    )


def instruction_counted(asker: int, view: InstructionTally) -> Event:
    """To who asked; hubs push the newest at most four times a second."""
    return Event(
        "instruction.counted",
        [person_stream(asker)],
        [Put("tally/instruction", view.post_id, view)],
        merge=f"tally/instruction/{view.post_id}",
    )
