"""What is offered while one writes `#`: my own frequent topics, the official ones, and what is talked about where I can read it (FEED-05).

Whatever is counted here is counted among posts that the reader may read, so a count tells nothing that reading would not.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from feed.models import Post
from feed.topic.models import PostTopic
from feed.topic.officials import of
from feed.topic.present import OfficialTopicView, TopicChoices, TopicView
from feed.walking import newest_of, readers_arms
from server.permissions.actor import Actor

OFFERED = 12
MY_LATEST, LOOKED_AT = 300, 500
RECENT = timedelta(days=14)


def choices(conn: Connection, actor: Actor, now: datetime) -> TopicChoices:
    """Costs a bounded walk, however much there is."""
    officials = of(conn, actor)
    return TopicChoices(
        _ranked(_mine(conn, actor), officials),
        [TopicView(one.name, one.keys, True) for one in officials if one.retired_at is None],
        _ranked(_recent(conn, actor, now), officials, by_people=True),
    )


def _mine(conn: Connection, actor: Actor) -> Sequence[Any]:
    """Newest first, as the next."""
    query = select(PostTopic.key, PostTopic.name, PostTopic.author_id).where(PostTopic.author_id == actor.id)
    return conn.execute(query.order_by(PostTopic.post_id.desc()).limit(MY_LATEST)).all()


def _recent(conn: Connection, actor: Actor, now: datetime) -> Sequence[Any]:
    ids = newest_of(conn, readers_arms(conn, actor), LOOKED_AT, None)
    query = (
        select(PostTopic.key, PostTopic.name, PostTopic.author_id)
        .join(Post, Post.id == PostTopic.post_id)
        .where(PostTopic.post_id.in_(ids), Post.created_at > now - RECENT)
    )
    return conn.execute(query.order_by(PostTopic.post_id.desc())).all()


def _ranked(
    rows: Iterable[Any], officials: Sequence[OfficialTopicView], by_people: bool = False
) -> list[TopicView]:
    """Those used most, the latest used first among equals; `by_people`: by how many people use them, so that nobody makes one hot alone."""
    known = {key: one for one in officials for key in one.keys}
    found: dict[str, TopicView] = {}
    people: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    for row in rows:
        official = known.get(row.key)
        if official is not None and official.retired_at is not None:
            continue
        key = official.keys[0] if official else row.key
        name, keys = (official.name, official.keys) if official else (row.name, [row.key])
        found.setdefault(key, TopicView(name, keys, official is not None))
        people.setdefault(key, set()).add(row.author_id)
        counts[key] = counts.get(key, 0) + 1
    ranked = sorted(found, key=lambda key: (len(people[key]) if by_people else 0, counts[key]), reverse=True)
    return [
        TopicView(found[key].name, found[key].keys, found[key].is_official, counts[key])
        for key in ranked[:OFFERED]
    ]
