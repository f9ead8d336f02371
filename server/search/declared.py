"""How a domain makes a kind of thing findable: what it says, who may find it, and how a hit looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from server.events.envelope import Change
from server.permissions.actor import Actor
from server.permissions.rules import Rule


@dataclass(frozen=True)
class Doc:
    """A thing as the index holds it. `tokens` say to whom it belongs: `c7`, `d3`, `p17`, `everyone`; `author_id` by whom it is."""

    thing_id: int
    at: datetime
    author_id: int
    text: str
    tokens: tuple[str, ...]


class Hit(msgspec.Struct, frozen=True):
    """One found thing. `text` is what the snippet is cut from; `conversation_id` or `post_id`, and `number`, say where it stands."""

    id: int
    at: datetime
    author_id: int
    text: str
    conversation_id: int | None = None
    number: int | None = None
    post_id: int | None = None


@dataclass(frozen=True)
class Searchable:
    """`number` (0 to 15) is the kind's for good. `types` are the events whose changes of this kind, entities of
    this `shape`, are read by `doc` (None: not findable, or no longer).

    `tokens` are those of an actor, a superset of what may be found; `readable` says which of the given things the actor may read
    now, `hits` presents such things, in any order, and brings the entities that belong to them. `page` gives all things after an
    id, for a rebuild. `whose` adds tokens that the entity itself does not tell (a comment's are its post's).
    """

    kind: str
    number: int
    rule: Rule
    types: frozenset[str]
    shape: type
    doc: Callable[[Any], Doc | None]
    tokens: Callable[[Connection, Actor], Sequence[str]]
    readable: Callable[[Connection, Actor, Sequence[int]], set[int]]
    hits: Callable[[Connection, Actor, Sequence[int]], tuple[list[Hit], list[Change]]]
    page: Callable[[Connection, int, int], list[Doc]]
    whose: Callable[[Connection, Any], tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Finder:
    """A kind that is few enough, or lies so, that it is looked up where it lies: people, conversations by name."""

    kind: str
    rule: Rule
    find: Callable[[Connection, Actor, str, int], tuple[list[Hit], list[Change]]]
