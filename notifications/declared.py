"""What a domain declares about telling people: on this event tell these, of this, this urgently. Delivery is not its matter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from server.background.reactions import Fact
from server.cards.cards import Ref
from server.permissions.rules import Rule


@dataclass(frozen=True)
class Telling:
    """`people` may all see `about` now, the domain sees to that. `within` is where it lies (a message's conversation), `number` its place.

    `key` names the fact, so that it is told once however often the reaction runs.
    """

    people: Sequence[int]
    about: Ref
    actor_id: int | None
    key: str
    within: Ref | None = None
    number: int | None = None


@dataclass(frozen=True)
class NoticeKind:
    """`tell` looks at a committed fact of one of `types`. `muted` answers which of the people do not want to hear of `within`.

    An `obligation` cannot be switched off, only made quiet.
    """

    kind: str
    rule: Rule
    types: frozenset[str]
    tell: Callable[[Connection, Fact], Sequence[Telling]]
    muted: Callable[[Connection, Ref, Sequence[int]], set[int]] = lambda conn, within, people: set()
    obligation: bool = False

    @property
    def name(self) -> str:
        return self.kind
