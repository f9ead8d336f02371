"""Facts of schedule items: what waits for whom, and how many come. What everybody sees travels with the post."""

from collections.abc import Sequence

from feed.schedule.present import ScheduleInvitation, ScheduleTally
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Change, Drop, Event, Put, person_stream

KIND = "schedule"


def invited(author: int | None, view: ScheduleInvitation, todo: TodoView, people: Sequence[int]) -> Event:
    """To whom it is asked of now: the first time, or anew."""
    changes: list[Change] = [Put("invitation", view.post_id, view), todo_put(todo)]
    return Event("schedule.invited", [person_stream(one) for one in people], changes, actor=author)


def answered(person: int, view: ScheduleInvitation) -> Event:
    """To one's own devices."""
    changes: list[Change] = [Put("invitation", view.post_id, view), todo_drop(KIND, view.post_id)]
    return Event("schedule.answered", [person_stream(person)], changes, actor=person)


def ended(person: int, view: ScheduleInvitation) -> Event:
    """It no longer waits for this person: cancelled, or over."""
    changes: list[Change] = [Put("invitation", view.post_id, view), todo_drop(KIND, view.post_id)]
    return Event("schedule.ended", [person_stream(person)], changes)


def withdrawn(post_id: int, people: Sequence[int]) -> Event:
    """The post was deleted."""
    changes: list[Change] = [
        Drop("invitation", post_id),
        Drop("tally/schedule", post_id),
        todo_drop(KIND, post_id),
    ]
    return Event("schedule.withdrawn", [person_stream(one) for one in people], changes)


def counted(people: Sequence[int], tally: ScheduleTally) -> Event:
    """To author and invited; hubs push the newest at most four times a second."""
    return Event(
        "schedule.counted",
        [person_stream(one) for one in people],
        [Put("tally/schedule", tally.post_id, tally)],
        merge=f"tally/schedule/{tally.post_id}",
    )


def changed(type: str, author: int, people: Sequence[int], tally: ScheduleTally) -> Event:
    """`schedule.moved` or `schedule.cancelled`: to the invited, who are told of it."""
    streams = [person_stream(one) for one in [author, *people]]
    return Event(type, streams, [Put("tally/schedule", tally.post_id, tally)], actor=author)
