"""My to-dos, and how many."""

import msgspec

from notifications.todos import Counts, TodoKind, TodoView, counts, open_todos
from server.api.inputs import Line
from server.api.route import Items, Nothing, Read, get
from server.kit.module import every
from server.kit.problems import invalid
from server.permissions.rules import SIGNED_IN, Rule

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


ROUTES = [
    get("/api/todos", MAY_READ_TODOS, list_todos, output=Items[TodoView], query=TodoFilter),
    get("/api/todos/counts", SIGNED_IN, count_todos, output=Counts),
]
