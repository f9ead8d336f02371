"""What notifications add to the house."""

from typing import Any

from sqlalchemy import Connection

from notifications.inbox import first_state
from notifications.notices import REMINDER_NOTICE
from notifications.policies import TOLD
from notifications.present import InboxView, NoticeView, ReminderView
from notifications.reminders import JOB, fire
from notifications.routes import MOST, ROUTES
from notifications.todos import TodoKind, TodoView, open_todos
from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module, every
from server.permissions.actor import Actor
from server.permissions.rules import SIGNED_IN


def _first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    kinds = every(company.modules, TodoKind)
    return {"todos": open_todos(conn, actor, kinds, company.clock.now(), MOST)}


MODULE = Module(
    "notifications",
    *ROUTES,
    REMINDER_NOTICE,
    Job(JOB, BY_THE_HOUSE, fire),
    Entity("notice", NoticeView),
    Entity("inbox", InboxView),
    Entity("reminder", ReminderView),
    Entity("todo/reminder", TodoView),
    BootstrapPart("todos", SIGNED_IN, _first_state),
    BootstrapPart("notices", TOLD, first_state),
)
