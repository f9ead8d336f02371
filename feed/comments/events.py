"""Facts about comments and likes, named in the past. Whoever watches a post hears them; counts reach its author besides."""

from feed.comments.present import (
    CommentLikesTally,
    CommentsTally,
    CommentView,
    LikesTally,
    comment_likes_put,
    comment_put,
    comments_put,
    follow_change,
    likes_put,
)
from server.events.envelope import Change, Event, person_stream


def watch_stream(post_id: int) -> str:
    """Heard only while somebody who may read the post has it in view."""
    return f"post:{post_id}"


def comment_written(view: CommentView, quoted: CommentView | None) -> Event:
    """With the comment that it answers, which a watcher may never have seen."""
    changes: list[Change] = [comment_put(one) for one in (view, quoted) if one is not None]
    return Event(
        "comment.written",
        [watch_stream(view.post_id)],
        changes,
        actor=view.author_id,
        echo=view.client_id or None,
    )


def comment_changed(actor: int, view: CommentView) -> Event:
    return Event("comment.changed", [watch_stream(view.post_id)], [comment_put(view)], actor=actor)


def comment_deleted(actor: int, view: CommentView) -> Event:
    """The stub takes the comment's place on every screen."""
    return Event("comment.deleted", [watch_stream(view.post_id)], [comment_put(view)], actor=actor)


def comments_counted(author_id: int, view: CommentsTally) -> Event:
    return Event(
        "comments.counted",
        [person_stream(author_id), watch_stream(view.post_id)],
        [comments_put(view)],
        merge=f"tally/comments/{view.post_id}",
    )


def likes_counted(author_id: int, view: LikesTally) -> Event:
    return Event(
        "likes.counted",
        [person_stream(author_id), watch_stream(view.post_id)],
        [likes_put(view)],
        merge=f"tally/likes/{view.post_id}",
    )


def comment_likes_counted(author_id: int, post_id: int, view: CommentLikesTally) -> Event:
    return Event(
        "comment_likes.counted",
        [person_stream(author_id), watch_stream(post_id)],
        [comment_likes_put(view)],
        merge=f"tally/comment_likes/{view.comment_id}",
    )


def like_moved(person_id: int, change: Change) -> Event:
    """To one's own devices."""
    return Event("like.moved", [person_stream(person_id)], [change], actor=person_id)


def post_followed(person_id: int, post_id: int, follows: bool) -> Event:
    """To one's own devices."""
    return Event(
        "post.followed", [person_stream(person_id)], [follow_change(post_id, follows)], actor=person_id
    )
