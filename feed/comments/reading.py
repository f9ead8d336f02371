"""Reading comments: pages by number, as quick anywhere; the newest few under posts; who likes; earlier versions."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from feed.comments.models import Comment, CommentLike, CommentVersion
from feed.comments.present import (
    CommentLikesTally,
    CommentsTally,
    CommentVersionView,
    CommentView,
    LikeRow,
    LikesTally,
    comment,
    comment_like_change,
    comment_likes_put,
    comment_put,
    comments_put,
    follow_change,
    like_change,
    likes_put,
    people_of,
)
from feed.comments.writing import found
from feed.models import Post, PostFollow, PostLike
from feed.policies import must_read, readable_by
from server.db.base import table
from server.db.hot import Hot, among
from server.db.keyset import decode_cursor, encode_cursor, micros_of, moment_of, page_size
from server.events.envelope import Change
from server.kit.problems import NotFound
from server.people.present import person_puts_for
from server.permissions.actor import Actor

LATEST = 2
_COMMENTS = table(Comment)
_THESE = Hot(select(_COMMENTS).where(among(_COMMENTS.c.id, "ids")))
_LATEST = Hot(
    select(_COMMENTS)
    .join(Post, Post.id == _COMMENTS.c.post_id)
    .where(among(Post.id, "ids"), Post.last_comment > 0, _COMMENTS.c.number > Post.last_comment - LATEST)
    .order_by(_COMMENTS.c.post_id, _COMMENTS.c.number)
)
_MY_COMMENT_LIKES = Hot(
    select(CommentLike.comment_id, CommentLike.at).where(
        CommentLike.person_id == bindparam("person"), among(CommentLike.comment_id, "ids")
    )
)
_MY_LIKES = Hot(
    select(PostLike.post_id, PostLike.at).where(
        PostLike.person_id == bindparam("person"), among(PostLike.post_id, "ids")
    )
)
_MY_FOLLOWS = Hot(
    select(PostFollow.post_id, PostFollow.follows).where(
        PostFollow.person_id == bindparam("person"), among(PostFollow.post_id, "ids")
    )
)
_COUNTED = Hot(select(Post.id, Post.comments, Post.last_comment, Post.likes).where(among(Post.id, "ids")))


def page(
    conn: Connection,
    actor: Actor,
    post_id: int,
    limit: int | None,
    before: int | None,
    after: int | None,
    around: int | None,
) -> tuple[list[CommentView], list[Change]]:
    """Oldest first. `around`: half of the page lies before that number. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    size = page_size(limit)
    if around is not None:
        earlier = _before(conn, post_id, around, size // 2)
        rows = [*earlier, *_after(conn, post_id, around - 1, size - len(earlier))]
    elif after is not None and before is None:
        rows = _after(conn, post_id, after, size)
    else:
        rows = _before(conn, post_id, before, size)
    shown = [comment(row) for row in rows]
    return shown, [*_belongings(conn, actor, rows), *about_posts(conn, actor, [post_id])]


def one(conn: Connection, actor: Actor, comment_id: int) -> tuple[CommentView, list[Change]]:
    """One comment, a stub when it was deleted. Raises `NotFound`."""
    row = found(conn, actor, comment_id, deleted_too=True)
    return comment(row), _belongings(conn, actor, [row])


def _before(conn: Connection, post_id: int, number: int | None, count: int) -> list[Any]:
    query = select(_COMMENTS).where(_COMMENTS.c.post_id == post_id)
    if number is not None:
        query = query.where(_COMMENTS.c.number < number)
    return list(conn.execute(query.order_by(_COMMENTS.c.number.desc()).limit(count)))[::-1]


def _after(conn: Connection, post_id: int, number: int, count: int) -> list[Any]:
    query = select(_COMMENTS).where(_COMMENTS.c.post_id == post_id, _COMMENTS.c.number > number)
    return list(conn.execute(query.order_by(_COMMENTS.c.number).limit(count)))


def _belongings(conn: Connection, actor: Actor, rows: Sequence[Any]) -> list[Change]:
    """What comes along with comments: those they answer, their likes, mine among them, and the persons named."""
    here = {row.id for row in rows}
    answered = sorted({row.reply_to for row in rows if row.reply_to is not None} - here)
    quoted = _THESE.named(conn, {"ids": answered}) if answered else []
    mine = _my_likes(conn, actor, sorted(here))
    people: set[int] = set()
    for row in (*rows, *quoted):
        people |= people_of(comment(row))
    return [
        *[comment_put(comment(row)) for row in quoted],
        *[comment_likes_put(CommentLikesTally(row.id, row.likes)) for row in rows],
        *[comment_like_change(one, mine.get(one)) for one in sorted(here)],
        *person_puts_for(conn, actor, sorted(people)),
    ]


def _my_likes(conn: Connection, actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    if not ids:
        return {}
    return {row.comment_id: row.at for row in _MY_COMMENT_LIKES.named(conn, {"person": actor.id, "ids": ids})}


def about_posts(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """The counts of these posts, whether I like and follow them. Three queries; the caller has checked who asks."""
    if not post_ids:
        return []
    of_mine = {"person": actor.id, "ids": post_ids}
    mine = {row.post_id: row.at for row in _MY_LIKES.named(conn, of_mine)}
    follows = {row.post_id: row.follows for row in _MY_FOLLOWS.named(conn, of_mine)}
    changes: list[Change] = []
    for row in _COUNTED.named(conn, {"ids": post_ids}):
        changes += [
            comments_put(CommentsTally(row.id, row.comments, row.last_comment)),
            likes_put(LikesTally(row.id, row.likes)),
            like_change(row.id, mine.get(row.id)),
            follow_change(row.id, follows.get(row.id)),
        ]
    return changes


def newest(conn: Connection, actor: Actor, post_ids: Iterable[int]) -> list[Change]:
    """What stands under posts in a list: their counts, and the newest comments with what belongs to them."""
    wanted = list(post_ids)
    if not wanted:
        return []
    rows = _LATEST.named(conn, {"ids": wanted})
    shown = [comment_put(comment(row)) for row in rows]
    return [*about_posts(conn, actor, wanted), *shown, *(_belongings(conn, actor, rows) if rows else [])]


def likers(
    conn: Connection, actor: Actor, post_id: int, limit: int | None, cursor: str
) -> tuple[list[LikeRow], str | None, list[Change]]:
    """Who likes a post, the newest first. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    return _likers(conn, actor, table(PostLike), PostLike.post_id == post_id, limit, cursor)


def comment_likers(
    conn: Connection, actor: Actor, comment_id: int, limit: int | None, cursor: str
) -> tuple[list[LikeRow], str | None, list[Change]]:
    """Who likes a comment, the newest first. Raises `NotFound`."""
    if found(conn, actor, comment_id, deleted_too=True).deleted_at is not None:
        raise NotFound()
    return _likers(conn, actor, table(CommentLike), CommentLike.comment_id == comment_id, limit, cursor)


def _likers(
    conn: Connection, actor: Actor, likes: Any, about: Any, limit: int | None, cursor: str
) -> tuple[list[LikeRow], str | None, list[Change]]:
    size = page_size(limit)
    after = decode_cursor(cursor, int, int)
    query = select(likes.c.person_id, likes.c.at).where(about)
    if after is not None:
        moment, person = moment_of(after[0]), int(after[1])
        query = query.where(or_(likes.c.at < moment, and_(likes.c.at == moment, likes.c.person_id > person)))
    rows = conn.execute(query.order_by(likes.c.at.desc(), likes.c.person_id).limit(size + 1)).all()
    shown = [LikeRow(row.person_id, row.at) for row in rows[:size]]
    following = None
    if len(rows) > size:
        following = encode_cursor(micros_of(shown[-1].at), shown[-1].person_id)
    return shown, following, list(person_puts_for(conn, actor, [row.person_id for row in shown]))


def versions(conn: Connection, actor: Actor, comment_id: int) -> list[CommentVersionView]:
    """What it said before, the newest first; of a deleted one nothing. Raises `NotFound`."""
    if found(conn, actor, comment_id, deleted_too=True).deleted_at is not None:
        raise NotFound()
    rows = conn.execute(
        select(CommentVersion.version, CommentVersion.text, CommentVersion.at)
        .where(CommentVersion.comment_id == comment_id)
        .order_by(CommentVersion.version.desc())
        .limit(100)
    )
    return [CommentVersionView(row.version, row.text, row.at) for row in rows]


def readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of these comments whose posts the person may read now, and that still say something."""
    query = (
        select(_COMMENTS.c.id)
        .join(Post, Post.id == _COMMENTS.c.post_id)
        .where(_COMMENTS.c.id.in_(ids), _COMMENTS.c.deleted_at.is_(None), readable_by(conn, actor))
    )
    return set(conn.execute(query).scalars())
