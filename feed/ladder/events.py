"""Facts of ladders: who hears them and what changes."""

from feed.events import watch_stream
from feed.ladder.present import LadderTally
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Event, Put, person_stream

KIND = "missing_receipt"


def ladder_climbed(author: int, view: LadderTally) -> Event:
    """Steps were taken: to the author and who has the panel open; the numbers only."""
    streams = [person_stream(author), watch_stream(view.post_id)]
    return Event("ladder.climbed", streams, [Put("tally/ladder", view.post_id, view)])


def ladder_set(author: int, view: LadderTally) -> Event:
    """Switched, begun anew, or its times moved."""
    streams = [person_stream(author), watch_stream(view.post_id)]
    return Event("ladder.set", streams, [Put("tally/ladder", view.post_id, view)], actor=author)


def missing_told(told: int, view: TodoView) -> Event:
    """To a deputy or manager: whom it is about, as it stands now."""
    return Event("missing.told", [person_stream(told)], [todo_put(view)])


def missing_ended(told: int, post_id: int) -> Event:
    """Nothing is missing any more, or they are done with it."""
    return Event("missing.ended", [person_stream(told)], [todo_drop(KIND, post_id)])
