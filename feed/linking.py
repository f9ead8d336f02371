"""Posts leave traces on what they carry or name."""

from typing import Any

from sqlalchemy import Connection, select

from feed.models import Post
from feed.present import PostView
from server.cards import carrying
from server.cards.cards import Ref
from server.links.declared import LinkSource, Said


def _said(post: PostView) -> Said:
    return Said(post.id, post.created_at, post.text, [Ref(one.kind, one.id) for one in post.cards])


def _of_row(row: Any) -> Said:
    cards = [Ref(one.kind, one.id) for one in carrying.from_stored(row.cards)]
    return Said(row.id, row.created_at, row.text, cards)


def _page(conn: Connection, after: int, count: int) -> list[Said]:
    columns = (Post.id, Post.created_at, Post.text, Post.cards)
    some = select(*columns).where(Post.id > after, Post.deleted_at.is_(None)).order_by(Post.id).limit(count)
    return [_of_row(row) for row in conn.execute(some.with_for_update(read=True))]


POST_LINKS = LinkSource(
    "post",
    PostView,
    "post.published",
    _said,
    _page,
    frozenset({"post.changed"}),
    gone=frozenset({"post.deleted"}),
    is_open=True,
)
