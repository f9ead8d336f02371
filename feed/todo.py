"""Receipts as to-dos: one per open receipt, derived from its row (RCPT-06)."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import MAY_CONFIRM
from notifications.todos import TodoKind, TodoView
from server.cards.cards import Ref
from server.db.hot import Hot
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.permissions.actor import Actor

_MINE = (Receipt.person_id == bindparam("person")) & (Receipt.state == "open")
_OPEN_POSTS = Hot(
    select(Receipt.post_id).where(_MINE).order_by(Receipt.post_id.desc()).limit(bindparam("limit"))
)
_OPEN = Hot(
    select(
        Receipt.post_id,
        ReceiptAsk.asked_by,
        ReceiptAsk.asked_at,
        ReceiptAsk.due_at,
        Post.title,
        Post.text,
        Post.files,
    )
    .join(ReceiptAsk, (ReceiptAsk.post_id == Receipt.post_id) & (ReceiptAsk.version == Receipt.version))
    .join(Post, Post.id == Receipt.post_id)
    .where(_MINE)
    .order_by(Receipt.post_id.desc())
    .limit(bindparam("limit"))
)


def open_post_ids(conn: Connection, actor: Actor, limit: int) -> list[int]:
    """The posts that wait for my receipt, newest first."""
    return [row[0] for row in _OPEN_POSTS.rows(conn, {"person": actor.id, "limit": limit})]


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    rows = _OPEN.named(conn, {"person": actor.id, "limit": limit})
    return [
        TodoView(
            Ref("receipt", row.post_id),
            "receipt",
            row.title or excerpt(in_a_line(plain(row.text), row.files)),
            row.asked_by,
            row.asked_at,
            row.due_at,
            row.due_at is not None and row.due_at < now,
            "open",
            None,
            Ref("post", row.post_id),
        )
        for row in rows
    ]


def _count(conn: Connection, actor: Actor) -> int:
    query = select(func.count()).where(Receipt.person_id == actor.id, Receipt.state == "open")
    return conn.execute(query).scalar_one()


RECEIPT_TODO = TodoKind("receipt", MAY_CONFIRM, _open, _count, derived=True)
