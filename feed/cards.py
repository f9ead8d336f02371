"""A post as a card: its title or beginning, who wrote it and when, and what its kind says of it in a word."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from feed.kinds import PostKind, kinds_of
from feed.models import Post
from feed.policies import MAY_READ_POST, readable_by, readers_of
from server.cards.cards import CardKind, CardView, Looking
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.module import Module
from server.kit.text import excerpt
from server.permissions.actor import Actor


def _looking(modules: Sequence[Module]) -> Looking:
    return partial(_cards, kinds=kinds_of(modules))


def _cards(
    conn: Connection, actor: Actor, ids: Sequence[int], *, kinds: Mapping[str, PostKind]
) -> list[CardView]:
    columns = (
        Post.id, Post.kind, Post.author_id, Post.title, Post.text, Post.files, Post.details, Post.created_at, Post.version,
        Post.urgent,
    )  # fmt: skip
    rows = conn.execute(select(*columns).where(Post.id.in_(ids), readable_by(conn, actor)))
    return [_card(row, kinds.get(row.kind)) for row in rows]


def _card(row: Any, kind: PostKind | None) -> CardView:
    details = msgspec.json.decode(row.details) if row.details and kind else None
    return CardView(
        "post",
        row.id,
        False,
        row.title or excerpt(in_a_line(plain(row.text), row.files)),
        kind.summary(details) if kind and details else "",
        row.author_id,
        row.created_at,
        kind.state(details) if kind and details else "",
        row.version,
        sort=row.kind,
        urgent=row.urgent,
    )


def _seen_by(conn: Connection, actor: Actor, modules: Sequence[Module], post_id: int) -> ColumnElement[bool]:
    return readers_of(conn, post_id)


POST_CARDS = CardKind("post", MAY_READ_POST, within=_looking, address="/posts/", seen_by=_seen_by)
