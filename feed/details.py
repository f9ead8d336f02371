"""What a kind shows of its posts: kept in the post's own row, told to every reader when it changes. Called by the kinds."""

from typing import Any

import msgspec
from sqlalchemy import select, update

from feed import audience, events
from feed.models import Post
from feed.present import posts
from server.permissions.actor import Actor
from server.work.work import Work


def keep(work: Work, post_id: int, shape: msgspec.Struct | None) -> None:
    if shape is not None:
        text = msgspec.json.encode(shape).decode()
        work.conn.execute(update(Post).where(Post.id == post_id).values(details=text))


def tell(work: Work, actor: Actor, post_id: int, shape: msgspec.Struct) -> None:
    """Keeps it and tells whoever reads the post. The caller has locked the post and checked that it was not deleted."""
    keep(work, post_id, shape)
    told(work, actor, work.conn.execute(select(Post.__table__).where(Post.id == post_id)).one())


def told(work: Work, actor: Actor, row: Any) -> None:
    """Tells whoever reads the post (its row) how it looks now."""
    view = posts(work.conn, [row.id])[0]
    hearing = audience.who_hears(work, row, audience.subjects_of_post(work, row.id))
    work.record(events.post_details_changed(actor.id, view, hearing))
