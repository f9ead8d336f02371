"""Facts of logs: who hears them and what changes."""

from collections.abc import Sequence

from feed.log.present import LogScores, LogTemplateView, scores_drop, scores_put
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import EVERYONE, Event, Put, person_stream

KIND = "log"


def template_changed(actor: int, view: LogTemplateView) -> Event:
    """Everybody: whoever is writing sees what is asked now."""
    return Event("log_template.changed", [EVERYONE], [Put("log_template", view.id, view)], actor=actor)


def log_scored(actor: int, view: LogScores, people: Sequence[int]) -> Event:
    """To the writer and whom it was handed in to."""
    return Event("log.scored", [person_stream(one) for one in people], [scores_put(view)], actor=actor)


def log_taken_back(post_id: int, people: Sequence[int]) -> Event:
    """The log was deleted, and with it its scores."""
    return Event("log.taken_back", [person_stream(one) for one in people], [scores_drop(post_id)])


def log_called_for(actor: int, todo: TodoView, people: Sequence[int]) -> Event:
    """To whom it waits for: the same bytes for all."""
    return Event("log.called_for", [person_stream(one) for one in people], [todo_put(todo)], actor=actor)


def log_handed_in(person: int, number: int) -> Event:
    """It no longer waits."""
    return Event("log.handed_in", [person_stream(person)], [todo_drop(KIND, number)], actor=person)
