"""Facts of reminders, named in the past."""

from collections.abc import Sequence

from notifications.present import TimedReminder
from notifications.todos import TodoView, todo_drop, todo_put
from server.events.envelope import Change, Drop, Event, Put, person_stream


def reminder_changed(view: TimedReminder) -> Event:
    """Made, moved or cancelled: to who made it and who is reminded. A to-do of an earlier time goes away."""
    changes: list[Change] = [Put("reminder", view.id, view), todo_drop("reminder", view.id)]
    people = dict.fromkeys([view.made_by, *view.people])
    return Event("reminder.changed", [person_stream(one) for one in people], changes, actor=view.made_by)


def reminder_fired(view: TimedReminder, todo: TodoView, people: Sequence[int]) -> Event:
    """To those who may see the thing: their to-do opens."""
    changes: list[Change] = [Put("reminder", view.id, view), todo_put(todo)]
    return Event("reminder.fired", [person_stream(one) for one in people], changes, actor=view.made_by)


def reminder_left(person_id: int, reminder_id: int) -> Event:
    """To somebody who is no longer reminded."""
    changes: list[Change] = [Drop("reminder", reminder_id), todo_drop("reminder", reminder_id)]
    return Event("reminder.left", [person_stream(person_id)], changes)


def reminder_done(person_id: int, reminder_id: int) -> Event:
    return Event(
        "reminder.done", [person_stream(person_id)], [todo_drop("reminder", reminder_id)], actor=person_id
    )
