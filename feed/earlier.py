"""What a post said in earlier versions (FEED-28)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from feed.models import Post, PostVersion
from feed.policies import must_read
from feed.poll.present import from_stored as poll_of
from feed.present import PostVersionView, headed
from server.permissions.actor import Actor

MOST = 100


def versions(conn: Connection, actor: Actor, post_id: int, most: int | None = MOST) -> list[PostVersionView]:
    """The newest first, without the present one; `most` None is all. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    rows = conn.execute(
        select(PostVersion.version, PostVersion.text, PostVersion.at, PostVersion.title, PostVersion.poll)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.version.desc())
        .limit(most)
    )
    return [PostVersionView(row.version, row.text, row.at, row.title, poll_of(row.poll)) for row in rows]


def difference(conn: Connection, post_id: int, version: int) -> Mapping[str, Any]:
    """What that version said and what the post says now, for a refusal; the caller has checked who asks."""
    was = conn.execute(
        select(PostVersion.title, PostVersion.text, PostVersion.poll).where(
            PostVersion.post_id == post_id, PostVersion.version == version
        )
    ).first()
    now = conn.execute(select(Post.title, Post.text, Post.poll).where(Post.id == post_id)).first()
    return {"was": _said(was), "now": _said(now)}


def _said(row: Any) -> str:
    return headed(row.title, row.text, poll_of(row.poll)) if row else ""
