"""Kills the server again and again while people talk, then lets the checker decide (delivery promises P1–P5).

python -m tests.load soak [--cycles 1000] [--database sqlite|postgresql] [--seed 1] [--history FILE]
python -m tests.load soak --broken      the positive control: a server that answers before it commits must be found out
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.load.checker import Finding, check
from tests.load.engine import Loop
from tests.load.history import Stored, digest, save
from tests.load.nursery import Nursery
from tests.load.product import DATABASES, Product, start_database
from tests.load.seed import Company, make_company
from tests.load.talker import Talker
from tests.servers import PostgresServer

PEOPLE, GROUPS = 12, 3
AWAY = 0.2  # share of people who stay away for a cycle
BROKEN = "tests.load.broken_server"


@dataclass
class Outcome:
    findings: list[Finding]
    acknowledged: int
    stored: int
    received: int
    starts: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        starts = sorted(self.starts)
        p95 = starts[min(len(starts) - 1, int(len(starts) * 0.95))] if starts else 0
        return (
            f"{len(self.starts)} kills, {self.acknowledged:,} acknowledged, {self.stored:,} stored, {self.received:,} deliveries,"
            f" serving again after {p95:.2f} s p95, resumes {dict(self.outcomes)}: {len(self.findings)} findings"
        )


class Run:
    """One company whose server is killed. `broken` starts the server that answers too early."""

    def __init__(
        self,
        folder: Path,
        kind: str,
        seed: int,
        *,
        broken: bool = False,
        postgres: PostgresServer | None = None,
        nursery: Nursery | None = None,
    ) -> None:
        self.dice, self.loop = random.Random(seed), Loop()
        self.product = Product(f"crash{seed}", folder, kind, postgres)
        self.starts: list[float] = []
        self.product.program.nursery = nursery
        self.product.program.start()
        self.product.program.stop()
        engine = self.product.seed_engine()
        self.company: Company = make_company(engine, seed=seed, people=PEOPLE, departments=4)
        engine.dispose()
        self.product.program.start()
        self.conversations = self.converse()
        if broken:
            program = self.product.program
            program.stop()
            program.command = [BROKEN if word == "server" else word for word in program.command]
            program.start()
        self.talkers = [
            Talker(self.product, self.company, self.loop, one, self.conversations[one], seed)
            for one in self.company.people
        ]

    def converse(self) -> dict[int, list[int]]:
        """Groups of half the company and direct pairs; the conversations of each person."""
        people = self.company.people
        of: dict[int, list[int]] = {one: [] for one in people}
        for group in range(GROUPS):
            members = self.dice.sample(people, PEOPLE // 2)
            body: dict[str, Any] = {
                "kind": "group",
                "name": f"组{group}",
                "people": members[1:],
                "departments": [],
            }
            made = self.product.make_conversation(self.company, members[0], body)
            for one in members:
                of[one].append(made)
        for first, second in zip(people[::2], people[1::2], strict=True):
            made = self.product.make_conversation(self.company, first, {"kind": "direct", "people": [second]})
            of[first].append(made)
            of[second].append(made)
        return of

    def cycle(self) -> None:
        """Everybody who is not away talks for a moment, then the server dies in the middle and comes back."""
        for talker in self.talkers:
            if not talker.online and self.dice.random() > AWAY:
                talker.talking = True
                talker.connect()
        self.loop.run(self.dice.uniform(0.1, 0.5))
        self.product.program.kill()
        # What the dead server had still said counts: read it to its end.
        self.loop.run(5.0, lambda: not any(talker.online for talker in self.talkers))
        for talker in self.talkers:
            talker.gone()
        self.starts.append(self.product.program.start())

    def finish(self) -> Outcome:
        """Everybody comes back, gets answers for what is open, and waits for what is still on its way."""
        for talker in self.talkers:
            talker.talking = False
            if not talker.online:
                talker.connect()
        self.loop.run(20.0, lambda: not any(talker.unanswered for talker in self.talkers))
        stored = self.read_back()
        last = {message.conversation: message.number for message in stored}

        def complete() -> bool:
            return all(
                number >= last[place] for talker in self.talkers for place, number in talker.newest.items()
            )

        self.loop.run(10.0, complete)
        for talker in self.talkers:
            for conversation in talker.conversations:
                talker.history.add("end", conversation)
        facts = [fact for talker in self.talkers for fact in talker.history.facts]
        count = Counter(fact.what for fact in facts)
        outcomes = Counter(outcome for talker in self.talkers for outcome in talker.outcomes)
        self.stored = stored
        return Outcome(
            check(facts, stored), count["answer"], len(stored), count["receive"], self.starts, outcomes
        )

    def read_back(self) -> list[Stored]:
        """All messages as the server shows them to a member, page by page, in order."""
        found: list[Stored] = []
        seen: set[int] = set()
        for talker in self.talkers:
            http = self.product.http(self.company, talker.person)
            for conversation in talker.conversations:
                if conversation in seen:
                    continue
                seen.add(conversation)
                after = 0
                while True:
                    path = f"/api/conversations/{conversation}/messages?after={after}&limit=100"
                    items: Any = http.ask("GET", path)["items"]
                    if not items:
                        break
                    after = max(one["number"] for one in items)
                    found += [as_stored(one) for one in items]
            http.close()
        return found

    def end(self) -> None:
        self.loop.close()
        self.product.program.stop()


def as_stored(one: dict[str, Any]) -> Stored:
    client_id = one["client_id"] if one["kind"] == "text" else ""
    author = str(one["author_id"])
    return Stored(one["conversation_id"], one["number"], one["id"], author, client_id, digest(one["text"]))


def run(
    folder: Path,
    kind: str,
    *,
    cycles: int,
    seed: int = 1,
    broken: bool = False,
    history: Path | None = None,
    forked: bool = False,
) -> Outcome:
    """Kills `cycles` times and judges. With `broken` it ends as soon as a kill could have been found out.

    `forked`: servers are forked from a process that has read the code already. Then the times of starting say nothing.
    """
    with ExitStack() as stack:
        postgres = start_database(kind, folder)
        if postgres is not None:
            stack.callback(postgres.stop)
        nursery = Nursery() if forked else None
        if nursery is not None:
            stack.callback(nursery.close)
        crash = Run(folder, kind, seed, broken=broken, postgres=postgres, nursery=nursery)
        stack.callback(crash.end)
        for _ in range(cycles):
            crash.cycle()
        outcome = crash.finish()
        if history is not None:
            save(history, [talker.history for talker in crash.talkers], crash.stored)
        return outcome


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", action="store_true")
    parser.add_argument("--history", type=Path, help="where to keep every fact of the run")
    given = parser.parse_args(words)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tenfour-soak-") as scratch:
        Path(scratch).chmod(0o755)
        outcome = run(
            Path(scratch),
            given.database,
            cycles=given.cycles,
            seed=given.seed,
            broken=given.broken,
            history=given.history,
        )
    print(f"seed {given.seed}, {given.database}, {time.monotonic() - begun:.0f} s: {outcome}")
    for finding in outcome.findings[:20]:
        print(f"  {finding}")
    return 1 if bool(outcome.findings) != given.broken else 0


if __name__ == "__main__":
    sys.exit(main())
