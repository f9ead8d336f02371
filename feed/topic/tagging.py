"""What a post names is written down with it, so that it is found without reading the posts."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from feed.topic.models import PostTopic
from server.db.base import table
from server.kit.topics import Topic
from server.work.work import Work


def note(work: Work, post_id: int, author_id: int, topics: Sequence[Topic]) -> None:
    if topics:
        rows = [
            {"key": one.key, "post_id": post_id, "author_id": author_id, "name": one.name} for one in topics
        ]
        work.conn.execute(insert(table(PostTopic)), rows)


def forget(work: Work, post_id: int) -> None:
    """It says something else now, or nothing."""
    work.conn.execute(delete(PostTopic).where(PostTopic.post_id == post_id))
