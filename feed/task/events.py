"""Facts of tasks: what waits for whom. What everybody sees travels with the post."""

from collections.abc import Sequence

from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Event, person_stream


def task_set(actor: int, todo: TodoView, people: Sequence[int]) -> Event:
    """To whoever is to do it, also when it was opened again."""
    return Event("task.set", [person_stream(one) for one in people], [todo_put(todo)], actor=actor)


def task_returned(todo: TodoView, author: int) -> Event:
    """To its author: who was to do it has left."""
    return Event("task.returned", [person_stream(author)], [todo_put(todo)])


def task_ended(actor: int | None, post_id: int, people: Sequence[int]) -> Event:
    """It waits for nobody any more: done, or deleted."""
    streams = [person_stream(one) for one in people]
    return Event("task.ended", streams, [todo_drop("task", post_id)], actor=actor)
