"""A rule's name, spoken aloud by every route, socket command, watch and job. One without a rule stops the start.

A rule says who may try; *which* things the act may touch is decided by look-ups that start from the actor (finding is permitting).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from server.kit.problems import (
    ByHandOnly,
    Forbidden,
    Problem,
    SecondFactorRequired,
    SignedOut,
    StepUpRequired,
)
from server.permissions.actor import Actor


@dataclass(frozen=True)
class Rule:
    """`capability` must be among the actor's, or else `or_capability`; `anonymous` rules also let in who has not signed in.

    `by_hand`: a person at a device, never an access token. `step_up`: by hand, and signed in or confirmed at most ten minutes ago
    (`PUT /api/session/step-up`). `enrolling`: also for somebody who must first set up a second factor. `by_the_house`: nobody calls it
    over the network.
    `deputy` names the kind of act (`post`, `todos`, `receipts`) under which somebody may call it for another; empty: never (W34).
    """

    name: str
    says: str
    capability: str = ""
    or_capability: str = ""
    anonymous: bool = False
    step_up: bool = False
    by_hand: bool = False
    enrolling: bool = False
    by_the_house: bool = False
    deputy: str = ""

    @property
    def scope(self) -> str:
        """What an access token must have been given to pass."""
        return self.capability or self.name

    @property
    def is_for_programs(self) -> bool:
        """Whether a token can be given it at all."""
        return not (self.anonymous or self.step_up or self.by_hand or self.enrolling or self.by_the_house)

    def admit(self, actor: Actor | None) -> None:
        """Raises `SignedOut`, `SecondFactorRequired`, `Forbidden`, `ByHandOnly` or `StepUpRequired`."""
        if self.anonymous:
            return
        if actor is None:
            raise SignedOut()
        if actor.must_enrol and not self.enrolling:
            raise SecondFactorRequired()
        if actor.token_scopes is not None:
            self._admit_token(actor.token_scopes)
        if self.capability and not actor.can(self.or_capability):
            actor.must(self.capability)
        if self.step_up and not actor.is_confirmed:
            raise StepUpRequired()

    def lets(self, actor: Actor) -> bool:
        """Whether this actor would be admitted."""
        try:
            self.admit(actor)
        except Problem:
            return False
        return True

    def _admit_token(self, scopes: frozenset[str]) -> None:
        if self.by_hand or self.step_up:
            raise ByHandOnly()
        if not scopes & {self.scope, self.or_capability} and not self.enrolling:
            raise Forbidden(f"This access token was not given {self.scope}.", scope=self.scope)


ANYONE = Rule("anyone", "Open to all, signed in or not.", anonymous=True)
SIGNED_IN = Rule("signed_in", "Every active person; what they find is theirs to see.")
MAY_LISTEN = Rule("live.listen", "Hearing everything that reaches this person, and the state to begin from.")


class WithoutRule(Exception):
    """Something can be called that names no rule."""


def check_rules(things: Iterable[Any]) -> None:
    """Raises `WithoutRule` naming the first thing that no rule guards. Each has a `name` and a `rule`. Called at start."""
    for thing in things:
        if not isinstance(thing.rule, Rule):
            raise WithoutRule(f"{type(thing).__name__} {thing.name} names no rule")
