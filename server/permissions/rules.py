"""A rule's name, spoken aloud by every route, socket command, watch and job. One without a rule stops the start.

A rule says who may try; *which* things the act may touch is decided by look-ups that start from the actor (finding is permitting).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from server.kit.problems import ByHandOnly, SecondFactorRequired, SignedOut, StepUpRequired
from server.permissions.actor import Actor


@dataclass(frozen=True)
class Rule:
    """`capability` must be among the actor's; `anonymous` rules also let in who has not signed in.

    `by_hand`: a person at a device, never an access token. `step_up`: by hand, and signed in or confirmed at most ten minutes ago
    (`PUT /api/session/step-up`). `enrolling`: also for somebody who must first set up a second factor.
    """

    name: str
    says: str
    capability: str = ""
    anonymous: bool = False
    step_up: bool = False
    by_hand: bool = False
    enrolling: bool = False

    def admit(self, actor: Actor | None) -> None:
        """Raises `SignedOut`, `SecondFactorRequired`, `Forbidden`, `ByHandOnly` or `StepUpRequired`."""
        if self.anonymous:
            return
        if actor is None:
            raise SignedOut()
        if actor.must_enrol and not self.enrolling:
            raise SecondFactorRequired()
        if self.capability:
            actor.must(self.capability)
        if actor.by_token and (self.by_hand or self.step_up):
            raise ByHandOnly()
        if self.step_up and not actor.is_confirmed:
            raise StepUpRequired()


ANYONE = Rule("anyone", "Open to all, signed in or not.", anonymous=True)
SIGNED_IN = Rule("signed_in", "Every active person; what they find is theirs to see.")


class WithoutRule(Exception):
    """Something can be called that names no rule."""


def check_rules(things: Iterable[Any]) -> None:
    """Raises `WithoutRule` naming the first thing that no rule guards. Each has a `name` and a `rule`. Called at start."""
    for thing in things:
        if not isinstance(thing.rule, Rule):
            raise WithoutRule(f"{type(thing).__name__} {thing.name} names no rule")
