"""Following a post: told of its comments from now on, or no longer (FEED-17)."""

from sqlalchemy import insert, select, update

from feed.comments import events
from feed.comments.present import FollowView
from feed.models import PostFollow
from feed.policies import must_read
from server.permissions.actor import Actor
from server.work.work import Work


def follow(work: Work, actor: Actor, post_id: int, *, follows: bool) -> FollowView:
    """Twice is the same. Raises `NotFound`."""
    must_read(work.conn, actor, post_id)
    mine = (PostFollow.post_id == post_id) & (PostFollow.person_id == actor.id)
    before = work.conn.execute(select(PostFollow.follows).where(mine)).scalar()
    if before is None:
        values = {"post_id": post_id, "person_id": actor.id, "follows": follows, "at": work.now}
        work.conn.execute(insert(PostFollow).values(**values))
    elif before != follows:
        work.conn.execute(update(PostFollow).where(mine).values(follows=follows, at=work.now))
    if before != follows:
        work.record(events.post_followed(actor.id, post_id, follows))
    return FollowView(post_id, follows)
