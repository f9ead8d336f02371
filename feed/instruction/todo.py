"""Instructions as to-dos: one for each person who has not done it yet (WORK-11)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from feed.instruction.models import Instruction, InstructionPerson
from feed.models import Post
from feed.policies import MAY_ANSWER
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.db.hot import Hot
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.permissions.actor import Actor

# No IN: the statements are compiled once.
_WAITING = (InstructionPerson.state == "open") | (InstructionPerson.state == "received")


_OPEN = Hot(
    select(Instruction.post_id, Instruction.due_at, Post.author_id, Post.text, Post.files, Post.created_at)
    .join(InstructionPerson, InstructionPerson.post_id == Instruction.post_id)
    .join(Post, Post.id == Instruction.post_id)
    .where(InstructionPerson.person_id == bindparam("person"), _WAITING)
    .order_by(Instruction.post_id.desc())
    .limit(bindparam("limit"))
)


def todo(row: Any, now: datetime) -> TodoView:
    """From an instruction's columns with its post's author, text, files and time."""
    return TodoView(
        Ref("instruction", row.post_id),
        "instruction",
        excerpt(in_a_line(plain(row.text), row.files)),
        row.author_id,
        row.created_at,
        row.due_at,
        row.due_at is not None and row.due_at < now,
        "open",
        None,
        Ref("post", row.post_id),
    )


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    rows = _OPEN.named(conn, {"person": actor.id, "limit": limit})
    return [todo(row, now) for row in rows]


def count_for(conn: Connection, person_id: int) -> int:
    query = select(func.count()).where(InstructionPerson.person_id == person_id, _WAITING)
    return conn.execute(query).scalar_one()


INSTRUCTION_TODO = TodoKind("instruction", MAY_ANSWER, _open, lambda conn, actor: count_for(conn, actor.id))
