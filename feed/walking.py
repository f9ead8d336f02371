"""Walking down the newest posts: a merge of keyset scans, each down one index. Cost grows with the page, not with the feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, union_all

from feed.models import Post, PostAudience
from feed.policies import ADDRESSED_AT, subjects_of
from server.db.hot import Hot
from server.events.models import StreamGrant
from server.permissions.actor import Actor

ABOVE_ALL = 2**63 - 1
_LEFT_DEPARTMENTS = Hot(
    select(StreamGrant.stream, StreamGrant.from_seq, StreamGrant.to_seq).where(
        StreamGrant.person_id == bindparam("person"),
        StreamGrant.to_seq.is_not(None),
        StreamGrant.stream.startswith("department:"),
    )
)


@dataclass(frozen=True)
class Arms:
    """What is merged: the posts addressed to each of `subjects`, and what `others` select, one column of post ids each."""

    subjects: Sequence[str] = ()
    others: Sequence[Select[Any]] = ()


def newest_of(conn: Connection, arms: Arms, count: int, before: int | None) -> list[int]:
    """The ids of all arms, newest first. Every arm walks backwards and stops after `count` rows."""
    values: dict[str, Any] = {f"arm_{at}": subject for at, subject in enumerate(arms.subjects)}
    values |= {"before": ABOVE_ALL if before is None else before, "count": count}
    if not arms.others:
        return [row[0] for row in _ready(len(arms.subjects)).rows(conn, values)]
    return list(conn.execute(_merged(len(arms.subjects), arms.others), values).scalars())


@cache
def _ready(subjects: int) -> Hot:
    """Nearly everybody's walk: as many arms as the person has subjects, compiled once."""
    return Hot(_merged(subjects, ()))


def _merged(subjects: int, others: Sequence[Select[Any]]) -> Select[Any]:
    arms = [*(_addressed_to(bindparam(f"arm_{at}")) for at in range(subjects)), *others]
    limited = []
    for arm in arms:
        column = arm.selected_columns[0]
        some = arm.where(column < bindparam("before"))
        inner = some.order_by(column.desc()).limit(bindparam("count")).subquery()
        limited.append(select(inner.c[0].label("post_id")))
    merged = union_all(*limited).subquery()
    return select(merged.c.post_id).distinct().order_by(merged.c.post_id.desc()).limit(bindparam("count"))


def _addressed_to(subject: Any) -> Select[Any]:
    return select(PostAudience.post_id).where(PostAudience.subject == subject)


def readers_arms(conn: Connection, actor: Actor) -> Arms:
    """Together all that the person may read: one arm per audience subject that reaches them, and for departments they have left what was
    addressed to those while they were in (W18)."""
    past = [
        _addressed_to(stream)
        .join(Post, Post.id == PostAudience.post_id)
        .where(ADDRESSED_AT.between(first, last))
        for stream, first, last in _LEFT_DEPARTMENTS.rows(conn, {"person": actor.id})
    ]
    return Arms(subjects_of(conn, actor), past)
