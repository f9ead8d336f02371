"""Whether somebody has a thing before their eyes at all: its card is in something that they may read."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from server.cards.cards import Ref, cards_of, names_of
from server.kit.module import Module
from server.links.models import Link
from server.permissions.actor import Actor

ROUNDS, AT_ONCE = 10, 100


def is_carried_to(conn: Connection, actor: Actor, modules: Sequence[Module], target: Ref) -> bool:
    """Looks through the newest thousand things that carry its card. An address written in a text does not count: anybody can write one,
    but a card is attached only by who sees the thing."""
    before: int | None = None
    named = names_of(conn, modules, target)
    for _ in range(ROUNDS):
        carrying = (
            select(Link.id, Link.source_kind, Link.source_id)
            .where(Link.target_kind == target.kind, Link.target_id.in_(named), Link.how == "card")
            .order_by(Link.id.desc())
            .limit(AT_ONCE)
        )
        rows = conn.execute(carrying if before is None else carrying.where(Link.id < before)).all()
        cards = cards_of(conn, actor, modules, [Ref(row.source_kind, row.source_id) for row in rows])
        if not all(card.restricted for card in cards.values()):
            return True
        if len(rows) < AT_ONCE:
            return False
        before = rows[-1].id
    return False
