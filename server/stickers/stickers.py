"""The company's stickers (FEED-02): pictures with names, made, renamed, ordered, retired by an administrator.

Whoever writes names one in the text, `:[干杯](sticker:3)`, so that messages, comments and posts carry them without knowing them.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from server.db.base import table
from server.events.envelope import EVERYONE, Event, Put
from server.files import attaching
from server.files.present import FileView
from server.kit.places import moved
from server.kit.problems import NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.stickers.models import Sticker
from server.stickers.present import StickerView, sticker
from server.work.work import Work

KIND = "sticker"
MOST, MAX_NAME, MOST_PIXELS, MOST_BYTES = 200, 20, 512, 2 << 20
_OUT_OF_PLACE = frozenset("[]()")


def listed(conn: Connection) -> list[StickerView]:
    """In their order, retired ones last."""
    rows = conn.execute(select(table(Sticker)).order_by(Sticker.place, Sticker.id))
    return sorted((sticker(row) for row in rows), key=lambda one: one.retired_at is not None)


def view(conn: Connection, sticker_id: int) -> StickerView:
    """Raises `NotFound`."""
    row = conn.execute(select(table(Sticker)).where(Sticker.id == sticker_id)).first()
    if row is None:
        raise NotFound()
    return sticker(row)


def make(work: Work, actor: Actor, name: str, file_id: int) -> StickerView:
    """A new one, the last of all. Raises `Invalid` on `name` and `file`, `WrongState` when there are too many."""
    called = _named(name)
    count, last = work.conn.execute(select(func.count(), func.max(Sticker.place))).one()
    if count >= MOST:
        raise WrongState(f"At most {MOST} stickers.", reason="stickers_full", limit=MOST)
    mine = attaching.chosen(actor.id, [file_id], attaching.ready(work, [file_id]))
    if mine is None:
        raise attaching.not_ready([file_id], "file")
    _must_be_small(mine[0])
    row = work.conn.execute(
        insert(Sticker)
        .values(
            name=called,
            file=msgspec.json.encode(mine[0]).decode(),
            place=(last or 0) + 1,
            made_by=actor.id,
            created_at=work.now,
        )
        .returning(*table(Sticker).columns)
    ).one()
    attaching.hang(work, KIND, {file_id: row.id})
    work.audit("sticker.added", (KIND, row.id))
    return _told(work, actor, [sticker(row)])[0]


def rename(work: Work, actor: Actor, sticker_id: int, version: int, name: str) -> StickerView:
    """The same again changes nothing. Raises `NotFound`, `StaleVersion`, `Invalid` on `name`."""
    row = _locked(work, sticker_id)
    called = _named(name)
    if called == row.name:
        return sticker(row)
    if version != row.version:
        raise StaleVersion("It was changed meanwhile.", version=row.version, given=version)
    _write(work, sticker_id, name=called)
    work.audit("sticker.renamed", (KIND, sticker_id))
    return _told(work, actor, [view(work.conn, sticker_id)])[0]


def retire(work: Work, actor: Actor, sticker_id: int, retired: bool) -> StickerView:
    """Twice is the same. What was sent shows it still. Raises `NotFound`."""
    row = _locked(work, sticker_id)
    if (row.retired_at is not None) == retired:
        return sticker(row)
    _write(work, sticker_id, retired_at=work.now if retired else None)
    if retired:
        work.audit("sticker.retired", (KIND, sticker_id))
    else:
        work.audit("sticker.restored", (KIND, sticker_id))
    return _told(work, actor, [view(work.conn, sticker_id)])[0]


def order(work: Work, actor: Actor, wanted: Sequence[int]) -> list[StickerView]:
    """These first, in this order, whatever else is offered behind them. All of them after it. Raises `Invalid` on `stickers`."""
    query = select(Sticker.id, Sticker.place).order_by(Sticker.id).with_for_update()
    places = {row.id: row.place for row in work.conn.execute(query)}
    offered = [one.id for one in listed(work.conn) if one.retired_at is None]
    changed = moved(places, offered, wanted, "stickers")
    for one, place in changed.items():
        work.conn.execute(update(Sticker).where(Sticker.id == one).values(place=place))
    if changed:
        _told(work, actor, [one for one in listed(work.conn) if one.id in changed])
    return listed(work.conn)


def readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Everybody sees them: in a conversation or under a post they may come from anybody."""
    return set(conn.execute(select(Sticker.id).where(Sticker.id.in_(ids))).scalars())


def _named(name: str) -> str:
    """Raises `Invalid`, also for what would end the marks around it in a text."""
    called = clean(name, "name", limit=MAX_NAME, single_line=True)
    if _OUT_OF_PLACE & set(called):
        raise invalid("name", "characters", "A sticker's name holds no brackets.")
    return called


def _must_be_small(file: FileView) -> None:
    if file.kind != "picture":
        raise invalid("file", "wrong_kind", "A sticker is a picture: PNG, WebP, GIF or JPEG.")
    if max(file.width or 0, file.height or 0) > MOST_PIXELS:
        raise invalid(
            "file", "sticker_pixels", f"At most {MOST_PIXELS} × {MOST_PIXELS} pixels.", limit=MOST_PIXELS
        )
    if file.size > MOST_BYTES:
        raise invalid("file", "sticker_size", "At most 2 MiB.", limit=MOST_BYTES)


def _locked(work: Work, sticker_id: int) -> Any:
    row = work.conn.execute(select(table(Sticker)).where(Sticker.id == sticker_id).with_for_update()).first()
    if row is None:
        raise NotFound()
    return row


def _write(work: Work, sticker_id: int, **values: Any) -> None:
    changed = update(Sticker).where(Sticker.id == sticker_id)
    work.conn.execute(changed.values(version=Sticker.version + 1, **values))


def _told(work: Work, actor: Actor, views: Sequence[StickerView]) -> Sequence[StickerView]:
    changes = [Put(KIND, one.id, one) for one in views]
    work.record(Event("sticker.changed", [EVERYONE], changes, actor=actor.id))
    return views
