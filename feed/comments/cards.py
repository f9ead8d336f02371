"""A comment as a card: its beginning, who wrote it and when; for who may read its post."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from feed.comments.models import Comment
from feed.comments.reading import readable_among
from feed.policies import MAY_READ_POST, readers_of
from server.cards.cards import CardKind, CardView, Ref
from server.db.base import table
from server.files.present import from_stored
from server.kit.mentions import plain
from server.kit.module import Module
from server.kit.text import excerpt
from server.permissions.actor import Actor

_COMMENTS = table(Comment)


def _cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    """One without words is called by its first file."""
    may = readable_among(conn, actor, ids)
    rows = conn.execute(select(_COMMENTS).where(_COMMENTS.c.id.in_(may)).order_by(_COMMENTS.c.id))
    return [
        CardView(
            "comment",
            row.id,
            False,
            excerpt(plain(row.text)) or next((file.name for file in from_stored(row.files)), ""),
            person_id=row.author_id,
            at=row.created_at,
            version=row.version,
            within=Ref("post", row.post_id),
        )
        for row in rows
    ]


def _seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], comment_id: int
) -> ColumnElement[bool]:
    """Who reads its post."""
    post = conn.execute(select(_COMMENTS.c.post_id).where(_COMMENTS.c.id == comment_id)).scalar_one()
    return readers_of(conn, post)


COMMENT_CARDS = CardKind("comment", MAY_READ_POST, _cards, seen_by=_seen_by)
