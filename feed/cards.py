"""A post as a card: its beginning, who wrote it and when."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.models import Post
from feed.policies import MAY_READ_POST, readable_by
from server.cards.cards import CardKind, CardView
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.permissions.actor import Actor


def _cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    columns = (Post.id, Post.author_id, Post.text, Post.files, Post.created_at, Post.version)
    rows = conn.execute(select(*columns).where(Post.id.in_(ids), readable_by(conn, actor)))
    return [
        CardView(
            "post",
            row.id,
            False,
            excerpt(in_a_line(plain(row.text), row.files)),
            person_id=row.author_id,
            at=row.created_at,
            version=row.version,
        )
        for row in rows
    ]


POST_CARDS = CardKind("post", MAY_READ_POST, _cards, address="/posts/")
