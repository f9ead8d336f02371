"""The timeline's filters (FEED-26): a walk down the narrowest index there is, and every post looked at once for all the rest.

A page looks at no more than `BUDGET` posts: what is rare among what others wrote for others comes in short pages that say where
to go on, so no question, however odd, costs more than a bounded walk.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, exists, func, select

from feed.models import Post, PostAudience, PostFollow, PostMark, PostMention
from feed.policies import readable_by, subjects_of
from feed.topic.models import PostTopic
from feed.walking import Arms, newest_of, readers_arms
from server.events.envelope import department_stream
from server.links.models import Link
from server.permissions.actor import Actor

Filter = Literal["mine", "mentions", "followed", "favourites", "hidden"]
STEP, BUDGET = 200, 2_000
# A kind with fewer posts than this is walked by itself.
RARE = 5_000


class Named(msgspec.Struct, frozen=True):
    """A thing, under every id by which posts may name it."""

    kind: str
    ids: tuple[int, ...]


class Wanted(msgspec.Struct, frozen=True):
    """What a reader asked for; everything left out is everything they may read."""

    filter: Filter | None = None
    kind: str | None = None
    department: int | None = None
    person: int | None = None
    # The names under which a topic's posts stand.
    topic: tuple[str, ...] = ()
    # The thing that a post is about.
    record: Named | None = None


EVERYTHING = Wanted()


def matching(
    conn: Connection, actor: Actor, wanted: Wanted, count: int, before: int | None
) -> tuple[list[int], int | None]:
    """At most `count` ids, newest first, and below which id to go on (None: there are no more)."""
    return looked_through(conn, actor, _arms(conn, actor, wanted), _conditions(actor, wanted), count, before)


def looked_through(
    conn: Connection,
    actor: Actor,
    arms: Arms,
    further: Sequence[ColumnElement[bool]],
    count: int,
    before: int | None,
) -> tuple[list[int], int | None]:
    """As `matching`, for arms and conditions of one's own; a list of one kind of posts is walked like this."""
    conditions = [readable_by(conn, actor), *further]
    found: list[int] = []
    for _ in range(BUDGET // STEP):
        ids = newest_of(conn, arms, STEP, before)
        there = set(conn.execute(select(Post.id).where(Post.id.in_(ids), *conditions)).scalars())
        found += [one for one in ids if one in there]
        if len(found) > count:
            return found[:count], found[count - 1]
        if len(ids) < STEP:
            return found, None
        before = ids[-1]
    return found, before


def _arms(conn: Connection, actor: Actor, wanted: Wanted) -> Arms:
    """The narrowest of what was asked for."""
    if wanted.filter == "mine":
        return Arms([f"author:{actor.id}"])
    if wanted.filter == "mentions":
        named = [one for one in subjects_of(conn, actor) if one.startswith(("person:", "department:"))]
        return Arms(others=[select(PostMention.post_id).where(PostMention.subject == one) for one in named])
    if wanted.filter == "followed":
        mine = PostFollow.person_id == actor.id
        return Arms(others=[select(PostFollow.post_id).where(mine, PostFollow.follows)])
    if wanted.filter is not None:
        kind = "hidden" if wanted.filter == "hidden" else "favourite"
        mine = PostMark.person_id == actor.id
        return Arms(others=[select(PostMark.post_id).where(mine, PostMark.kind == kind)])
    if wanted.topic:
        return Arms(others=[select(PostTopic.post_id).where(PostTopic.key == one) for one in wanted.topic])
    if wanted.record is not None:
        return Arms(others=[select(Link.source_id).where(*_about(wanted.record))])
    if wanted.person is not None:
        return Arms([f"author:{wanted.person}"])
    if wanted.department is not None:
        return Arms([department_stream(wanted.department)])
    some = select(Post.id).where(Post.kind == wanted.kind)
    few = some.order_by(Post.id).limit(RARE).subquery()
    if conn.execute(select(func.count()).select_from(few)).scalar_one() < RARE:
        return Arms(others=[some])
    return readers_arms(conn, actor)


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    hidden = exists().where(
        PostMark.person_id == actor.id, PostMark.kind == "hidden", PostMark.post_id == Post.id
    )
    found = [hidden if wanted.filter == "hidden" else ~hidden]
    if wanted.kind is not None:
        found.append(Post.kind == wanted.kind)
    if wanted.person is not None:
        found.append(Post.author_id == wanted.person)
    if wanted.topic:
        found.append(exists().where(PostTopic.key.in_(wanted.topic), PostTopic.post_id == Post.id))
    if wanted.record is not None:
        found.append(exists().where(*_about(wanted.record), Link.source_id == Post.id))
    if wanted.department is not None:
        named = department_stream(wanted.department)
        found.append(exists().where(PostAudience.subject == named, PostAudience.post_id == Post.id))
    return found


def _about(record: Named) -> list[ColumnElement[bool]]:
    return [Link.source_kind == "post", Link.target_kind == record.kind, Link.target_id.in_(record.ids)]
