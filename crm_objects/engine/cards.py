"""A record as a card for one viewer: what its declaration shows, as far as they see it. Who may not read it gets a stub (CHAT-11)."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.reading import desk_of, found, views
from crm_objects.engine.record_type import RecordType, kinds_of
from server.cards.cards import CardKind, CardView, Looking
from server.kit.module import Module
from server.permissions.actor import Actor


def card_kind(kind: RecordType) -> CardKind:
    return CardKind(kind.kind, MAY_READ, within=partial(_looking, kind=kind), address=f"/crm/{kind.kind}/")


def _looking(modules: Sequence[Module], *, kind: RecordType) -> Looking:
    kinds = kinds_of(modules)

    def cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
        desk = desk_of(conn, actor, kinds, kind)
        rows = [found(desk, row) for row in conn.execute(desk.readable().where(kind.table.c.id.in_(ids)))]
        return [
            CardView(
                kind.kind,
                view.id,
                False,
                view.title,
                view.number,
                view.owner,
                view.updated_at,
                "voided" if view.voided else "",
                view.version,
                shown={name: view.fields[name] for name in kind.shown if name in view.fields},
            )
            for view in views(desk, rows)
        ]

    return cards
