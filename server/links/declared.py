"""How a domain lets a kind of thing leave traces on what it refers to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.cards.cards import Ref


@dataclass(frozen=True)
class Said:
    """What a thing says of others: the cards it carries, and its text, in which addresses may stand."""

    thing_id: int
    at: datetime
    text: str
    cards: Sequence[Ref]


@dataclass(frozen=True)
class LinkSource:
    """`made` is the event that announces a new thing of this kind, `changed` those after which its traces are left anew,
    `gone` those whose drops say that it is no more.

    `said` reads the entity of this `shape` that such an event puts (None: it says nothing any more). `page` gives all things after
    an id, locked, for a rebuild. `is_open`: lies on the work feed, where somebody may be told that there is one more which is not
    theirs to read. What is said in conversations is private: of it nobody else learns anything.
    """

    kind: str
    shape: type
    made: str
    said: Callable[[Any], Said | None]
    page: Callable[[Connection, int, int], list[Said]]
    changed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    is_open: bool = False
