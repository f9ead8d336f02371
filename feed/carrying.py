"""What a changed post carries: files and cards added, taken away and put back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from feed.models import EarlierFile
from server.cards import carrying
from server.cards.carrying import CarriedCard
from server.cards.inputs import RefInput
from server.db.base import table
from server.files import attaching
from server.files.present import FileView, from_stored
from server.permissions.actor import Actor
from server.work.work import Work

# What an earlier version carried hangs on that version, under its own number.
EARLIER = "post_earlier"


def files_wanted(work: Work, actor: Actor, row: Any, ids: Sequence[int] | None) -> list[FileView]:
    """Those it carries or carried stay as they are; others are fresh uploads of the author's. Raises `Invalid` on `files`."""
    now = {one.id: one for one in from_stored(row.files)}
    if ids is None:
        return list(now.values())
    others = [one for one in ids if one not in now]
    earlier = attaching.views(work.conn, [one for one in others if one in _earlier(work, row.id)])
    fresh = attaching.attach(work, actor.id, [one for one in others if one not in earlier])
    known = now | earlier | {one.id: one for one in fresh}
    if len(set(ids)) < len(ids):
        raise attaching.not_ready(list(ids))
    return [known[one] for one in ids]


def cards_wanted(
    work: Work, actor: Actor, row: Any, refs: Sequence[RefInput] | None
) -> Sequence[CarriedCard]:
    """Raises `Invalid` on `cards[n]` for a new one that the author may not see."""
    now = carrying.from_stored(row.cards)
    if refs is None:
        return now
    return carrying.carried(work.conn, work.company.modules, carrying.wanted(actor, refs), now)


def move(work: Work, row: Any, files: Sequence[FileView]) -> None:
    """Hangs on the post what is new to it or comes back, and on its earlier version what it carries no longer."""
    now, then = {one.id for one in from_stored(row.files)}, {one.id for one in files}
    back = (then - now) & _earlier(work, row.id) if then - now else set()
    attaching.rehang(work, "post", dict.fromkeys(back, row.id))
    work.conn.execute(delete(EarlierFile).where(EarlierFile.file_id.in_(sorted(back))))
    if fresh := then - now - back:
        attaching.hang(work, "post", dict.fromkeys(fresh, row.id))
    if gone := sorted(now - then):
        attaching.rehang(work, EARLIER, {one: one for one in gone})
        rows = [{"file_id": one, "post_id": row.id, "version": row.version} for one in gone]
        work.conn.execute(insert(table(EarlierFile)), rows)


def _earlier(work: Work, post_id: int) -> set[int]:
    return set(work.conn.execute(select(EarlierFile.file_id).where(EarlierFile.post_id == post_id)).scalars())
