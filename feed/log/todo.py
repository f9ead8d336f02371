"""Logs that somebody was called for as to-dos, until they are handed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from feed.log.models import LogCall, LogTemplate, WorkLog
from feed.log.periods import label, number_of
from feed.log.policies import MAY_WRITE_LOG
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.db.hot import Hot
from server.permissions.actor import Actor

_HANDED_IN = (
    (WorkLog.person_id == LogCall.person_id)
    & (WorkLog.template_id == LogCall.template_id)
    & (WorkLog.period == LogCall.period)
)


def _waiting(query: Select[Any]) -> Select[Any]:
    return (
        query.join(LogTemplate, LogTemplate.id == LogCall.template_id)
        .outerjoin(WorkLog, _HANDED_IN)
        .where(LogCall.person_id == bindparam("person"), LogTemplate.is_active, WorkLog.post_id.is_(None))
    )


_OPEN = Hot(
    _waiting(select(LogCall.__table__, LogTemplate.name, LogTemplate.rhythm).select_from(LogCall))
    .order_by(LogCall.asked_at.desc())
    .limit(bindparam("most"))
)
_COUNT = Hot(_waiting(select(func.count()).select_from(LogCall)))


def todo(row: Any) -> TodoView:
    """From a call's columns with its template's name and rhythm."""
    about = Ref("log_period", number_of(row.template_id, row.period))
    title = f"{row.name} {label(row.rhythm, row.period)}"
    return TodoView(about, "log", title, row.asked_by, row.asked_at, None, False, "open", None, about)


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    return [todo(row) for row in _OPEN.named(conn, {"person": actor.id, "most": limit})]


def count_for(conn: Connection, person_id: int) -> int:
    ((found,),) = _COUNT.rows(conn, {"person": person_id})
    return int(found)


LOG_TODO = TodoKind("log", MAY_WRITE_LOG, _open, lambda conn, actor: count_for(conn, actor.id))
