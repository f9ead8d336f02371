"""G12: the server dies with thousands connected, and all of them come back within ten seconds, each with something missed.

A cycle is one storm. Odd ones find a server that was killed and knows nothing yet, even ones a server whose clients only lost the way.
"""

import time
from collections import Counter

from tests.load.arrivals import Arrival
from tests.load.checker import Finding
from tests.load.counted import read
from tests.load.engine import Loop
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span, percentile
from tests.load.product import Product
from tests.load.seed import make_company

CROWD, GROUP, SECONDS = 5_000, 20, 10.0
SHORT_CROWD, SHORT_SECONDS = 200, 1.0
MISSED = 3  # messages said in each group while everybody is away
PATIENCE = 60.0


class Storm:
    """People in groups of twenty, all of whom listen."""

    def __init__(self, ground: Ground, span: Span) -> None:
        short = ground.short
        self.count, self.seconds = (SHORT_CROWD, SHORT_SECONDS) if short else (CROWD, SECONDS)
        self.product: Product = ground.product("storm")
        ground.found(self.product)
        engine = self.product.seed_engine()
        self.company = make_company(engine, seed=span.seed, people=self.count, departments=20)
        engine.dispose()
        self.counts = ground.folder / "counts"
        self.product.program.environment["TENFOUR_TEST_COUNT"] = str(self.counts)
        self.product.run_instead("tests.load.broken.short_replay" if span.broken else "tests.load.counted")
        self.product.start()
        self.loop = Loop()
        people = self.company.people
        self.group_of: dict[int, int] = {}
        for start in range(0, len(people), GROUP):
            members = people[start : start + GROUP]
            body: dict[str, object] = {"kind": "group", "name": f"组{start}", "people": members[1:]}
            made = self.product.make_conversation(self.company, members[0], {**body, "departments": []})
            self.group_of.update(dict.fromkeys(members, made))
        self.newest = dict.fromkeys(self.group_of.values(), 1)
        self.cursors: dict[int, str] = {}
        self.there: list[Arrival] = []
        self.findings: list[Finding] = []
        self.outcomes: Counter[str] = Counter()
        self.took: list[float] = []
        self.each: list[float] = []
        self.queries: list[tuple[float, float]] = []
        self.said = self.heard = 0

    def arrive(self, seconds: float, *, judged: bool) -> None:
        """Everybody, evenly over these seconds, in the order of their numbers."""
        begun = time.monotonic()
        before = read(self.counts)
        came: dict[int, float] = {}

        def live(arrival: Arrival) -> None:
            self.each.append(time.monotonic() - came[arrival.owner])

        people = self.company.people
        self.each = []
        for at, one in enumerate(people):
            due = begun + seconds * at / len(people)
            self.loop.run(max(0.0, due - time.monotonic()))
            came[one] = time.monotonic()
            expected = self.newest[self.group_of[one]] if judged else 0
            cookie, cursor = self.company.cookie(one), self.cursors.get(one, "")
            arrival = Arrival(self.product.port, cookie, one, cursor, expected, live)
            self.there.append(arrival)
            self.loop.add(arrival)
        self.loop.run(PATIENCE, lambda: len(self.each) >= len(people))
        if judged:
            self.took.append(time.monotonic() - begun)
            after = read(self.counts)
            self.queries.append(((after[0] - before[0]) / len(people), (after[1] - before[1]) / len(people)))

    def leave(self) -> None:
        """The way is lost: nobody says goodbye."""
        for one in self.there:
            self.cursors[one.owner] = one.cursor
            self.loop.drop(one)
        self.there = []

    def speak(self) -> None:
        """Something for everybody to miss."""
        for group in self.newest:
            speaker = next(one for one, place in self.group_of.items() if place == group)
            http = self.product.http(self.company, speaker)
            for _ in range(MISSED):
                self.said += 1
                body: dict[str, object] = {
                    "client_id": f"storm-{self.said}",
                    "text": f"错过的第 {self.said} 句",
                }
                answer = http.ask("POST", f"/api/conversations/{group}/messages", body)
                assert isinstance(answer["number"], int)
                self.newest[group] = answer["number"]
            http.close()

    def cycle(self, turn: int) -> None:
        self.leave()
        self.speak()
        if turn % 2 == 0:
            self.product.program.kill()
            self.product.start()
        self.arrive(self.seconds, judged=True)
        self.judge()

    def judge(self) -> None:
        """All are live, none had to start over, each has exactly what it missed."""
        for one in self.there:
            newest = self.newest[self.group_of[one.owner]]
            self.outcomes[one.outcome or "none"] += 1
            self.heard += len(one.heard)
            if one.lost or not one.outcome:
                self.findings.append(
                    Finding("not live", f"{one.owner} after {PATIENCE:g} s: {one.outcome!r}")
                )
            elif one.outcome == "reset":
                self.findings.append(Finding("started over", f"{one.owner} was given a reset"))
            elif one.heard != list(range(newest - MISSED + 1, newest + 1)):
                self.findings.append(Finding("missed", f"{one.owner} heard {one.heard} of {newest}"))


def play(ground: Ground, span: Span) -> Outcome:
    storm = Storm(ground, span)
    try:
        storm.arrive(storm.seconds, judged=False)
        cycles = 0
        for turn in span.turns():
            storm.cycle(turn)
            cycles += 1
    finally:
        storm.loop.close()
        storm.product.end()
    figures = {
        "clients": storm.count,
        "arriving over s": storm.seconds,
        "all live s p50": percentile(storm.took, 0.5),
        "all live s max": percentile(storm.took, 1),
        "one is live ms p50": round(1000 * percentile(storm.each, 0.5), 1),
        "one is live ms p99": round(1000 * percentile(storm.each, 0.99), 1),
        "snapshots each": round(max((one for one, _ in storm.queries), default=0), 2),
        "statements each": round(max((one for _, one in storm.queries), default=0), 2),
    }
    return Outcome(cycles, storm.said, storm.said, storm.heard, storm.findings, figures, storm.outcomes)


STORM = Scenario(
    "storm",
    "thousands come back at once",
    "G12: 5,000 in 10 s all live ≤ 20 s, ≤ 2 queries each",
    ("sqlite",),
    play,
    "a server that leaves the first missed event out of a replay",
)
