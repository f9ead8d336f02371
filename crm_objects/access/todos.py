"""Questions for access that wait for somebody's answer, as to-dos."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from crm_objects.access.events import CATEGORY
from crm_objects.access.models import AccessRequest
from crm_objects.access.policies import MAY_DECIDE
from crm_objects.engine.reading import Desk, desk_of, titles_of
from crm_objects.engine.record_type import Kinds
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.permissions.actor import Actor


def access_todo(kinds: Kinds) -> TodoKind:
    def open_for(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
        waiting = select(AccessRequest.__table__).where(
            AccessRequest.decider_id == actor.id, AccessRequest.state == "open"
        )
        rows = conn.execute(waiting.order_by(AccessRequest.id.desc()).limit(limit)).all()
        return [
            view
            for kind in dict.fromkeys(row.kind for row in rows)
            for view in views(
                desk_of(conn, actor, kinds, kinds[kind]), [row for row in rows if row.kind == kind]
            )
        ]

    def count_for(conn: Connection, actor: Actor) -> int:
        query = select(func.count()).select_from(AccessRequest)
        mine = query.where(AccessRequest.decider_id == actor.id, AccessRequest.state == "open")
        return conn.execute(mine).scalar_one()

    return TodoKind(CATEGORY, MAY_DECIDE, open_for, count_for)


def views(desk: Desk, rows: Sequence[Any]) -> list[TodoView]:
    """For who decides them; what they may not read has no title."""
    titles = titles_of(desk, desk.kind, [row.record_id for row in rows])
    return [
        TodoView(
            Ref("access_request", row.id),
            CATEGORY,
            titles.get(row.record_id, ""),
            row.person_id,
            row.asked_at,
            None,
            False,
            "open",
            None,
            Ref(row.kind, row.record_id),
        )
        for row in rows
    ]
