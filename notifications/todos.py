"""To-dos: what waits on a person. Each domain declares its kinds; here they are listed, counted and shown by category (RCPT-16, 17)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection

from server.cards.cards import Ref
from server.events.envelope import Drop, Put
from server.permissions.actor import Actor
from server.permissions.rules import Rule

State = Literal["open", "done", "withdrawn", "expired"]


class TodoView(msgspec.Struct, frozen=True):
    """One thing waiting. `overdue` is derived: past due stays open. `source` is where it is dealt with. `asked_by` null: somebody who is
    not in the directory."""

    ref: Ref
    category: str
    title: str
    asked_by: int | None
    asked_at: datetime
    due_at: datetime | None
    overdue: bool
    state: State
    reason: str | None
    source: Ref


def todo_put(view: TodoView) -> Put:
    """An open to-do as an entity of its own. Receipts need none: clients derive them from their receipt."""
    return Put(f"todo/{view.category}", view.ref.id, view)


def todo_drop(category: str, id: int) -> Drop:
    return Drop(f"todo/{category}", id)


@dataclass(frozen=True)
class TodoKind:
    """A category with its two questions. The rows are derived from the domain's own tables, so they can never disagree with them.

    `derived`: clients know them from the domain's own entities; the others travel as entities of their own.
    """

    category: str
    rule: Rule
    open_for: Callable[[Connection, Actor, datetime, int], list[TodoView]]
    count_for: Callable[[Connection, Actor], int]
    derived: bool = False

    @property
    def name(self) -> str:
        return self.category


class Counts(msgspec.Struct):
    """`total` is the badge."""

    total: int
    categories: dict[str, int]


def open_todos(
    conn: Connection, actor: Actor, kinds: list[TodoKind], now: datetime, limit: int, category: str = ""
) -> list[TodoView]:
    """The actor's open to-dos, overdue and soonest due first, then the newest asked."""
    found = [
        todo
        for kind in _mine(actor, kinds)
        if category in ("", kind.category)
        for todo in kind.open_for(conn, actor, now, limit)
    ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda todo: (todo.due_at or far, -todo.asked_at.timestamp()))[:limit]


def counts(conn: Connection, actor: Actor, kinds: list[TodoKind]) -> Counts:
    """How many are open, by category that may concern the actor; equal to a recount by construction."""
    by_category = {kind.category: kind.count_for(conn, actor) for kind in _mine(actor, kinds)}
    return Counts(sum(by_category.values()), by_category)


def _mine(actor: Actor, kinds: list[TodoKind]) -> list[TodoKind]:
    """The kinds whose rule admits the actor."""
    return [kind for kind in kinds if not kind.rule.capability or actor.can(kind.rule.capability)]
