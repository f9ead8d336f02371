"""What notifications add to the house."""

from typing import Any

from sqlalchemy import Connection

from notifications.deliver import LATER, tell_later
from notifications.inbox import first_state
from notifications.notices import REMINDER_NOTICE
from notifications.policies import TOLD
from notifications.present import InboxView, NoticeView, TimedReminder
from notifications.reminders import JOB, fire
from notifications.routes import MOST, ROUTES
from notifications.todos import TodoKind, TodoView, open_todos, todo_put
from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module, every
from server.permissions.actor import Actor
from server.permissions.rules import SIGNED_IN


def _first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    kinds = every(company.modules, TodoKind)
    todos = open_todos(conn, actor, kinds, company.clock.now(), MOST)
    derived = {kind.category for kind in kinds if kind.derived}
    return {"todos": todos, "changes": [todo_put(one) for one in todos if one.category not in derived]}


MODULE = Module(
    "notifications",
    *ROUTES,
    REMINDER_NOTICE,
    Job(JOB, BY_THE_HOUSE, fire),
    Job(LATER, BY_THE_HOUSE, tell_later),
    Entity("notice", NoticeView),
    Entity("inbox", InboxView),
    Entity("reminder", TimedReminder),
    Entity("todo/reminder", TodoView),
    BootstrapPart("todos", SIGNED_IN, _first_state),
    BootstrapPart("notices", TOLD, first_state),
)
