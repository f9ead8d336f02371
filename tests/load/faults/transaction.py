"""A transaction that stays open while people talk: somebody's snapshot, somebody's lock, a web process that stops in the middle."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
from psycopg import IsolationLevel

from server.opening import DATABASE_FILE
from tests.load.checker import Finding
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span, percentile
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import Fault, Stage, staged
from tests.load.measures import longest_silence

SECONDS = (0.6, 2.0)
FROZEN = (4.5, 7.0)  # what it holds is taken from it after a second, or three
SHORT, SHORTLY_FROZEN = (0.5, 0.8), (4.5, 4.5)


class Open(Fault):
    """One process. Each way is a context in which the others must be answered, or (`holds`) at least must not be refused."""

    broken = "tests.load.broken.rollback_journal"

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.silences: dict[str, list[float]] = {}
        self.largest_log = 0

    def cycle(self, turn: int) -> None:
        stage = self.stage
        stage.come_and_go()
        stage.talk(stage.dice.uniform(0.1, 0.3))
        name, way, seconds, holds = self.ways[turn % len(self.ways)]
        refused = sum(one.refusals for one in stage.talkers)
        with way():
            start = time.monotonic_ns()
            stage.talk(stage.dice.uniform(*seconds))
            self.watch(name, start, refused, holds)
        stage.measure("again", stage.until_answered_again())

    def watch(self, name: str, start: int, refused: int, holds: bool) -> None:
        """What was to be seen while it was open."""
        stage, end = self.stage, time.monotonic_ns()
        facts = [fact for talker in stage.talkers for fact in talker.history.facts]
        silence = longest_silence(facts, (start, end))
        self.silences.setdefault(name, []).append(silence)
        if not holds and silence >= (end - start) / 1e9:
            stage.findings.append(Finding("stood still", f"nobody was answered while there was {name}"))
        if sum(one.refusals for one in stage.talkers) > refused:
            stage.findings.append(Finding("refused", f"somebody was refused while there was {name}"))

    @property
    def ways(self) -> list[tuple[str, Callable[[], AbstractContextManager[None]], tuple[float, float], bool]]:
        seconds = SHORT if self.ground.short else SECONDS
        if self.ground.kind == "sqlite":
            return [
                ("an open snapshot", self.snapshot, seconds, False),
                ("somebody else's write lock", self.write_lock, seconds, True),
            ]
        return [
            ("an idle snapshot", lambda: self.outside("SELECT count(*) FROM message"), seconds, False),
            ("a locked conversation", self.row_lock, seconds, True),
        ]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """The log cannot be taken back into the database beyond what this reader sees."""
        file = self.stage.product.data / DATABASE_FILE
        with self.opened(file, "BEGIN") as conn:
            conn.execute("SELECT count(*) FROM message").fetchone()
            yield
            log = file.with_name(f"{file.name}-wal")
            self.largest_log = max(self.largest_log, log.stat().st_size if log.exists() else 0)

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """As when somebody works on the file by hand."""
        with self.opened(self.stage.product.data / DATABASE_FILE, "BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def opened(self, file: os.PathLike[str], begin: str) -> Iterator[sqlite3.Connection]:
        conn = sqlite3.connect(file, isolation_level=None, timeout=10)
        try:
            conn.execute(begin)
            yield conn
            conn.execute("ROLLBACK")
        finally:
            conn.close()

    @contextmanager
    def outside(
        self, statement: str, level: IsolationLevel = IsolationLevel.REPEATABLE_READ
    ) -> Iterator[None]:
        """A session that is no process of ours, and has no time limit."""
        with psycopg.connect(self.stage.product.url) as conn:
            conn.isolation_level = level
            conn.execute(statement)
            yield
            conn.rollback()

    @contextmanager
    def row_lock(self) -> Iterator[None]:
        one = self.stage.dice.choice(self.stage.groups)
        lock = f"SELECT 1 FROM conversation WHERE id = {one} FOR UPDATE"
        with self.outside(lock, IsolationLevel.READ_COMMITTED):
            yield

    def figures(self) -> dict[str, float]:
        found = {
            f"longest silence s max, {name}": percentile(each, 1) for name, each in self.silences.items()
        }
        found["all answered again s max"] = percentile(self.stage.measured.get("again", []), 1)
        if self.largest_log:
            found["largest write-ahead log MiB"] = round(self.largest_log / 2**20, 1)
        return found


class Frozen(OnFleet, Open):
    """Several processes, one of which stops (SIGSTOP) wherever it is, with whatever it holds; the others go on."""

    @property
    def ways(self) -> list[tuple[str, Callable[[], AbstractContextManager[None]], tuple[float, float], bool]]:
        seconds = SHORTLY_FROZEN if self.ground.short else FROZEN
        return [("a frozen web process", self.frozen, seconds, False)]

    def cycle(self, turn: int) -> None:
        if turn == 0 or not self.ground.short:
            super().cycle(turn)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        fleet, dice = self.fleet, self.stage.dice
        if fleet.supervised:
            pid = dice.choice(fleet.children).pid
        else:
            web = dice.choice(fleet.webs)
            pid = web.pids[0]
            fleet.deaf.add(web)
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)
            fleet.deaf.clear()


def play(ground: Ground, span: Span) -> Outcome:
    return staged(Frozen if ground.kind == "scaled" else Open)(ground, span)


TRANSACTION = Scenario(
    "transaction",
    "a transaction stays open under load: a snapshot, a lock, a process that stops in the middle",
    "the others are answered, nobody is refused, nothing lost",
    ("sqlite", "postgresql", "scaled"),
    play,
    "SQLite with a rollback journal, whose readers hold writers up",
)
