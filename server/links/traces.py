"""«Mentioned in»: what refers to a thing, newest first, as far as the reader may see it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from server.cards.cards import Ref, cards_of, names_of
from server.db.keyset import decode_cursor, encode_cursor, micros_of, moment_of
from server.kit.module import Module, every
from server.kit.problems import NotFound
from server.links.declared import LinkSource
from server.links.models import Link
from server.links.present import Traces, TraceView
from server.people.present import person_puts_for
from server.permissions.actor import Actor

ROUNDS = 20
AT_ONCE = 100


def traces(
    conn: Connection, actor: Actor, modules: Sequence[Module], target: Ref, size: int, cursor: str
) -> Traces:
    """Raises `NotFound` where the thing itself is not the reader's to see."""
    if cards_of(conn, actor, modules, [target])[target].restricted:
        raise NotFound()
    opened = {one.kind for one in every(modules, LinkSource) if one.is_open}
    shown: list[TraceView] = []
    hidden = 0
    named = names_of(conn, modules, target)
    for _ in range(ROUNDS):
        rows = _rows(conn, target.kind, named, cursor)
        cards = cards_of(conn, actor, modules, [_source(row) for row in rows])
        for row in rows:
            card = cards[_source(row)]
            if not card.restricted:
                if len(shown) == size:
                    return _answer(conn, actor, shown, hidden, cursor)
                shown.append(TraceView(row.how, row.at, card))
            elif row.source_kind in opened and target.kind in opened:
                hidden += 1
            cursor = encode_cursor(micros_of(row.at), row.id)
        if len(rows) < AT_ONCE:
            return _answer(conn, actor, shown, hidden, None)
    return _answer(conn, actor, shown, hidden, cursor)


def _answer(
    conn: Connection, actor: Actor, shown: list[TraceView], hidden: int, following: str | None
) -> Traces:
    people = sorted({one.source.person_id for one in shown if one.source.person_id is not None})
    return Traces(shown, hidden, following, list(person_puts_for(conn, actor, people)))


def _source(row: Any) -> Ref:
    return Ref(row.source_kind, row.source_id)


def _rows(conn: Connection, kind: str, named: Sequence[int], cursor: str) -> list[Any]:
    query = (
        select(Link.__table__)
        .where(Link.target_kind == kind, Link.target_id.in_(named))
        .order_by(Link.at.desc(), Link.id.desc())
        .limit(AT_ONCE)
    )
    after = decode_cursor(cursor, int, int)
    if after is not None:
        moment, last = moment_of(after[0]), int(after[1])
        query = query.where(or_(Link.at < moment, and_(Link.at == moment, Link.id < last)))
    return list(conn.execute(query))
