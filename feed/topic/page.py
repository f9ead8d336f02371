"""A topic's own page: what it is called, and exactly how many of its posts the reader may see (FEED-27). The posts come as a timeline."""

from sqlalchemy import Connection, distinct, exists, func, select

from feed.models import Post, PostMark
from feed.policies import readable_by
from feed.topic.models import PostTopic
from feed.topic.officials import keys_under, of
from feed.topic.present import TopicPage
from server.kit.topics import named
from server.permissions.actor import Actor


def page(conn: Connection, actor: Actor, name: str) -> TopicPage:
    """Any name has a page: one that nobody uses, and one that the reader may see no post of, look the same. Raises `Invalid` on `name`."""
    topic = named(name, "name")
    official = next((one for one in of(conn, actor) if topic.key in one.keys), None)
    keys = official.keys if official else [topic.key]
    hidden = exists().where(
        PostMark.person_id == actor.id, PostMark.kind == "hidden", PostMark.post_id == Post.id
    )
    count = conn.execute(
        select(func.count(distinct(PostTopic.post_id)))
        .join(Post, Post.id == PostTopic.post_id)
        .where(PostTopic.key.in_(keys), readable_by(conn, actor), ~hidden)
    ).scalar_one()
    if official is None:
        return TopicPage(topic.name, keys, False, False, count)
    return TopicPage(official.name, keys, True, official.retired_at is not None, count)


def keys_of(conn: Connection, actor: Actor, name: str) -> tuple[str, ...]:
    """Under which names the posts of this topic stand, for the timeline's filter. Raises `Invalid` on `topic`."""
    return tuple(keys_under(of(conn, actor), named(name, "topic")))
