"""What a card showed when it was sent, and what of it is another now (N3): kept whole, told to each as far as they see the fields."""

import json
from typing import Any

import msgspec
from sqlalchemy import select

from crm_objects.access.models import RecordSnapshot
from crm_objects.access.present import CardChange, CardChanges
from crm_objects.engine import merged, present
from crm_objects.engine.reading import Desk, must_find, titles_of
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.engine.shape import shape_of
from server.cards.carrying import CarriedCard
from server.db.base import table
from server.db.upsert import insert_into
from server.events.envelope import Event, Put
from server.kit.problems import NotFound
from server.people.present import person_puts_for
from server.work.work import Work

_SNAPSHOTS = table(RecordSnapshot)


def keep(work: Work, event: Event, kinds: Kinds) -> None:
    """Of the records whose cards this new or changed post or message carries. Costs nothing where it carries none."""
    wanted: dict[str, dict[int, int]] = {}
    for change in event.changes:
        cards: list[CarriedCard] = (
            getattr(change.data, "cards", None) or [] if isinstance(change, Put) else []
        )
        for card in cards:
            if card.kind in kinds:
                wanted.setdefault(card.kind, {})[card.id] = card.version
    for name, versions in wanted.items():
        _keep(work, kinds[name], versions)


def _keep(work: Work, kind: RecordType, versions: dict[int, int]) -> None:
    """Those that are still as they were carried; a later one was kept then, or changed in this very moment."""
    shape = shape_of(work.conn, kind)
    there = (kind.table.c.id.in_(versions), kind.table.c.merged_into.is_(None))
    for row in work.conn.execute(select(kind.table).where(*there)):
        if row.version != versions[row.id]:
            continue
        stored = shape.stored(row, msgspec.json.decode(row.custom))
        shown = {
            name: None if stored[name] is None else shape.fields[name].kept(stored[name])
            for name in (kind.title, *kind.shown)
            if name in shape.fields
        }
        work.conn.execute(
            insert_into(work.conn, _SNAPSHOTS)
            .values(kind=kind.kind, record_id=row.id, version=row.version, shown=json.dumps(shown))
            .on_conflict_do_nothing()
        )


def changes_since(desk: Desk, record_id: int, version: int) -> CardChanges:
    """Between the card of that version and now, for this viewer; also of what was merged away.

    Raises `NotFound`, also for a version that never was."""
    one = must_find(desk, merged.survivor(desk.conn, desk.kind, record_id))
    if not 0 < version <= one.row.version:
        raise NotFound()
    row = desk.conn.execute(
        select(_SNAPSHOTS.c.shown).where(
            _SNAPSHOTS.c.kind == desk.kind.kind,
            _SNAPSHOTS.c.record_id == record_id,
            _SNAPSHOTS.c.version == version,
        )
    ).first()
    if row is None:
        return CardChanges(one.row.version == version, [])
    pairs: list[tuple[str, Any, Any]] = []
    for name, kept in json.loads(row.shown).items():
        field = desk.shape.fields.get(name)
        if field is not None and one.rights.sees(field.cls) != "hidden":
            before = None if kept is None else field.from_kept(kept)
            if before != one.stored[name]:
                pairs.append((name, before, one.stored[name]))
    titles = _titles(desk, pairs)
    items = [_change(desk, one.rights.sees(desk.shape.fields[pair[0]].cls), pair, titles) for pair in pairs]
    people = {
        value
        for name, *values in pairs
        for value in values
        if value is not None and desk.shape.fields[name].type == "person"
    }
    return CardChanges(True, items, list(person_puts_for(desk.conn, desk.actor, sorted(people))))


def _change(desk: Desk, seen: str, pair: tuple[str, Any, Any], titles: present.Titles) -> CardChange:
    name, before, after = pair
    field = desk.shape.fields[name]
    return CardChange(
        name, present.masked(field, before, seen, titles), present.masked(field, after, seen, titles)
    )


def _titles(desk: Desk, pairs: list[tuple[str, Any, Any]]) -> present.Titles:
    titles: present.Titles = {}
    for name, before, after in pairs:
        field = desk.shape.fields[name]
        if field.type == "link":
            to = field.limits["link"]
            wanted = [value for value in (before, after) if value is not None]
            titles |= {(to, id): title for id, title in titles_of(desk, desk.kinds[to], wanted).items()}
    return titles
