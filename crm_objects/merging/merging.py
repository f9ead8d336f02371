"""Two records that are one (W42): the survivor keeps its id, takes the chosen fields, and everything that named the other."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import insert, update

from crm_objects.access.events import access_changed
from crm_objects.duplicates import hashes
from crm_objects.engine import changing, counting, events, history, reading
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, Found
from crm_objects.merging import pairs
from crm_objects.merging.carrying import Move, carry
from crm_objects.merging.choosing import Side, chosen
from crm_objects.merging.files import swap_files
from crm_objects.merging.models import RecordMerge
from server.db.base import table
from server.work.work import Work

MERGES = table(RecordMerge)


class Kept(msgspec.Struct):
    """What undoing needs to know: fields of the survivor, (before, after) as the history keeps them."""

    fields: dict[str, tuple[Any, Any]]


def merge(
    work: Work,
    desk: Desk,
    record_id: int,
    other_id: int,
    versions: tuple[int, int],
    said: Mapping[str, Side],
) -> RecordItem:
    """`versions` are those of both that one looked at. Raises `NotFound`, `Merged`, `Forbidden`, `WrongState`, `Locked`, `StaleVersion`,
    `Invalid` on `other`, `fields.NAME`."""
    survivor, other = pairs.two(desk, record_id, other_id, lock=True)
    pairs.must_be_fresh(survivor, other, *versions)
    linked = pairs.linked(desk, other_id, record_id)
    changed = chosen(desk, survivor, other, said)
    version = max(survivor.row.version, other.row.version) + 1
    kept = _kept(desk, survivor, changed)
    move = Move(work, desk, _begin(work, desk, survivor, other, version, kept), record_id, other_id)
    _lead_away(work, desk, move, version)
    fresh = carry(move, (survivor.row.owner_id, other.row.owner_id))
    swap_files(move, changed)
    _write(work, desk, survivor, other, changed, version)
    for one in (record_id, other_id):
        counting.wind(work, desk.kind, one)
    ask_again = _whose_reach_may_end(work, other)
    event = events.tell(work, desk.kind, record_id, version, desk.actor.id)
    event.asks_again = ask_again
    _link(move, linked)
    access_changed(work, desk.kind, record_id, sorted(set(fresh)))
    work.audit("record.merged", (desk.kind.kind, record_id), other=other_id)
    return reading.show(desk, record_id)


def _kept(desk: Desk, survivor: Found, changed: Mapping[str, Any]) -> Kept:
    fields = {name: (before, after) for name, before, after in changing.told(desk, survivor, changed)}
    return Kept(fields)


def _begin(work: Work, desk: Desk, survivor: Found, other: Found, version: int, kept: Kept) -> int:
    made = insert(MERGES).values(
        kind=desk.kind.kind,
        record_id=survivor.id,
        other_id=other.id,
        version=version,
        at=work.now,
        by_id=desk.actor.id,
        until=work.now + pairs.UNDOABLE,
        kept=msgspec.json.encode(kept).decode(),
    )
    return int(work.conn.execute(made.returning(MERGES.c.id)).scalar_one())


def _lead_away(work: Work, desk: Desk, move: Move, version: int) -> None:
    """The other stays as it was, but nothing is recognised as it. It takes the survivor's version, so that whoever shows it finds that
    there is something newer."""
    t = desk.kind.table
    away = {"merged_into": move.into, "version": version}
    work.conn.execute(update(t).where(t.c.id == move.other).values(**away))
    hashes.forget(work.conn, desk.kind.kind, move.other)


def _write(
    work: Work,
    desk: Desk,
    survivor: Found,
    other: Found,
    changed: Mapping[str, Any],
    version: int,
) -> None:
    versions: dict[str, int] = msgspec.json.decode(survivor.row.field_versions)
    whole = changing.store(work, desk, survivor, versions, changed, version)
    named = {"number": desk.kind.number_of(other.id), "title": other.stored[desk.kind.title]}
    said = [("merged", None, named), *changing.told(desk, survivor, whole)]
    history.write(work, desk.actor, desk.kind, survivor.id, "merged", said)


def _whose_reach_may_end(work: Work, other: Found) -> list[int]:
    """Who may have read the other and not the survivor: their open watches are asked again."""
    pool = other.row._mapping.get("pool_id")
    return events.whose_reach_may_end(work.conn, other.row.owner_id, other.row.created_by, pool=pool)


def _link(move: Move, linked: pairs.Linked) -> None:
    """It is the same thing under another id: no line in their history."""
    for kind, name, rows in linked:
        t = kind.table
        if not rows:
            continue
        here = (t.c[name] == move.other) & t.c.id.in_([row.id for row in rows])
        move.shift(f"{kind.kind}.{name}", here, t.c.id, name, version=t.c.version + 1)
        for row in rows:
            events.tell(move.work, kind, row.id, row.version + 1, move.desk.actor.id)
