"""Which of those who are about to get a card will see only its stub: asked of the sender before it goes (CHAT-08)."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from server.cards.cards import Ref, parts_of, seen_by
from server.cards.carrying import CarriedCard
from server.kit.module import Module
from server.kit.problems import Problem
from server.org.models import Person
from server.permissions.actor import Actor

NAMED = 10


class BlindCard(msgspec.Struct, frozen=True):
    """Of those who get this card `blind` see only its stub, `people` are the first of them. `may_grant`: the sender may let them see it."""

    kind: str
    id: int
    blind: int
    people: list[int]
    may_grant: bool


class RecipientsAreBlind(Problem):
    """`cards` says of which, and how many. Sent again with `anyway` it goes as it is."""

    status, code, title = 409, "recipients_lack_access", "Some of these people may not see this."


def count(conn: Connection, condition: ColumnElement[bool]) -> tuple[int, list[int]]:
    """How many people, and the first of them."""
    first = list(
        conn.execute(select(Person.id).where(condition).order_by(Person.id).limit(NAMED + 1)).scalars()
    )
    if len(first) <= NAMED:
        return len(first), first
    return conn.execute(select(func.count()).select_from(Person).where(condition)).scalar_one(), first[:NAMED]


def must_be_seen(
    conn: Connection,
    actor: Actor,
    modules: Sequence[Module],
    cards: Sequence[CarriedCard],
    among: ColumnElement[bool],
) -> None:
    """Raises `RecipientsAreBlind` where somebody of these does not see one of the cards, of kinds that ask (`CardKind.parts`)."""
    found = []
    for card in cards:
        ref = Ref(card.kind, card.id)
        parts = parts_of(conn, actor, modules, ref)
        seeing = seen_by(conn, actor, modules, ref) if parts is not None else None
        if parts is None or seeing is None:
            continue
        blind, people = count(conn, among & ~seeing)
        if blind:
            found.append(BlindCard(card.kind, card.id, blind, people, parts.may_grant))
    if found:
        raise RecipientsAreBlind(
            "Let them read it, or send it as it is: they see only that there is something.",
            cards=found,
            next_step="grant_or_send_anyway",
        )
