"""Walking down the newest posts: a merge of keyset scans, each down one index. Cost grows with the page, not with the feed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, union_all

from feed.models import Post, PostAudience
from feed.policies import subjects_of
from server.events.models import StreamGrant
from server.permissions.actor import Actor

# Each selects one column of post ids.
Arms = Sequence[Select[Any]]


def newest_of(conn: Connection, arms: Arms, count: int, before: int | None) -> list[int]:
    """The ids of all arms, newest first. Every arm walks backwards and stops after `count` rows."""
    limited = []
    for arm in arms:
        column = arm.selected_columns[0]
        some = arm if before is None else arm.where(column < before)
        inner = some.order_by(column.desc()).limit(count).subquery()
        limited.append(select(inner.c[0].label("post_id")))
    merged = union_all(*limited).subquery()
    newest = select(merged.c.post_id).distinct().order_by(merged.c.post_id.desc()).limit(count)
    return list(conn.execute(newest).scalars())


def addressed_to(subject: str) -> Select[Any]:
    return select(PostAudience.post_id).where(PostAudience.subject == subject)


def readers_arms(conn: Connection, actor: Actor) -> Arms:
    """Together all that the person may read: one arm per audience subject that reaches them, and for departments they have left what was
    addressed to those while they were in (W18)."""
    spans = conn.execute(
        select(StreamGrant.stream, StreamGrant.from_seq, StreamGrant.to_seq).where(
            StreamGrant.person_id == actor.id,
            StreamGrant.to_seq.is_not(None),
            StreamGrant.stream.startswith("department:"),
        )
    ).all()
    past = [
        addressed_to(span.stream)
        .join(Post, Post.id == PostAudience.post_id)
        .where(Post.seq.between(span.from_seq, span.to_seq))
        for span in spans
    ]
    return [*[addressed_to(subject) for subject in subjects_of(conn, actor)], *past]
