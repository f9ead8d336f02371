"""The only row → JSON of comments, likes, their tallies, and of following."""

from datetime import datetime
from typing import Any

import msgspec

from feed.present import PostMentions
from server.cards import carrying
from server.cards.carrying import CarriedCard
from server.events.envelope import Drop, Put
from server.files.present import FileView, from_stored


class CommentView(msgspec.Struct, frozen=True):
    """A comment, the same for all readers. `by_id` wrote it for the author. With `deleted_by` it is a stub: no words, no files,
    no cards."""

    id: int
    post_id: int
    number: int
    author_id: int
    by_id: int | None
    client_id: str
    text: str
    mentions: PostMentions
    reply_to: int | None
    files: list[FileView]
    cards: list[CarriedCard]
    version: int
    created_at: datetime
    edited_at: datetime | None
    deleted_by: int | None


class WrittenComment(CommentView, frozen=True, kw_only=True):
    """The answer to writing and changing: `not_notified` names mentioned people and departments that (in part) cannot see it (M1)."""

    not_notified: PostMentions


class CommentsTally(msgspec.Struct, frozen=True):
    """How many comments a post has (deleted ones do not count), and the number of its newest, deleted or not."""

    post_id: int
    comments: int
    last_number: int


class LikesTally(msgspec.Struct, frozen=True):
    post_id: int
    likes: int


class CommentLikesTally(msgspec.Struct, frozen=True):
    comment_id: int
    likes: int


class LikeView(msgspec.Struct, frozen=True):
    """The reader's own like; its id on the wire is the post's or the comment's."""

    at: datetime


class FollowView(msgspec.Struct, frozen=True):
    """What the reader chose about a post; its id on the wire is the post's. `follows` false: not to be told of it any more."""

    post_id: int
    follows: bool


class LikeRow(msgspec.Struct, frozen=True):
    """Who likes it, and since when."""

    person_id: int
    at: datetime


class CommentVersionView(msgspec.Struct, frozen=True):
    """What a comment said in an earlier version."""

    version: int
    text: str
    at: datetime


_mentions = msgspec.json.Decoder(PostMentions)


def comment(row: Any) -> CommentView:
    """From a row of all comment columns."""
    return CommentView(
        row.id,
        row.post_id,
        row.number,
        row.author_id,
        row.by_id,
        row.client_id,
        row.text,
        _mentions.decode(row.mentions),
        row.reply_to,
        from_stored(row.files),
        carrying.from_stored(row.cards),
        row.version,
        row.created_at,
        row.edited_at,
        row.deleted_by,
    )


def people_of(view: CommentView) -> set[int]:
    """Whom a comment names."""
    named = {view.author_id, *view.mentions.people}
    return named | {one for one in (view.by_id, view.deleted_by) if one is not None}


def comment_put(view: CommentView) -> Put:
    return Put("comment", view.id, view)


def comments_put(view: CommentsTally) -> Put:
    return Put("tally/comments", view.post_id, view)


def likes_put(view: LikesTally) -> Put:
    return Put("tally/likes", view.post_id, view)


def comment_likes_put(view: CommentLikesTally) -> Put:
    return Put("tally/comment_likes", view.comment_id, view)


def like_change(post_id: int, at: datetime | None) -> Put | Drop:
    """Mine, or that I have none: an answer always says which."""
    return Put("like", post_id, LikeView(at)) if at is not None else Drop("like", post_id)


def comment_like_change(comment_id: int, at: datetime | None) -> Put | Drop:
    return (
        Put("comment_like", comment_id, LikeView(at)) if at is not None else Drop("comment_like", comment_id)
    )


def follow_change(post_id: int, follows: bool | None) -> Put | Drop:
    return (
        Put("follow", post_id, FollowView(post_id, follows))
        if follows is not None
        else Drop("follow", post_id)
    )
