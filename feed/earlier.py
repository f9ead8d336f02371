"""What a post said and carried in earlier versions (FEED-28): each for who could see that version, and sees the post now."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, exists, select

from feed.addressed import audience_view
from feed.models import EarlierFile, Post, PostAudience, PostVersion
from feed.policies import must_read, readable_among, subjects_of
from feed.poll.present import from_stored as poll_of
from feed.present import PostVersionView, details_of, headed
from server.cards import carrying
from server.events.models import StreamGrant
from server.files.present import from_stored
from server.permissions.actor import Actor

MOST = 100
_subjects = msgspec.json.Decoder(list[str])
_SAID = (
    PostVersion.version,
    PostVersion.text,
    PostVersion.at,
    PostVersion.title,
    PostVersion.poll,
    PostVersion.files,
    PostVersion.cards,
    PostVersion.addressed,
    PostVersion.details,
)


def versions(conn: Connection, actor: Actor, post_id: int, most: int | None = MOST) -> list[PostVersionView]:
    """The newest first, without the present one; `most` None is all. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    rows = conn.execute(
        select(*_SAID).where(PostVersion.post_id == post_id).order_by(PostVersion.version.desc()).limit(most)
    )
    to = list(conn.execute(select(PostAudience.subject).where(PostAudience.post_id == post_id)).scalars())
    is_seen = True
    found = []
    for row in rows:
        if row.addressed:  # here the audience was another
            to = _subjects.decode(row.addressed)
            is_seen = _reaches(conn, actor, post_id, to)
        if is_seen:
            found.append(_version(row, to))
    return found


def _version(row: Any, to: Sequence[str]) -> PostVersionView:
    return PostVersionView(
        row.version,
        row.text,
        row.at,
        row.title,
        poll_of(row.poll),
        from_stored(row.files),
        carrying.from_stored(row.cards),
        audience_view(to),
        details_of(row.details),
    )


def files_readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of these files, which their posts carry no longer, that the person may read in the version that did."""
    rows = conn.execute(
        select(EarlierFile.file_id, EarlierFile.post_id, EarlierFile.version).where(
            EarlierFile.file_id.in_(ids)
        )
    ).all()
    there = readable_among(conn, actor, sorted({row.post_id for row in rows}))
    return {
        row.file_id for row in rows if row.post_id in there and _saw(conn, actor, row.post_id, row.version)
    }


def _saw(conn: Connection, actor: Actor, post_id: int, version: int) -> bool:
    """Whether this version was addressed to who reads the post now."""
    addressed = conn.execute(
        select(PostVersion.addressed)
        .where(PostVersion.post_id == post_id, PostVersion.version >= version, PostVersion.addressed != "")
        .order_by(PostVersion.version)
        .limit(1)
    ).scalar()
    return addressed is None or _reaches(conn, actor, post_id, _subjects.decode(addressed))


def _reaches(conn: Connection, actor: Actor, post_id: int, to: Sequence[str]) -> bool:
    """Named, in a named department now, or in it when the post was published (W18)."""
    if not set(to).isdisjoint(subjects_of(conn, actor)):
        return True
    then = exists().where(
        Post.id == post_id,
        StreamGrant.person_id == actor.id,
        StreamGrant.stream.in_(list(to)),
        StreamGrant.to_seq.is_not(None),
        Post.seq.between(StreamGrant.from_seq, StreamGrant.to_seq),
    )
    return bool(conn.execute(select(then)).scalar())


def difference(conn: Connection, post_id: int, version: int, reader: Actor | None) -> Mapping[str, Any]:
    """What that version said, as far as the reader saw it, and what the post says now, for a refusal; the caller has checked who asks."""
    was, now = _sides(conn, post_id, version)
    if reader is None or not _saw(conn, reader, post_id, version):
        was = None
    return {"was": _words(was), "now": _words(now)}


def both(conn: Connection, post_id: int, version: int) -> Mapping[str, Any]:
    """The same for its author: also what each carries."""
    was, now = _sides(conn, post_id, version)
    return {
        "was": _words(was),
        "now": _words(now),
        "was_files": [one.name for one in from_stored(was.files)] if was else [],
        "now_files": [one.name for one in from_stored(now.files)],
        "was_cards": carrying.from_stored(was.cards) if was else [],
        "now_cards": carrying.from_stored(now.cards),
    }


def _sides(conn: Connection, post_id: int, version: int) -> tuple[Any, Any]:
    columns = ("title", "text", "poll", "files", "cards")
    was = conn.execute(
        select(*(getattr(PostVersion, one) for one in columns)).where(
            PostVersion.post_id == post_id, PostVersion.version == version
        )
    ).first()
    now = conn.execute(select(*(getattr(Post, one) for one in columns)).where(Post.id == post_id)).one()
    return was, now


def _words(row: Any) -> str:
    return headed(row.title, row.text, poll_of(row.poll)) if row else ""
