"""Comments are findable by whoever may read their post now; a hit opens the post at the comment (FEED-31)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from feed.comments.models import Comment
from feed.comments.present import CommentView
from feed.comments.reading import readable_among
from feed.models import Post
from feed.policies import MAY_READ_POST
from feed.present import posts
from feed.search import tokens_for, tokens_of
from server.db.base import table
from server.events.envelope import Change
from server.files.present import carried, from_stored, with_names
from server.kit.mentions import plain
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.search.declared import Doc, Hit, Searchable

_COMMENTS = table(Comment)


def _doc(view: CommentView) -> Doc | None:
    if view.deleted_by is not None:
        return None
    words = with_names(plain(view.text), view.files)
    return Doc(view.id, view.created_at, view.author_id, words, (), carried(view.files))


def _whose(conn: Connection, view: CommentView) -> tuple[str, ...]:
    """Whose its post is, nobody's when that was deleted; `o5` for the post's author (`a5` stands for who wrote the comment)."""
    return _tokens(conn, [view.post_id]).get(view.post_id, ())


def _tokens(conn: Connection, post_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found = posts(conn, sorted(set(post_ids)))
    return {view.id: (*tokens_for(view.audience), f"o{view.author_id}") for view in found}


def _tokens_of(conn: Connection, actor: Actor) -> Sequence[str]:
    return [*tokens_of(conn, actor), f"o{actor.id}"]


def _hits(conn: Connection, actor: Actor, ids: Sequence[int]) -> tuple[list[Hit], list[Change]]:
    rows = conn.execute(select(_COMMENTS).where(_COMMENTS.c.id.in_(ids))).all()
    hits = [
        Hit(row.id, row.created_at, row.author_id, _words(row), number=row.number, post_id=row.post_id)
        for row in rows
    ]
    return hits, list(person_puts_for(conn, actor, sorted({hit.author_id for hit in hits})))


def _words(row: Any) -> str:
    return with_names(plain(row.text), from_stored(row.files))


def _page(conn: Connection, after: int, count: int) -> list[Doc]:
    rows = conn.execute(
        select(_COMMENTS)
        .join(Post, Post.id == _COMMENTS.c.post_id)
        .where(_COMMENTS.c.id > after, _COMMENTS.c.deleted_at.is_(None), Post.deleted_at.is_(None))
        .order_by(_COMMENTS.c.id)
        .limit(count)
    ).all()
    tokens = _tokens(conn, [row.post_id for row in rows])
    return [
        Doc(
            row.id,
            row.created_at,
            row.author_id,
            _words(row),
            tokens[row.post_id],
            carried(from_stored(row.files)),
        )
        for row in rows
    ]


COMMENTS = Searchable(
    "comment",
    2,
    MAY_READ_POST,
    frozenset({"comment.written", "comment.changed", "comment.deleted"}),
    CommentView,
    _doc,
    _tokens_of,
    readable_among,
    _hits,
    _page,
    _whose,
)
