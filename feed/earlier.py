"""What a post said in earlier versions (FEED-28)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from feed.models import Post, PostVersion
from feed.policies import must_read
from feed.present import PostVersionView, headed
from server.permissions.actor import Actor

MOST = 100


def versions(conn: Connection, actor: Actor, post_id: int, most: int | None = MOST) -> list[PostVersionView]:
    """The newest first, without the present one; `most` None is all. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    rows = conn.execute(
        select(PostVersion.version, PostVersion.text, PostVersion.at, PostVersion.title)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.version.desc())
        .limit(most)
    )
    return [PostVersionView(row.version, row.text, row.at, row.title) for row in rows]


def difference(conn: Connection, post_id: int, version: int) -> Mapping[str, Any]:
    """What that version said and what the post says now, for a refusal; the caller has checked who asks."""
    was = conn.execute(
        select(PostVersion.title, PostVersion.text).where(
            PostVersion.post_id == post_id, PostVersion.version == version
        )
    ).first()
    now = conn.execute(select(Post.title, Post.text).where(Post.id == post_id)).first()
    return {"was": headed(*was) if was else "", "now": headed(*now) if now else ""}
