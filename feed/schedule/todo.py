"""Invitations as to-dos: one for each person who has not answered for the time as it stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from feed.models import Post
from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.policies import MAY_ANSWER_INVITATION
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.db.hot import Hot
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.permissions.actor import Actor

_SHOWN = select(
    Schedule.post_id, Schedule.author_id, Schedule.asked_at, Schedule.begins_at, Post.text, Post.files
).join(Post, Post.id == Schedule.post_id)
_OPEN = Hot(
    _SHOWN.join(ScheduleGuest, ScheduleGuest.post_id == Schedule.post_id)
    .where(ScheduleGuest.person_id == bindparam("person"), ScheduleGuest.state == "open")
    .order_by(Schedule.post_id.desc())
    .limit(bindparam("limit"))
)


def title_of(row: Any) -> str:
    """What a post without a title is called: its first line."""
    return excerpt(in_a_line(plain(row.text).strip().split("\n")[0], row.files))


def todo(row: Any, now: datetime) -> TodoView:
    return TodoView(
        Ref("schedule", row.post_id),
        "schedule",
        title_of(row),
        row.author_id,
        row.asked_at,
        row.begins_at,
        row.begins_at < now,
        "open",
        None,
        Ref("post", row.post_id),
    )


def todo_of(conn: Connection, post_id: int, now: datetime) -> TodoView:
    return todo(conn.execute(_SHOWN.where(Schedule.post_id == post_id)).one(), now)


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    return [todo(row, now) for row in _OPEN.named(conn, {"person": actor.id, "limit": limit})]


def count_for(conn: Connection, person_id: int) -> int:
    query = select(func.count()).where(ScheduleGuest.person_id == person_id, ScheduleGuest.state == "open")
    return conn.execute(query).scalar_one()


SCHEDULE_TODO = TodoKind(
    "schedule", MAY_ANSWER_INVITATION, _open, lambda conn, actor: count_for(conn, actor.id)
)
