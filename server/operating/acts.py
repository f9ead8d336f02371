"""An act of the operator: `tenfour admin NAME`. Declared in a domain's `module.py`, like everything that can be called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    """`run` gets the words given for `takes` (name → what it is), works in one turn, and answers what to print.

    Raises a `Problem` to refuse: its detail is printed.
    """

    name: str
    says: str
    rule: Rule
    run: Callable[[Work, Mapping[str, str]], str]
    takes: Mapping[str, str] = field(default_factory=dict)


def carried_out(act: OperatorAct, args: Mapping[str, str]) -> Callable[[Work], str]:
    """The act as a turn, whose audit entries say that it came from the command line."""

    def turn(work: Work) -> str:
        work.trace = FROM_HERE
        return act.run(work, args)

    return turn
