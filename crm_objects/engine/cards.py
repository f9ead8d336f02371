"""A record as a card for one viewer: what its declaration shows, as far as they see it. Who may not read it gets a stub (CHAT-11), which
says what became of their own question for access (N1). The card of what was merged into another is that one's, to be opened (W42)."""

from collections.abc import Sequence
from functools import partial

import msgspec
from sqlalchemy import ColumnElement, Connection

from crm_objects.access.asking import shown_to_asker
from crm_objects.access.readers import Readers
from crm_objects.engine import merged
from crm_objects.engine.card_buttons import buttons
from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.reading import Desk, desk_of, found, must_find, views
from crm_objects.engine.record_type import RecordType, kinds_of
from server.cards.cards import CardKind, CardView, Looking, PartsSeen
from server.kit.module import Module
from server.permissions.actor import Actor


def card_kind(kind: RecordType) -> CardKind:
    return CardKind(
        kind.kind,
        MAY_READ,
        within=partial(_looking, kind=kind),
        address=f"/crm/{kind.kind}/",
        seen_by=partial(_seen_by, kind=kind),
        parts=partial(_parts, kind=kind),
        stubs=partial(_stubs, kind=kind),
        also_named=partial(_also_named, kind=kind),
    )


def _looking(modules: Sequence[Module], *, kind: RecordType) -> Looking:
    kinds = kinds_of(modules)

    def cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
        desk = desk_of(conn, actor, kinds, kind)
        into = merged.survivors(conn, kind, ids)
        wanted = {into.get(one, one) for one in ids}
        rows = [found(desk, row) for row in conn.execute(desk.readable().where(kind.table.c.id.in_(wanted)))]
        seen = {view.id: view for view in views(desk, rows)}
        return [
            CardView(
                kind.kind,
                asked,
                False,
                view.title,
                view.number,
                view.owner,
                view.updated_at,
                "voided" if view.voided else "pooled" if view.owner is None else "",
                view.version,
                shown={name: view.fields[name] for name in kind.shown if name in view.fields},
                buttons=buttons(kind, view) if asked == view.id else [],
            )
            for asked in ids
            if (view := seen.get(into.get(asked, asked))) is not None
        ]

    return cards


def _also_named(conn: Connection, record_id: int, *, kind: RecordType) -> list[int]:
    """Whatever was merged with it, into whichever of them."""
    into = merged.survivor(conn, kind, record_id)
    return [one for one in (into, *merged.away(conn, kind, into)) if one != record_id]


def _stubs(conn: Connection, actor: Actor, ids: Sequence[int], *, kind: RecordType) -> list[CardView]:
    into = merged.survivors(conn, kind, ids)
    said = {
        one.id: one
        for one in shown_to_asker(conn, actor.id, kind, list({into.get(each, each) for each in ids}))
    }
    found = {asked: said.get(into.get(asked, asked)) for asked in ids}
    return [msgspec.structs.replace(one, id=asked) for asked, one in found.items() if one is not None]


def _seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], record_id: int, *, kind: RecordType
) -> ColumnElement[bool]:
    """Who reads the record knows who does not: they could ask each of them."""
    return Readers(conn, kinds_of(modules), kind, merged.survivor(conn, kind, record_id)).reading()


def _parts(
    conn: Connection, actor: Actor, modules: Sequence[Module], record_id: int, *, kind: RecordType
) -> PartsSeen:
    """Of the classes that the card shows and this record fills."""
    desk: Desk = desk_of(conn, actor, kinds_of(modules), kind)
    record_id = merged.survivor(conn, kind, record_id)
    one = must_find(desk, record_id)
    filled = [name for name in kind.shown if name in desk.shape.fields and one.stored[name] is not None]
    classes = {desk.shape.fields[name].cls for name in filled} - {"basic"}
    readers = Readers(conn, desk.kinds, kind, record_id)
    clear = {cls: readers.clear(cls) for cls in sorted(classes)}
    return PartsSeen(clear, one.rights.may_write and one.row.voided_at is None)
