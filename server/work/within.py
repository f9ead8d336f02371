"""Reactions within the act: what other domains do in the same transaction because something was recorded (architecture.md §3).

Lower tells upper by event: `people` records `person.left`, and `auth`, `feed`, `chat` and later the records each do their part before
the act is numbered, so that nobody ever sees one without the other. A reaction may record further events, which are reacted to as well.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.events.envelope import Event

if TYPE_CHECKING:
    from server.work.work import Work


@dataclass(frozen=True)
class Within:
    """`run` is called once per recorded event of type `on`. It never commits; a `Problem` it raises refuses the whole act.

    Reactions to one event run in the order of the modules, which is the lock order of delivery.md §2 (post before conversation).
    """

    on: str
    name: str
    run: "Callable[[Work, Event], None]"


def by_type(reactions: Iterable[Within]) -> Mapping[str, tuple[Within, ...]]:
    """The reactions to each type of event, in their order."""
    found: dict[str, tuple[Within, ...]] = {}
    for reaction in reactions:
        found[reaction.on] = (*found.get(reaction.on, ()), reaction)
    return found
