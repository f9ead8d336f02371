"""How a domain makes a kind of thing findable: what it says, who may find it, and how a hit looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from server.cards.cards import Ref
from server.events.envelope import Change
from server.kit.module import Module
from server.permissions.actor import Actor
from server.permissions.rules import Rule


@dataclass(frozen=True)
class Piece:
    """What a thing carries and what is found by itself as well, such as a file by its name. See `Carried`."""

    kind: str
    id: int
    text: str


@dataclass(frozen=True)
class Doc:
    """A thing as the index holds it. `tokens` say to whom it belongs: `c7`, `d3`, `p17`, `everyone`; `author_id` by whom it is.

    What it `carries` is indexed with it, under its time, author and tokens.
    """

    thing_id: int
    at: datetime
    author_id: int
    text: str
    tokens: tuple[str, ...]
    carries: tuple[Piece, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """One found thing. `text` is what the snippet is cut from; `conversation_id` or `post_id`, and `number`, say where it stands.

    `on` is what carries it, `state` its form, both of a file only.
    """

    id: int
    at: datetime
    author_id: int
    text: str
    conversation_id: int | None = None
    number: int | None = None
    post_id: int | None = None
    on: Ref | None = None
    state: str = ""


Hits = tuple[list[Hit], list[Change]]


@dataclass(frozen=True)
class Searchable:
    """`number` (0 to 15) is the kind's for good. `types` are the events whose changes of this kind, entities of
    this `shape`, are read by `doc` (None: not findable, or no longer).

    `tokens` are those of an actor, a superset of what may be found; `readable` says which of the given things the actor may read
    now, `hits` presents such things, in any order, and brings the entities that belong to them. `page` gives all things after an
    id, for a rebuild. `whose` adds tokens that the entity itself does not tell (a comment's are its post's).
    `gone` are the events whose drops say that a thing is no more; any other drop takes it out of somebody's sight only.
    """

    kind: str
    number: int
    rule: Rule
    types: frozenset[str]
    shape: type
    doc: Callable[[Any], Doc | None]
    tokens: Callable[[Connection, Actor], Sequence[str]]
    readable: Callable[[Connection, Actor, Sequence[int]], set[int]]
    hits: Callable[[Connection, Actor, Sequence[int]], Hits]
    page: Callable[[Connection, int, int], list[Doc]]
    whose: Callable[[Connection, Any], tuple[str, ...]] | None = None
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finder:
    """A kind that is few enough, or lies so, that it is looked up where it lies: people, conversations by name."""

    kind: str
    rule: Rule
    find: Callable[[Connection, Actor, str, int], Hits]


@dataclass(frozen=True)
class Carried:
    """A kind that other things carry (`Doc.carries`): it has no events and no tokens of its own, and its rights are those of what
    carries it. `number` as in `Searchable`."""

    kind: str
    number: int
    rule: Rule
    readable: Callable[[Connection, Sequence[Module], Actor, Sequence[int]], set[int]]
    hits: Callable[[Connection, Sequence[Module], Actor, Sequence[int]], Hits]

    def among(self, modules: Sequence[Module], carriers: Sequence[Searchable]) -> Searchable:
        """As a kind to be asked for, whose tokens are those of everything that can carry it."""
        return Searchable(
            self.kind,
            self.number,
            self.rule,
            frozenset(),
            type(None),
            lambda view: None,
            lambda conn, actor: [token for one in carriers for token in one.tokens(conn, actor)],
            lambda conn, actor, ids: self.readable(conn, modules, actor, ids),
            lambda conn, actor, ids: self.hits(conn, modules, actor, ids),
            lambda conn, after, count: [],
        )
