"""What comments tell people: that one mentions them, answers them, or stands under a post of theirs. Each is told once, by the nearest."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.comments.models import Comment
from feed.comments.present import CommentView
from feed.models import Post, PostFollow
from feed.policies import MAY_READ_POST, readers_among
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref
from server.org.lines import members_of

# Whoever wrote longer ago has gone on; following brings them back.
RECENT = 500


def _written(fact: Fact) -> Sequence[CommentView]:
    """The comment itself; the one that it answers comes along in the same event."""
    views = list(fact.of("comment", CommentView))[:1]
    return [view for view in views if view.deleted_by is None]


def _mentioned(conn: Connection, view: CommentView) -> set[int]:
    people = set(view.mentions.people)
    if view.mentions.departments:
        people |= set(conn.execute(members_of(view.mentions.departments)).scalars())
    return people - {view.author_id, view.by_id}


def _answered(conn: Connection, view: CommentView) -> set[int]:
    if view.reply_to is None:
        return set()
    query = select(Comment.author_id).where(Comment.id == view.reply_to)
    return set(conn.execute(query).scalars()) - {view.author_id, view.by_id}


def _interested(conn: Connection, view: CommentView) -> set[int]:
    """The post's author, who follows it, who wrote there lately; not who wants to hear no more of it."""
    people = set(conn.execute(select(Post.author_id).where(Post.id == view.post_id)).scalars())
    lately = select(Comment.author_id).where(
        Comment.post_id == view.post_id,
        Comment.number > view.number - RECENT,
        Comment.number < view.number,
        Comment.deleted_at.is_(None),
    )
    people |= set(conn.execute(lately.distinct()).scalars())
    chosen = select(PostFollow.person_id, PostFollow.follows).where(PostFollow.post_id == view.post_id)
    for row in conn.execute(chosen):
        (people.add if row.follows else people.discard)(row.person_id)
    return people - {view.author_id, view.by_id}


def _telling(conn: Connection, view: CommentView, why: str, people: set[int]) -> list[Telling]:
    seeing = sorted(readers_among(conn, view.post_id, sorted(people)))
    if not seeing:
        return []
    key = f"{why}/comment/{view.id}"
    within = Ref("post", view.post_id)
    return [Telling(seeing, Ref("comment", view.id), view.author_id, key, within, view.number)]


def _tell_mentioned(conn: Connection, fact: Fact) -> Sequence[Telling]:
    return [
        telling
        for view in _written(fact)
        for telling in _telling(conn, view, "mention", _mentioned(conn, view))
    ]


def _tell_answered(conn: Connection, fact: Fact) -> Sequence[Telling]:
    return [
        telling
        for view in _written(fact)
        for telling in _telling(conn, view, "answer", _answered(conn, view) - _mentioned(conn, view))
    ]


def _tell_interested(conn: Connection, fact: Fact) -> Sequence[Telling]:
    return [
        telling
        for view in _written(fact)
        for telling in _telling(
            conn,
            view,
            "comment",
            _interested(conn, view) - _answered(conn, view) - _mentioned(conn, view),
        )
    ]


_WRITTEN = frozenset({"comment.written"})
NOTICES = [
    NoticeKind("comment_mention", MAY_READ_POST, _WRITTEN, _tell_mentioned),
    NoticeKind("comment_reply", MAY_READ_POST, _WRITTEN, _tell_answered),
    NoticeKind("post_comment", MAY_READ_POST, _WRITTEN, _tell_interested),
]
