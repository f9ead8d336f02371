"""The only rows of shares and questions → JSON."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from server.events.envelope import Change

State = Literal["open", "granted", "refused", "withdrawn"]


class ShareView(msgspec.Struct, frozen=True):
    """Somebody who may read the record until then."""

    person: int
    until: datetime
    granted_by: int
    granted_at: datetime


class Shared(msgspec.Struct, frozen=True):
    """How many may read it now who could not before, or may do so for longer."""

    people: int
    until: datetime


class AccessAsked(msgspec.Struct, frozen=True):
    """My question. `reason`: why not, where it was refused."""

    id: int
    state: State
    asked_at: datetime
    reason: str


class AccessDecided(msgspec.Struct, frozen=True):
    """`outcome`: day, month, team, refused."""

    id: int
    state: State
    outcome: str


class CardChange(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """A field that a card showed and that is another one now; both as in a row for this viewer."""

    field: str
    before: Any
    after: Any


class CardChanges(msgspec.Struct, frozen=True):
    """`known`: what the card showed was kept; otherwise there is nothing to compare with. `also` brings the persons named."""

    known: bool
    items: list[CardChange]
    also: list[Change] = []
