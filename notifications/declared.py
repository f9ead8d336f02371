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

    `key` names the fact, so that it is told once however often the reaction runs. `urgent`: aloud in quiet hours too. `quietly`: laid
    into the inbox, never aloud. `each_their_own`: its card shows different things to different people, so live notices hold no title.
    """

    people: Sequence[int]
    about: Ref
    actor_id: int | None
    key: str
    within: Ref | None = None
    number: int | None = None
    urgent: bool = False
    quietly: bool = False
    each_their_own: bool = False


def _all_of_them(conn: Connection, telling: Telling, people: Sequence[int]) -> set[int]:
    return set(people)


def nothing_to_tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """For kinds that are told within the act itself (`deliver.tell`)."""
    return []


@dataclass(frozen=True)
class NoticeKind:
    """`tell` looks at a committed fact of one of `types`. `muted` answers which of the people do not want to hear of `within`.

    An `obligation` cannot be switched off, only made quiet. One that `waits` is told to who has quiet hours at their end (W46), if
    `still` says by then that it concerns them.
    """

    kind: str
    rule: Rule
    types: frozenset[str]
    tell: Callable[[Connection, Fact], Sequence[Telling]]
    muted: Callable[[Connection, Ref, Sequence[int]], set[int]] = lambda conn, within, people: set()
    obligation: bool = False
    waits: bool = False
    still: Callable[[Connection, Telling, Sequence[int]], set[int]] = _all_of_them

    @property
    def name(self) -> str:
        return self.kind
