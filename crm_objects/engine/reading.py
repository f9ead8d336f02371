"""Looking records up, always from the actor: what they may not read is not found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from crm_objects.engine import line_values, merged, present, word_index
from crm_objects.engine.present import RecordItem, RecordView, Titles
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.engine.rights import Rights, RowRights
from crm_objects.engine.shape import Shape, shape_of
from server.events.envelope import Change
from server.kit.problems import NotFound
from server.people.present import person_puts_for
from server.permissions.actor import Actor


@dataclass(frozen=True)
class Desk:
    """What every look-up of one request shares: who looks, at which kind, as it is now."""

    conn: Connection
    actor: Actor
    kinds: Kinds
    shape: Shape
    rights: Rights

    @property
    def kind(self) -> RecordType:
        return self.shape.kind

    def query(self) -> Select[Any]:
        """The columns of the kind and what the actor may with each row; conditions are the caller's."""
        shown = (one for one in self.kind.table.c if one.name != word_index.COLUMN)
        return select(*shown, *self.rights.columns())

    def readable(self) -> Select[Any]:
        return self.query().where(self.rights.readable())


@dataclass(frozen=True)
class Found:
    """A record's row with its decoded values, and what the actor may."""

    row: Any
    stored: dict[str, Any]
    rights: RowRights

    @property
    def id(self) -> int:
        return int(self.row.id)


def desk_of(conn: Connection, actor: Actor, kinds: Kinds, kind: RecordType) -> Desk:
    return Desk(conn, actor, kinds, shape_of(conn, kind), Rights(actor, kind, kinds))


def must_find(desk: Desk, record_id: int, *, lock: bool = False) -> Found:
    """Raises `NotFound` for what is not there and for what is not the actor's to read alike, `Merged` for what is another now. `lock`:
    until the act is committed."""
    t = desk.kind.table
    if lock:
        # Alone, so that what is read next is what stands when the lock was got.
        desk.conn.execute(select(t.c.id).where(t.c.id == record_id).with_for_update())
    row = desk.conn.execute(desk.readable().where(t.c.id == record_id)).first()
    if row is None:
        into = merged.survivor(desk.conn, desk.kind, record_id)
        if into != record_id and desk.conn.execute(desk.readable().where(t.c.id == into)).first() is not None:
            raise merged.Merged(desk.kind, into)
        raise NotFound()
    one = found(desk, row)
    return Found(row, one.stored | line_values.read(desk.conn, desk.kind, record_id), one.rights)


def found(desk: Desk, row: Any) -> Found:
    stored = desk.shape.stored(row, msgspec.json.decode(row.custom))
    return Found(row, stored, desk.rights.of(row))


def views(desk: Desk, rows: Sequence[Found]) -> list[RecordView]:
    """Presented; what links point to costs one query for each kind of it."""
    titles = titles_for(desk, rows)
    return [present.record(one.row, desk.shape, one.stored, one.rights, titles) for one in rows]


def item(desk: Desk, one: Found) -> RecordItem:
    (view,) = views(desk, [one])
    return RecordItem(view, people_of(desk, [one]))


def show(desk: Desk, record_id: int) -> RecordItem:
    """What was merged into another is shown as that one. Raises `NotFound`."""
    try:
        one = must_find(desk, record_id)
    except merged.Merged as moved:
        one = must_find(desk, moved.into)
    return item(desk, one)


def people_of(desk: Desk, rows: Iterable[Found]) -> list[Change]:
    """Everybody whom these records name, as this viewer may know them."""
    fields = [name for name, field in desk.shape.fields.items() if field.type == "person"]
    named: dict[int, None] = {}
    for one in rows:
        for person in (
            one.row.owner_id,
            one.row.created_by,
            one.row.locked_by,
            *(one.stored[name] for name in fields),
        ):
            if person is not None:
                named[person] = None
    return list(person_puts_for(desk.conn, desk.actor, named))


def titles_for(desk: Desk, rows: Iterable[Found]) -> Titles:
    """What the linked records are called, as far as the actor may read them."""
    links = {name: field for name, field in desk.shape.fields.items() if field.type == "link"}
    wanted: dict[str, set[int]] = {}
    for one in rows:
        for name, field in links.items():
            if one.stored[name] is not None:
                wanted.setdefault(field.limits["link"], set()).add(one.stored[name])
    titles: Titles = {}
    for to, ids in wanted.items():
        titles |= {(to, id): title for id, title in titles_of(desk, desk.kinds[to], ids).items()}
    return titles


def titles_of(desk: Desk, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    """Those of these records that the actor may read, by their titles; what was merged away has the survivor's."""
    asked = set(ids)
    titles = _titles(desk, kind, asked)
    into = merged.survivors(desk.conn, kind, list(asked - titles.keys())) if asked - titles.keys() else {}
    if into:
        theirs = _titles(desk, kind, into.values())
        titles |= {one: theirs[to] for one, to in into.items() if to in theirs}
    return titles


def _titles(desk: Desk, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    t = kind.table
    query = select(t.c.id, t.c[kind.title]).where(
        t.c.id.in_(list(ids)), Rights(desk.actor, kind, desk.kinds).readable()
    )
    return {row[0]: row[1] for row in desk.conn.execute(query)}


def readable_among(
    conn: Connection, actor: Actor, kinds: Kinds, kind: RecordType, ids: Sequence[int]
) -> set[int]:
    """Those of these records that the actor may read now, under whichever id they are asked for."""
    t, into = kind.table, merged.survivors(conn, kind, ids)
    asked = {into.get(one, one) for one in ids}
    query = select(t.c.id).where(t.c.id.in_(asked), Rights(actor, kind, kinds).readable())
    seen = set(conn.execute(query).scalars())
    return {one for one in ids if into.get(one, one) in seen}
