"""What whoever has a post in view begins with: its comments and counts, its vote, how many rows its table has."""

from sqlalchemy import Connection

from feed.comments.reading import newest
from feed.poll.present import about_polls
from feed.table.present import about_tables
from server.events.envelope import Change
from server.permissions.actor import Actor


def now_watched(conn: Connection, actor: Actor, post_id: int) -> list[Change]:
    """The state from which a watch of this post goes on."""
    return [
        *newest(conn, actor, [post_id]),
        *about_polls(conn, actor, [post_id]),
        *about_tables(conn, [post_id]),
    ]
