"""Publishing a post of any kind: what it says, whom it is for, who must confirm (FEED-01, RCPT-01). One act."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from feed import asking, audience, details, events, mentioned, receipts
from feed.inputs import AudienceInput, NewPost
from feed.kinds import Begun, PostKind, kind_named
from feed.models import Post
from feed.policies import must_mark_urgent
from feed.poll import polls
from feed.present import PostView, PublishedPost, posts
from feed.table import tables
from feed.topic import tagging
from server.cards import carrying
from server.db.base import table
from server.files import attaching
from server.files.present import stored
from server.kit.mentions import mentions_in
from server.kit.problems import NotFound, invalid
from server.kit.text import clean
from server.kit.topics import Topic, topics_in
from server.permissions.actor import Actor
from server.work.work import Work

MAX_TEXT = 20_000
MAX_TITLE = 100


def publish(work: Work, actor: Actor, new: NewPost) -> PublishedPost:
    """Files alone are enough. Raises `AudienceEmpty`, `Invalid` on a field, `Forbidden` when the kind, receipts or urgency
    go beyond the roles."""
    kind = kind_named(work.company.modules, new.kind)
    kind.must_admit(actor)
    new, fields = kind.prepare(work, actor, new, kind.read(new.details))
    title = checked_title(kind, new.title)
    if new.receipts is not None and not kind.takes_receipts:
        raise invalid("receipts", "unknown", "Posts of this kind ask for no receipts.")
    if new.poll is not None and not kind.takes_poll:
        raise invalid("poll", "unknown", "Posts of this kind carry no vote.")
    if new.table is not None and not kind.takes_table:
        raise invalid("table", "unknown", "Posts of this kind carry no table.")
    text = clean(new.text, "text", limit=MAX_TEXT, required=not new.files)
    mentions = mentioned.checked(work.conn, mentions_in(text))
    topics = topics_in(text)
    to = audience.known(work.conn, _addressed(kind, actor, new.audience))
    if new.urgent:
        must_mark_urgent(work.conn, actor, to)
    cards = carrying.carried(work.conn, work.company.modules, carrying.wanted(actor, new.cards))
    files = attaching.attach(work, actor.id, new.files)
    post_id = work.conn.execute(
        insert(Post)
        .values(
            kind=kind.kind,
            title=title,
            author_id=actor.id,
            text=text,
            version=1,
            mentions=msgspec.json.encode(mentions).decode(),
            topics=keys_stored(topics),
            created_at=work.now,
            by_id=actor.by or None,
            files=stored(files),
            cards=carrying.stored(cards),
            urgent=new.urgent,
        )
        .returning(Post.id)
    ).scalar_one()
    if files:
        attaching.hang(work, "post", {file.id: post_id for file in files})
    mentioned.note(work, post_id, mentions)
    tagging.note(work, post_id, actor.id, topics)
    named = audience.subjects(to, actor.id)
    audience.address(work, post_id, named)
    details.keep(work, post_id, kind.begin(work, actor, Begun(post_id, to, cards), fields))
    if new.poll is not None:
        polls.begin(work, post_id, new.poll)
    if new.table is not None:
        tables.begin(work, actor, post_id, new.table)
    ask = asking.ask(work, actor, post_id, 1, to, new.receipts) if new.receipts else None
    view = posts(work.conn, [post_id])[0]
    event = work.record(events.post_published(view, named, ask))
    work.stamp(table(Post), {"id": post_id}, event)
    if ask is not None:
        receipts.count(work, post_id, 1)
    kind.follow(work, view)
    return published(work.conn, view, to)


def _addressed(kind: PostKind, actor: Actor, named: AudienceInput) -> AudienceInput:
    is_own = kind.may_be_own and not (named.everyone or named.departments or named.people)
    return AudienceInput(people=[actor.id]) if is_own else named


def checked_title(kind: PostKind, title: str) -> str:
    """Raises `Invalid`, also where there is one too many."""
    if kind.titled:
        return clean(title, "title", limit=MAX_TITLE, single_line=True)
    if title:
        raise invalid("title", "unknown", "Posts of this kind have no title.")
    return ""


def keys_stored(topics: Sequence[Topic]) -> str:
    return msgspec.json.encode([one.key for one in topics]).decode() if topics else ""


def published(conn: Connection, view: PostView, to: AudienceInput) -> PublishedPost:
    """The answer: the post, and which of the mentioned cannot see it (M1)."""
    inside = audience.people_in(to.everyone, to.departments, to.people)
    return PublishedPost(**_fields(view), not_notified=mentioned.outside(conn, view.mentions, inside))


def again(conn: Connection, post_id: int) -> PublishedPost:
    """The answer to a repeated request. Raises `NotFound` when the post was deleted meanwhile."""
    found = posts(conn, [post_id])
    if not found:
        raise NotFound()
    view = found[0]
    to = AudienceInput(view.audience.everyone, view.audience.departments, view.audience.people)
    return published(conn, view, to)


def _fields(view: PostView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in PostView.__struct_fields__}
