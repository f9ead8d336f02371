"""Publishing a share: the text, whom it is for, who must confirm (FEED-01, RCPT-01). One act, one event."""

from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from feed import asking, audience, events, mentioned, receipts
from feed.inputs import AudienceInput, NewPost
from feed.models import Post
from feed.present import PostView, PublishedPost, posts
from server.cards import carrying
from server.db.base import table
from server.files import attaching
from server.files.present import stored
from server.kit.mentions import mentions_in
from server.kit.problems import NotFound
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work

MAX_TEXT = 20_000


def publish(work: Work, actor: Actor, new: NewPost) -> PublishedPost:
    """Files alone are enough. Raises `AudienceEmpty`, `Invalid` on a field, `Forbidden` when receipts go beyond what the roles allow."""
    text = clean(new.text, "text", limit=MAX_TEXT, required=not new.files)
    mentions = mentioned.checked(work.conn, mentions_in(text))
    to = audience.known(work.conn, new.audience)
    cards = carrying.carried(work.conn, work.company.modules, carrying.wanted(actor, new.cards))
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
            cards=carrying.stored(cards),
        )
        .returning(Post.id)
    ).scalar_one()
    if files:
        attaching.hang(work, "post", {file.id: post_id for file in files})
    mentioned.note(work, post_id, mentions)
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
