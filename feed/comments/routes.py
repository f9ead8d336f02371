"""The routes of comments, likes and following: policy aloud, call, present."""

from feed.comments import following, reading, writing
from feed.comments.inputs import ChangedComment, CommentPage, NewComment
from feed.comments.likes import Kind, Like
from feed.comments.present import (
    CommentLikesTally,
    CommentVersionView,
    CommentView,
    FollowView,
    LikeRow,
    LikesTally,
    WrittenComment,
)
from feed.policies import (
    MAY_CHANGE_COMMENT,
    MAY_COMMENT,
    MAY_FOLLOW,
    MAY_LIKE,
    MAY_READ_ONE_POST,
    MAY_READ_POST,
)
from server.api.paging import Page
from server.api.route import (
    Answer,
    Await,
    Item,
    Items,
    Made,
    Nothing,
    Read,
    Write,
    awaits,
    delete,
    get,
    patch,
    post,
    put,
)


def list_comments(call: Read[None, CommentPage]) -> Items[CommentView]:
    """A page of a post's comments, oldest first, anywhere among them."""
    query = call.query
    found, also = reading.page(
        call.conn, call.actor, call.id(), query.limit, query.before, query.after, query.around
    )
    return Items(found, None, also)


def write(call: Write[NewComment, Nothing]) -> Made:
    """Comment on a post, or answer a comment."""
    made = writing.write(call.work, call.actor, call.id(), call.body)
    return Made(("comment", made.id), made)


def show(call: Read[None, Nothing]) -> Item[CommentView]:
    """One comment."""
    return Item(*reading.one(call.conn, call.actor, call.id()))


def change(call: Write[ChangedComment, Nothing]) -> WrittenComment:
    """Change what I wrote, within a day."""
    return writing.edit(call.work, call.actor, call.id(), call.body)


def remove(call: Write[None, Nothing]) -> None:
    """Delete a comment; a stub stays."""
    writing.delete(call.work, call.actor, call.id())


def list_versions(call: Read[None, Nothing]) -> Items[CommentVersionView]:
    """What a comment said before it was changed."""
    return Items(reading.versions(call.conn, call.actor, call.id()))


def list_likes(call: Read[None, Page]) -> Items[LikeRow]:
    """Who likes a post."""
    return Items(*reading.likers(call.conn, call.actor, call.id(), call.query.limit, call.query.cursor))


def list_comment_likes(call: Read[None, Page]) -> Items[LikeRow]:
    """Who likes a comment."""
    query = call.query
    return Items(*reading.comment_likers(call.conn, call.actor, call.id(), query.limit, query.cursor))


async def _like(call: Await[Nothing, Nothing], kind: Kind, on: bool) -> Answer:
    done = await call.company.small("like", Like(call.actor.id, kind, call.id(), on))
    return Answer(done.value, done.seq)


async def like(call: Await[Nothing, Nothing]) -> Answer:
    """Like a post."""
    return await _like(call, "post", True)


async def unlike(call: Await[Nothing, Nothing]) -> Answer:
    """No longer like a post."""
    return await _like(call, "post", False)


async def like_comment(call: Await[Nothing, Nothing]) -> Answer:
    """Like a comment."""
    return await _like(call, "comment", True)


async def unlike_comment(call: Await[Nothing, Nothing]) -> Answer:
    """No longer like a comment."""
    return await _like(call, "comment", False)


def follow(call: Write[Nothing, Nothing]) -> FollowView:
    """Be told of new comments."""
    return following.follow(call.work, call.actor, call.id(), follows=True)


def unfollow(call: Write[None, Nothing]) -> FollowView:
    """Not be told of new comments any more."""
    return following.follow(call.work, call.actor, call.id(), follows=False)


ROUTES = [
    get(
        "/api/posts/{id:int}/comments",
        MAY_READ_ONE_POST,
        list_comments,
        output=Items[CommentView],
        query=CommentPage,
    ),
    post(
        "/api/posts/{id:int}/comments",
        MAY_COMMENT,
        write,
        again=lambda call, earlier: writing.again(call.conn, call.actor, earlier.ref_id),
        output=WrittenComment,
        body=NewComment,
    ),
    get("/api/comments/{id:int}", MAY_READ_POST, show, output=Item[CommentView]),
    patch("/api/comments/{id:int}", MAY_CHANGE_COMMENT, change, output=WrittenComment, body=ChangedComment),
    delete("/api/comments/{id:int}", MAY_CHANGE_COMMENT, remove),
    get("/api/comments/{id:int}/versions", MAY_READ_POST, list_versions, output=Items[CommentVersionView]),
    awaits("PUT", "/api/posts/{id:int}/like", MAY_LIKE, like, output=LikesTally),
    awaits("DELETE", "/api/posts/{id:int}/like", MAY_LIKE, unlike, output=LikesTally),
    get("/api/posts/{id:int}/likes", MAY_READ_POST, list_likes, output=Items[LikeRow], query=Page),
    awaits("PUT", "/api/comments/{id:int}/like", MAY_LIKE, like_comment, output=CommentLikesTally),
    awaits("DELETE", "/api/comments/{id:int}/like", MAY_LIKE, unlike_comment, output=CommentLikesTally),
    get(
        "/api/comments/{id:int}/likes",
        MAY_READ_POST,
        list_comment_likes,
        output=Items[LikeRow],
        query=Page,
    ),
    put("/api/posts/{id:int}/follow", MAY_FOLLOW, follow, output=FollowView),
    delete("/api/posts/{id:int}/follow", MAY_FOLLOW, unfollow, output=FollowView, status=200),
]
