"""What notifications add to the house."""

from typing import Any

from sqlalchemy import Connection

from notifications.routes import MOST, ROUTES
from notifications.todos import TodoKind, open_todos
from server.api.first_state import BootstrapPart
from server.kit.module import Module, every
from server.permissions.actor import Actor
from server.permissions.rules import SIGNED_IN


def _first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    kinds = every(company.modules, TodoKind)
    return {"todos": open_todos(conn, actor, kinds, company.clock.now(), MOST)}


MODULE = Module("notifications", *ROUTES, BootstrapPart("todos", SIGNED_IN, _first_state))
