"""Tasks as to-dos: one for each person who is to do an open one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from feed.models import Post
from feed.policies import MAY_PROGRESS
from feed.task.models import Task, TaskPerson
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.db.hot import Hot
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.permissions.actor import Actor

_COLUMNS = (Task.post_id, Task.due_at, Post.author_id, Post.title, Post.text, Post.files, Post.created_at)
_WAITING = (Task.state == "open") & Post.deleted_at.is_(None)
_SHOWN = select(*_COLUMNS).join(Post, Post.id == Task.post_id)
_OPEN = Hot(
    _SHOWN.join(TaskPerson, TaskPerson.post_id == Task.post_id)
    .where(TaskPerson.person_id == bindparam("person"), _WAITING)
    .order_by(Task.post_id.desc())
    .limit(bindparam("limit"))
)


def todo(row: Any, now: datetime) -> TodoView:
    return TodoView(
        Ref("task", row.post_id),
        "task",
        row.title or excerpt(in_a_line(plain(row.text), row.files)),
        row.author_id,
        row.created_at,
        row.due_at,
        row.due_at is not None and row.due_at < now,
        "open",
        None,
        Ref("post", row.post_id),
    )


def todo_of(conn: Connection, post_id: int, now: datetime) -> TodoView:
    return todo(conn.execute(_SHOWN.where(Task.post_id == post_id)).one(), now)


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    return [todo(row, now) for row in _OPEN.named(conn, {"person": actor.id, "limit": limit})]


def count_for(conn: Connection, person_id: int) -> int:
    query = (
        select(func.count())
        .select_from(TaskPerson)
        .join(Task, Task.post_id == TaskPerson.post_id)
        .join(Post, Post.id == Task.post_id)
        .where(TaskPerson.person_id == person_id, _WAITING)
    )
    return conn.execute(query).scalar_one()


TASK_TODO = TodoKind("task", MAY_PROGRESS, _open, lambda conn, actor: count_for(conn, actor.id))
