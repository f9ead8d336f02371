"""Posts are findable by their title and text, for whoever may read them now (FEED-14, FEED-31)."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.addressed import AudienceView
from feed.models import Post
from feed.policies import MAY_READ_POST, readable_among, subjects_of
from feed.poll.present import from_stored as poll_of
from feed.present import PostView, headed, posts
from feed.table.present import from_stored as table_of
from server.events.envelope import Change
from server.events.models import StreamGrant
from server.files.present import carried, from_stored, with_names
from server.kit.mentions import plain
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.search.declared import Doc, Hit, Searchable


def tokens_for(audience: AudienceView) -> list[str]:
    """To whom a post belongs, and what hangs on it."""
    tokens = ["everyone"] if audience.everyone else []
    tokens += [f"d{one}" for one in audience.departments]
    return tokens + [f"p{one}" for one in audience.people]


def _doc(post: PostView) -> Doc:
    tokens = tokens_for(post.audience)
    words = with_names(plain(headed(post.title, post.text, post.poll, post.table)), post.files)
    return Doc(post.id, post.created_at, post.author_id, words, tuple(tokens), carried(post.files))


def tokens_of(conn: Connection, actor: Actor) -> Sequence[str]:
    """Also of departments the person has left: what was addressed to them then stays readable (W18)."""
    left = select(StreamGrant.stream).where(
        StreamGrant.person_id == actor.id,
        StreamGrant.to_seq.is_not(None),
        StreamGrant.stream.startswith("department:"),
    )
    return [_token(subject) for subject in [*subjects_of(conn, actor), *conn.execute(left).scalars()]]


def _token(subject: str) -> str:
    """`department:3` → `d3`, `person:17` → `p17`, `author:5` → `a5`."""
    kind, _, number = subject.partition(":")
    return f"{kind[0]}{number}" if number else kind


def _hits(conn: Connection, actor: Actor, ids: Sequence[int]) -> tuple[list[Hit], list[Change]]:
    columns = (
        Post.id,
        Post.author_id,
        Post.title,
        Post.text,
        Post.created_at,
        Post.files,
        Post.poll,
        Post.carried_table,
    )
    rows = conn.execute(select(*columns).where(Post.id.in_(ids))).all()
    hits = [
        Hit(
            row.id,
            row.created_at,
            row.author_id,
            with_names(
                plain(headed(row.title, row.text, poll_of(row.poll), table_of(row.carried_table))),
                from_stored(row.files),
            ),
        )
        for row in rows
    ]
    return hits, list(person_puts_for(conn, actor, sorted({hit.author_id for hit in hits})))


def _page(conn: Connection, after: int, count: int) -> list[Doc]:
    there = select(Post.id).where(Post.id > after, Post.deleted_at.is_(None))
    ids = conn.execute(there.order_by(Post.id).limit(count)).scalars()
    return [_doc(view) for view in posts(conn, ids)]


POSTS = Searchable(
    "post",
    0,
    MAY_READ_POST,
    frozenset({"post.published", "post.changed"}),
    PostView,
    _doc,
    tokens_of,
    readable_among,
    _hits,
    _page,
    gone=frozenset({"post.deleted"}),
)
