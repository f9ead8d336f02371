"""Cards that a post or a message carries: what its author may see, kept in its own row with the version that was seen then.

Whoever reads it later sees the thing as it is now and as far as they may (`cards.py`); kind and id are all that the row tells them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from server.cards.cards import CardKind, Ref, cards_of
from server.cards.inputs import RefInput
from server.kit.module import Module, every
from server.kit.problems import Forbidden, invalid
from server.permissions.actor import Actor

MOST_CARDS = 10
CardInputs = Annotated[list[RefInput], Meta(max_length=MOST_CARDS)]


class CarriedCard(msgspec.Struct, frozen=True):
    """`version` is the thing's when it was attached: a card of a later one has changed since."""

    kind: str
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants something of theirs to carry, in this order."""

    actor: Actor
    refs: tuple[Ref, ...]


_NONE: list[CarriedCard] = []
_cards = msgspec.json.Decoder(list[CarriedCard])


def wanted(actor: Actor, inputs: Sequence[RefInput]) -> Wanted | None:
    """None where nothing is wanted. A thing that is named twice is carried once."""
    if not inputs:
        return None
    return Wanted(actor, tuple(dict.fromkeys(Ref(one.kind, one.id) for one in inputs)))


def carried(
    conn: Connection, modules: Sequence[Module], wish: Wanted | None, kept: Sequence[CarriedCard] = ()
) -> list[CarriedCard]:
    """Raises `Invalid` naming the card that the author may not see (or that does not exist: the same), `Forbidden` to a deputy: what
    the principal may see is not the deputy's to hand on. What was carried before (`kept`) stays as it is, seen or not."""
    if wish is None:
        return _NONE
    if wish.actor.by:
        raise Forbidden("Cards are attached by oneself.", reason="in_person")
    kinds = {one.kind for one in every(modules, CardKind)}
    for place, ref in enumerate(wish.refs):
        if ref.kind not in kinds:
            raise invalid(f"cards[{place}].kind", "choice", "There are no cards of this kind.")
    before = {Ref(one.kind, one.id): one for one in kept}
    found = cards_of(conn, wish.actor, modules, [ref for ref in wish.refs if ref not in before])
    for place, ref in enumerate(wish.refs):
        if ref not in before and found[ref].restricted:
            raise invalid(f"cards[{place}]", "not_found", "This is not there, or not yours to see.")
    return [before.get(ref) or CarriedCard(ref.kind, ref.id, found[ref].version) for ref in wish.refs]


def stored(cards: Sequence[CarriedCard]) -> str:
    """As a post's or message's row keeps them."""
    return msgspec.json.encode(list(cards)).decode() if cards else ""


def from_stored(text: str) -> list[CarriedCard]:
    return _cards.decode(text) if text else _NONE
