"""A rule's name, spoken aloud by every route, socket command, watch and job. One without a rule stops the start.

A rule says who may try; *which* things the act may touch is decided by look-ups that start from the actor (finding is permitting).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from server.kit.problems import SignedOut
from server.permissions.actor import Actor


@dataclass(frozen=True)
class Rule:
    """`capability` must be among the actor's; `anonymous` rules also let in who has not signed in."""

    name: str
    says: str
    capability: str = ""
    anonymous: bool = False

    def admit(self, actor: Actor | None) -> None:
        """Raises `SignedOut` or `Forbidden`."""
        if self.anonymous:
            return
        if actor is None:
            raise SignedOut()
        if self.capability:
            actor.must(self.capability)


ANYONE = Rule("anyone", "Open to all, signed in or not.", anonymous=True)
SIGNED_IN = Rule("signed_in", "Every active person; what they find is theirs to see.")


class WithoutRule(Exception):
    """Something can be called that names no rule."""


def check_rules(things: Iterable[Any]) -> None:
    """Raises `WithoutRule` naming the first thing that no rule guards. Each has a `name` and a `rule`. Called at start."""
    for thing in things:
        if not isinstance(thing.rule, Rule):
            raise WithoutRule(f"{type(thing).__name__} {thing.name} names no rule")
