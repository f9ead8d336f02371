"""Figures out of histories: what the clients' own words tell about time."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tests.load.history import Fact

Span = tuple[int, int]  # from, to: in nanoseconds of the clock in the facts


def staleness(facts: Iterable[Fact]) -> list[tuple[int, float]]:
    """(when it was answered, seconds until the last who was connected all along had it), for each message.

    A message that was sent more than once is left out: its first sending may have been committed long before the answer.
    """
    ordered = sorted(facts, key=lambda fact: fact.at)
    tries: dict[tuple[str, str], int] = {}
    answered: dict[tuple[int, int], int] = {}
    connected: dict[str, int] = {}
    late: dict[tuple[int, int], int] = {}
    for fact in ordered:
        key = (fact.conversation, fact.number)
        if fact.what == "invoke":
            tries[fact.client, fact.client_id] = tries.get((fact.client, fact.client_id), 0) + 1
        elif fact.what == "answer" and tries.get((fact.client, fact.client_id)) == 1:
            answered.setdefault(key, fact.at)
        elif fact.what == "resume":
            connected[fact.client] = fact.at
        elif fact.what == "gone":
            connected.pop(fact.client, None)
        elif (
            fact.what == "receive" and key in answered and connected.get(fact.client, fact.at) < answered[key]
        ):
            late[key] = max(late.get(key, 0), fact.at)
    return [(at, max(0, late.get(key, at) - at) / 1e9) for key, at in answered.items() if key in late]


def within(measured: Sequence[tuple[int, float]], spans: Sequence[Span]) -> list[float]:
    """The seconds of what was answered in one of these spans."""
    return [seconds for at, seconds in measured if any(start <= at < end for start, end in spans)]


def longest_silence(facts: Iterable[Fact], span: Span) -> float:
    """The longest time in this span without an answer to anybody, in seconds."""
    start, end = span
    moments = [start, *sorted(f.at for f in facts if f.what == "answer" and start <= f.at < end), end]
    return max(after - before for before, after in pairwise(moments)) / 1e9
