"""The goals of the issues as values, so that the page of figures can say of each whether it is met, and by how much it is missed."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from tests.load.report import Section, number


@dataclass(frozen=True)
class Mark:
    """A number, or with `of` that many times the median of the same figure (or of `figure`) of another subject, `plus` something."""

    value: float
    of: str = ""
    plus: float = 0.0

    def threshold(self, section: Section, figure: str) -> float | None:
        if not self.of:
            return self.value
        below = median(section, self.of, figure)
        return None if below is None else self.value * below + self.plus

    def __str__(self) -> str:
        if not self.of:
            return number(self.value)
        times = "" if self.value == 1 else f"{number(self.value)} × "
        return f"{times}{self.of}" + (f" + {number(self.plus)}" if self.plus else "")


@dataclass(frozen=True)
class Goal:
    """`must` and `wish` (the ambition) by database, "" for both. `most`: the figure must not be above, else not below."""

    what: str
    section: str
    subject: str
    figure: str
    must: Mapping[str, Mark]
    wish: Mapping[str, Mark]
    most: bool

    def mark(self, marks: Mapping[str, Mark], database: str) -> Mark | None:
        return marks.get(database, marks.get(""))

    def is_met(self, measured: float, threshold: float) -> bool:
        return measured <= threshold if self.most else measured >= threshold


@dataclass(frozen=True)
class Verdict:
    """What came out for one database. `short`: by which part of the goal it is missed (0.1 = 10 %)."""

    measured: float
    is_met: bool
    short: float
    is_wished: bool
    bound: str
    wish: str
    ratio: float | None  # to the subject in the goal
    is_dirty: bool


def median(section: Section, subject: str, figure: str) -> float | None:
    series = section.series.get(subject)
    values = section.values(series, figure) if series is not None else []
    return statistics.median(values) if values else None


def judge(goal: Goal, section: Section) -> Verdict | None:
    """None when it was not measured."""
    measured, must = median(section, goal.subject, goal.figure), goal.mark(goal.must, section.database)
    bound = must.threshold(section, goal.figure) if must is not None else None
    if measured is None or must is None or bound is None:
        return None
    wish = goal.mark(goal.wish, section.database)
    wished = wish.threshold(section, goal.figure) if wish is not None else None
    series = section.series[goal.subject]
    sign = "≤" if goal.most else "≥"
    return Verdict(
        measured,
        goal.is_met(measured, bound),
        abs(measured - bound) / bound if bound else 1.0,
        wished is not None and goal.is_met(measured, wished),
        f"{sign} {must}",
        f"{sign} {wish}" if wish is not None else "",
        measured * must.value / (bound - must.plus) if must.of and bound != must.plus else None,
        any(usage.dirty for usage in section.usages(series)),
    )


def at_most(
    what: str,
    section: str,
    subject: str,
    figure: str,
    must: Mapping[str, Mark] | Mark | float,
    wish: Mapping[str, Mark] | Mark | float | None = None,
) -> Goal:
    return Goal(what, section, subject, figure, _marks(must), _marks(wish), most=True)


def at_least(
    what: str,
    section: str,
    subject: str,
    figure: str,
    must: Mapping[str, Mark] | Mark | float,
    wish: Mapping[str, Mark] | Mark | float | None = None,
) -> Goal:
    return Goal(what, section, subject, figure, _marks(must), _marks(wish), most=False)


def _marks(given: Mapping[str, Mark] | Mark | float | None) -> Mapping[str, Mark]:
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return given
    return {"": given if isinstance(given, Mark) else Mark(float(given))}


SQLITE, POSTGRESQL, OURS = "sqlite", "postgresql", "tenfour"
SKELETON = Mark(1.5, "skeleton")
GOALS = [
    at_least(
        "durable messages/s over the socket",
        "sends",
        OURS,
        "messages/s",
        {SQLITE: Mark(5500), POSTGRESQL: Mark(4600)},
        {SQLITE: Mark(11000), POSTGRESQL: Mark(9000)},
    ),
    at_most("the same, acknowledgement p99", "sends", OURS, "ack p99 ms", 50),
    at_least("the same, of the skeleton", "sends", OURS, "messages/s", {}, Mark(0.5, "skeleton")),
    at_least(
        "deliveries/s to 1,000 members", "fanout", OURS, "deliveries/s", Mark(0.85, "raw"), Mark(1.7, "raw")
    ),
    at_most("latency p50", "latency", OURS, "p50 ms", {SQLITE: Mark(2.8), POSTGRESQL: SKELETON}, 2.1),
    at_most("latency p95", "latency", OURS, "p95 ms", {SQLITE: Mark(4.5), POSTGRESQL: SKELETON}, 3.2),
    at_most(
        "latency p99",
        "latency",
        OURS,
        "p99 ms",
        {SQLITE: Mark(1.0, "skeleton", 3.0), POSTGRESQL: SKELETON},
    ),
    at_most("latency, cores of the server", "latency", OURS, "server cores", 0.32, 0.16),
    at_most("1,000 online, 200 messages/s, p99", "busy", OURS, "p99 ms", 40),
    at_most("one post to 5,000 online, the last", "everyone", OURS, "last ms", 500),
    at_most("first page of the timeline among 1,000,000 posts, p95 ms", "timeline", OURS, "p95 ms", 20),
    at_most("page of a topic among 1,000,000 posts, p95 ms", "timeline", "tenfour, a topic", "p95 ms", 20),
    at_most("an announcement to 10,000 who must confirm, the answer", "announced", OURS, "answer ms", 500),
    at_most("the same, the last of 1,000 screens", "announced", OURS, "last ms", 1000),
    at_most(
        "all 10,000 confirm: the author's screen, updates/s",
        "announced",
        "tenfour, all confirm",
        "most updates in a second",
        4,
    ),
    at_most("KiB for each idle socket", "idle", OURS, "KiB per socket", 34, 29),
    at_most("cores for all idle sockets", "idle", OURS, "cores, silent", 0.1),
    at_most("start to first answer, seconds", "start", OURS, "seconds", 1.0, 0.6),
    at_most("joining 1,000 one by one, seconds", "joining", "tenfour, one by one", "joining s", 5, 1),
    at_most("joining 1,000 in one act, seconds", "joining", "tenfour, in one act", "joining s", 5, 1),
    at_least("HTTP GET of JSON", "get", OURS, "requests/s", Mark(0.5, "starlette"), Mark(0.75, "starlette")),
    at_most(
        "two processes, p99 across", "scaled", "tenfour, 100 at 50/s", "across p99 ms", {POSTGRESQL: Mark(30)}
    ),
    at_least(
        "two processes, deliveries per CPU-second",
        "scaled",
        OURS,
        "deliveries/CPU-s",
        {POSTGRESQL: Mark(0.9, "one process")},
    ),
    at_most("sending among 10,000,000", "growth", "send, many", "p50 ms", Mark(1.3, "send, few")),
    at_most("a page among 10,000,000", "growth", "page of 50, many", "p50 ms", Mark(1.3, "page of 50, few")),
    at_most("timeline among 10,000,000", "growth", "timeline, many", "p50 ms", Mark(1.3, "timeline, few")),
    at_most("search in 1,000,000 messages, p95 ms", "search", "tenfour, all of them", "p95 ms", 100),
    at_most("history in 10,000,000 messages, any page, ms", "history", "tenfour, anywhere", "p50 ms", 15),
    at_most("list of 2,000 conversations, first 50, ms", "conversations", "tenfour, first 50", "p50 ms", 30),
    at_most(
        "list of 2,000 conversations, first 100, ms", "conversations", "tenfour, first 100", "p50 ms", 30
    ),
    at_most("50 cards of five kinds, ms", "cards", "tenfour, mixed", "p50 ms", 30),
    at_most(
        "customers: two filters and a sort among 100,000, ms", "records", "tenfour, list, few", "p95 ms", 50
    ),
    at_most("the same among 1,000,000", "records", "tenfour, list, many", "p95 ms", 150),
    at_most(
        "the same by an added field, 100,000", "records", "tenfour, list by an added field, few", "p95 ms", 50
    ),
    at_most(
        "the same by an added field, 1,000,000",
        "records",
        "tenfour, list by an added field, many",
        "p95 ms",
        150,
    ),
    at_most("a customer's page, ms", "records", "tenfour, page, many", "p50 ms", 40),
    at_most("a change on another's open card, ms", "records", "tenfour, a change, many", "p50 ms", 100),
]
