"""An act of the operator: `tenfour admin NAME`. Declared in a domain's `module.py`, like everything that can be called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.audit.trace import Trace
from server.permissions.rules import Rule
from server.work.work import Work

BY_THE_OPERATOR = Rule(
    "by_the_operator",
    "Whoever may use the data folder as the user under whom the server runs.",
    by_the_house=True,
)
FROM_HERE = Trace(device="command line")


@dataclass(frozen=True)
class OperatorAct:
    """`run` gets the words given for `takes` and, empty when left out, `may_take` (name → what it is), works in one turn, and answers
    what to print. One that only `reads` gets the connection of a snapshot instead, and holds nobody up.

    Raises a `Problem` to refuse: its detail is printed.
    """

    name: str
    says: str
    rule: Rule
    run: Callable[[Any, Mapping[str, str]], str]
    takes: Mapping[str, str] = field(default_factory=dict)
    may_take: Mapping[str, str] = field(default_factory=dict)
    reads: bool = False

    @property
    def words(self) -> list[str]:
        return [*self.takes, *self.may_take]


def carried_out(act: OperatorAct, args: Mapping[str, str]) -> Callable[[Work], str]:
    """The act as a turn, whose audit entries say that it came from the command line."""

    def turn(work: Work) -> str:
        work.trace = FROM_HERE
        return act.run(work, args)

    return turn
