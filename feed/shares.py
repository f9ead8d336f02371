"""Publishing a share: the text, whom it is for, who must confirm (FEED-01, RCPT-01). One act, one event."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from feed import asking, audience, events, receipts
from feed.inputs import AudienceInput, NewPost
from feed.models import Post
from feed.present import PostMentions, PostView, PublishedPost, posts
from server.db.base import table
from server.files import attaching
from server.files.present import stored
from server.kit.mentions import Mentions, mentions_in
from server.kit.problems import invalid
from server.kit.text import clean
from server.org.models import Department, Person
from server.permissions.actor import Actor
from server.work.work import Work

MAX_TEXT = 20_000


def publish(work: Work, actor: Actor, new: NewPost) -> PublishedPost:
    """Raises `AudienceEmpty`, `Invalid` naming the field, `Forbidden` when receipts go beyond what the roles allow."""
    text = clean(new.text, "text", limit=MAX_TEXT)
    mentions = _checked(work.conn, mentions_in(text))
    to = audience.known(work.conn, new.audience)
    files = attaching.attach(work, actor.id, new.files)
    post_id = work.conn.execute(
        insert(Post)
        .values(
            kind=new.kind,
            author_id=actor.id,
            text=text,
            version=1,
            mentions=msgspec.json.encode(mentions).decode(),
            created_at=work.now,
            by_id=actor.by or None,
            files=stored(files),
        )
        .returning(Post.id)
    ).scalar_one()
    if files:
        attaching.hang(work, "post", {file.id: post_id for file in files})
    named = audience.subjects(to, actor.id)
    audience.address(work, post_id, named)
    ask = asking.ask(work, actor, post_id, 1, to, new.receipts) if new.receipts else None
    view = posts(work.conn, [post_id])[0]
    event = work.record(events.post_published(view, named, ask))
    work.stamp(table(Post), {"id": post_id}, event)
    if ask is not None:
        receipts.count(work, post_id, 1)
    return published(work.conn, view, to)


def published(conn: Connection, view: PostView, to: AudienceInput) -> PublishedPost:
    """The answer: the post, and which of the mentioned cannot see it (M1)."""
    return PublishedPost(**_fields(view), not_notified=_outside(conn, view.mentions, to))


def again(conn: Connection, post_id: int) -> PublishedPost:
    """The answer to a repeated request."""
    view = posts(conn, [post_id])[0]
    to = AudienceInput(view.audience.everyone, view.audience.departments, view.audience.people)
    return published(conn, view, to)


def _fields(view: PostView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in PostView.__struct_fields__}


def _checked(conn: Connection, found: Mentions) -> PostMentions:
    """Refuses mentions of who does not exist."""
    if found.everyone:
        raise invalid(
            "text", "mention_unknown", "Choose the whole company as audience instead of mentioning it."
        )
    _must_exist(conn, select(Person.id).where(Person.id.in_(found.people)), found.people)
    _must_exist(
        conn,
        select(Department.id).where(Department.id.in_(found.departments), Department.removed_at.is_(None)),
        found.departments,
    )
    return PostMentions(list(found.people), list(found.departments))


def _must_exist(conn: Connection, query: Any, ids: Sequence[int]) -> None:
    if ids and len(set(conn.execute(query).scalars())) < len(ids):
        raise invalid("text", "mention_unknown", "Somebody mentioned is unknown.")


def _outside(conn: Connection, mentions: PostMentions, to: AudienceInput) -> PostMentions:
    inside = audience.people_in(to.everyone, to.departments, to.people)
    people: list[int] = []
    if mentions.people:
        reached = set(conn.execute(select(Person.id).where(Person.id.in_(mentions.people), inside)).scalars())
        people = [one for one in mentions.people if one not in reached]
    departments = [
        one
        for one in mentions.departments
        if conn.execute(
            select(Person.id).where(audience.people_in(False, [one], []), ~inside).limit(1)
        ).first()
    ]
    return PostMentions(people, departments)
