"""Any thing as a card for one viewer: `Ref(kind, id)` → what this person may see of it now, or an honest stub.

A domain declares how its kinds look; nobody else reads its tables for that. Used by what refers to things: to-dos, notices,
reminders, posts and messages that carry cards, lists of what mentions a thing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection

from server.kit.module import Module, every
from server.kit.problems import Forbidden
from server.permissions.actor import Actor
from server.permissions.rules import Rule


class Ref(msgspec.Struct, frozen=True):
    """A thing of any domain."""

    kind: str
    id: int


class CardView(msgspec.Struct, frozen=True):
    """`restricted`: it is there or not, this person may not see it, and everything else is empty, but `state` and `shown` may say what
    became of their own question for access. `version` grows with each change that
    the card shows, so that a reader can be told «changed since». `person_id` is whose face stands on it. `within` and `number` say
    where a message stands, `sort` which kind of post a post is. `shown` are further values by their names, as this person may see them.
    `urgent`: it is marked so. `buttons`: the acts on it that this person may do from the card."""

    kind: str
    id: int
    restricted: bool
    title: str = ""
    subtitle: str = ""
    person_id: int | None = None
    at: datetime | None = None
    state: str = ""
    version: int = 0
    within: Ref | None = None
    number: int | None = None
    sort: str = ""
    shown: dict[str, Any] = {}
    urgent: bool = False
    buttons: list[str] = []


Looking = Callable[[Connection, Actor, Sequence[int]], list[CardView]]
SeenBy = Callable[[Connection, Actor, Sequence[Module], int], ColumnElement[bool] | None]


@dataclass(frozen=True)
class PartsSeen:
    """Of a thing that is not shown whole to all who see it: classes of fields on its card → for whom these are clear, as conditions on
    `Person`. `may_grant`: the actor may let others see the thing."""

    clear: Mapping[str, ColumnElement[bool]]
    may_grant: bool


PartsSeenBy = Callable[[Connection, Actor, Sequence[Module], int], PartsSeen]


@dataclass(frozen=True)
class CardKind:
    """`cards` answers those of the ids that the actor may see now. A kind whose rights are those of other domains' things says
    `within` instead, and is given the installed modules. `address` is where such a thing is opened, its id left out.

    `seen_by` is the same from the other side, for somebody who sees the thing (N2): whom it is not a stub for, as a condition on
    `Person`; None where that is not theirs to know. Left out: it cannot be said of this kind. `parts` says more of things that show
    different people different parts, and such are not sent to who does not see them before the sender was asked (CHAT-08).

    `also_named`: the other ids under which things refer to this one, because it was several before.

    `stubs` answers what the stubs of those of the ids that the actor may not see say to them besides; it may leave out any.
    """

    kind: str
    rule: Rule
    cards: Looking | None = None
    within: Callable[[Sequence[Module]], Looking] | None = None
    address: str = ""
    seen_by: SeenBy | None = None
    parts: PartsSeenBy | None = None
    stubs: Looking | None = None
    also_named: Callable[[Connection, int], Sequence[int]] | None = None

    def looking(self, modules: Sequence[Module]) -> Looking:
        if self.cards is not None:
            return self.cards
        assert self.within is not None
        return self.within(modules)

    @property
    def name(self) -> str:
        return self.kind


def cards_of(
    conn: Connection, actor: Actor, modules: Sequence[Module], refs: Sequence[Ref]
) -> Mapping[Ref, CardView]:
    """A card for every ref, a stub where there is nothing that the actor may see. One call for each kind."""
    kinds = {one.kind: one for one in every(modules, CardKind)}
    ids: dict[str, list[int]] = defaultdict(list)
    for ref in dict.fromkeys(refs):
        if ref.kind in kinds and _admits(kinds[ref.kind].rule, actor):
            ids[ref.kind].append(ref.id)
    found = {
        Ref(card.kind, card.id): card
        for kind, wanted in ids.items()
        for card in _shown(conn, actor, modules, kinds[kind], wanted)
    }
    return {ref: found.get(ref) or CardView(ref.kind, ref.id, True) for ref in refs}


def _shown(
    conn: Connection, actor: Actor, modules: Sequence[Module], kind: CardKind, ids: Sequence[int]
) -> list[CardView]:
    seen = kind.looking(modules)(conn, actor, ids)
    unseen = set(ids) - {card.id for card in seen} if kind.stubs else set()
    return [*seen, *kind.stubs(conn, actor, sorted(unseen))] if kind.stubs and unseen else seen


def names_of(conn: Connection, modules: Sequence[Module], ref: Ref) -> list[int]:
    """Every id under which things of its kind refer to this thing, its own first."""
    kind = next((one for one in every(modules, CardKind) if one.kind == ref.kind), None)
    more = kind.also_named(conn, ref.id) if kind is not None and kind.also_named is not None else ()
    return [ref.id, *more]


def seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], ref: Ref
) -> ColumnElement[bool] | None:
    """Who sees this thing, which the actor sees, as a condition on `Person`; None: not known, or not the actor's to know."""
    kind = next((one for one in every(modules, CardKind) if one.kind == ref.kind), None)
    if kind is None or kind.seen_by is None:
        return None
    return kind.seen_by(conn, actor, modules, ref.id)


def parts_of(conn: Connection, actor: Actor, modules: Sequence[Module], ref: Ref) -> PartsSeen | None:
    """For whom which parts of this thing, which the actor sees, are clear; None for a kind that is shown whole to all who see it."""
    kind = next((one for one in every(modules, CardKind) if one.kind == ref.kind), None)
    return kind.parts(conn, actor, modules, ref.id) if kind is not None and kind.parts is not None else None


def _admits(rule: Rule, actor: Actor) -> bool:
    try:
        rule.admit(actor)
    except Forbidden:
        return False
    return True
