"""Requests to join as to-dos of those who may decide; derived from their rows. One decision takes it from all of them."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.joining.models import JoinRequest
from server.joining.policies import MAY_ADMIT
from server.kit.text import excerpt
from server.permissions.actor import Actor


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    rows = conn.execute(
        select(JoinRequest.id, JoinRequest.name, JoinRequest.asked_at)
        .where(JoinRequest.state == "pending")
        .order_by(JoinRequest.id.desc())
        .limit(limit)
    )
    return [
        TodoView(
            Ref("join_request", row.id),
            "join_request",
            excerpt(row.name),
            None,
            row.asked_at,
            None,
            False,
            "open",
            None,
            Ref("join_request", row.id),
        )
        for row in rows
    ]


def _count(conn: Connection, actor: Actor) -> int:
    query = select(func.count()).where(JoinRequest.state == "pending")
    return conn.execute(query).scalar_one()


JOIN_TODO = TodoKind("join_request", MAY_ADMIT, _open, _count, derived=True)
