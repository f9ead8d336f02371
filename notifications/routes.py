"""My to-dos and how many, my inbox, how I want to be told, reminders."""

import msgspec

from notifications import inbox, preferences, reminders
from notifications.declared import NoticeKind
from notifications.inputs import MoveInput, ReadInput, ReminderInput
from notifications.policies import REMINDED, TOLD
from notifications.preferences import PreferencesInput, PreferencesView
from notifications.present import NoticeView, TimedReminder
from notifications.todos import Counts, TodoKind, TodoView, counts, open_todos
from server.api.inputs import Line
from server.api.paging import Page
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put
from server.cards.cards import Ref
from server.kit.module import every
from server.kit.problems import invalid
from server.permissions.rules import SIGNED_IN, Rule
from server.work.idempotency import Earlier

MOST = 500
MAY_READ_TODOS = Rule("todos.read", "One's own, or those of whom one acts for.", deputy="todos")


class TodoFilter(msgspec.Struct, forbid_unknown_fields=True):
    category: Line = ""


def list_todos(call: Read[None, TodoFilter]) -> Items[TodoView]:
    """What waits on me."""
    kinds = every(call.company.modules, TodoKind)
    if call.query.category and call.query.category not in {kind.category for kind in kinds}:
        raise invalid("category", "choice", "There is no such category.")
    now = call.company.clock.now()
    return Items(open_todos(call.conn, call.actor, kinds, now, MOST, call.query.category))


def count_todos(call: Read[None, Nothing]) -> Counts:
    """The badge."""
    return counts(call.conn, call.actor, every(call.company.modules, TodoKind))


def list_notices(call: Read[None, Page]) -> Items[NoticeView]:
    """What was told to me, newest first."""
    return Items(
        *inbox.page(call.conn, call.company.modules, call.actor, call.query.limit, call.query.cursor)
    )


def read_notices(call: Write[ReadInput, Nothing]) -> None:
    """I have read my inbox up to this notice."""
    inbox.read(call.work, call.actor, call.body.up_to)


def show_preferences(call: Read[None, Nothing]) -> PreferencesView:
    """How I want to be told."""
    return preferences.show(call.conn, call.actor, every(call.company.modules, NoticeKind))


def choose_preferences(call: Write[PreferencesInput, Nothing]) -> PreferencesView:
    """Choose, per kind and for the night."""
    return preferences.choose(call.work, call.actor, call.body, every(call.company.modules, NoticeKind))


def make_reminder(call: Write[ReminderInput, Nothing]) -> Made:
    """Be reminded of a thing, or have others reminded who may see it."""
    body = call.body
    about = Ref(body.about.kind, body.about.id)
    view = reminders.make(call.work, call.actor, about, body.at, body.people, body.note)
    return Made(("reminder", view.id), view)


def made_reminder(call: Write[object, Nothing], earlier: Earlier) -> TimedReminder:
    """The answer to a repeated request."""
    return reminders.view_of(call.conn, earlier.ref_id)


def list_reminders(call: Read[None, Nothing]) -> Items[TimedReminder]:
    """Those that wait, made by me or for me."""
    return Items(reminders.mine(call.conn, call.actor, MOST))


def move_reminder(call: Write[MoveInput, Nothing]) -> TimedReminder:
    """Another time."""
    return reminders.move(call.work, call.actor, call.id(), call.body.at)


def cancel_reminder(call: Write[None, Nothing]) -> None:
    """Take it back."""
    reminders.cancel(call.work, call.actor, call.id())


def end_reminder(call: Write[Nothing, Nothing]) -> None:
    """I am done with it."""
    reminders.done(call.work, call.actor, call.id())


ROUTES = [
    get("/api/notifications", TOLD, list_notices, output=Items[NoticeView], query=Page),
    put("/api/notifications/read", TOLD, read_notices, body=ReadInput, status=204),
    get("/api/preferences", TOLD, show_preferences, output=PreferencesView),
    put("/api/preferences", TOLD, choose_preferences, output=PreferencesView, body=PreferencesInput),
    post(
        "/api/reminders",
        REMINDED,
        make_reminder,
        again=made_reminder,
        output=TimedReminder,
        body=ReminderInput,
    ),
    get("/api/reminders", REMINDED, list_reminders, output=Items[TimedReminder]),
    patch("/api/reminders/{id:int}", REMINDED, move_reminder, output=TimedReminder, body=MoveInput),
    delete("/api/reminders/{id:int}", REMINDED, cancel_reminder),
    put("/api/reminders/{id:int}/done", REMINDED, end_reminder, status=204),
    get("/api/todos", MAY_READ_TODOS, list_todos, output=Items[TodoView], query=TodoFilter),
    get("/api/todos/counts", SIGNED_IN, count_todos, output=Counts),
]
