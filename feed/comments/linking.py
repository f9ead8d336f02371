"""Comments leave traces on what they carry or name."""

from typing import Any

from sqlalchemy import Connection, select

from feed.comments.models import Comment
from feed.comments.present import CommentView
from server.cards import carrying
from server.cards.cards import Ref
from server.links.declared import LinkSource, Said


def _said(view: CommentView) -> Said | None:
    if view.deleted_by is not None:
        return None
    return Said(view.id, view.created_at, view.text, [Ref(one.kind, one.id) for one in view.cards])


def _of_row(row: Any) -> Said:
    cards = [Ref(one.kind, one.id) for one in carrying.from_stored(row.cards)]
    return Said(row.id, row.created_at, row.text, cards)


def _page(conn: Connection, after: int, count: int) -> list[Said]:
    columns = (Comment.id, Comment.created_at, Comment.text, Comment.cards)
    those = select(*columns).where(Comment.id > after, Comment.deleted_at.is_(None))
    some = those.order_by(Comment.id).limit(count)
    return [_of_row(row) for row in conn.execute(some.with_for_update(read=True))]


COMMENT_LINKS = LinkSource(
    "comment",
    CommentView,
    "comment.written",
    _said,
    _page,
    frozenset({"comment.changed", "comment.deleted"}),
    is_open=True,
)
