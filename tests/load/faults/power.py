"""G3: the power fails while people talk, and the disk keeps only what was synced, the rest dropped, torn and out of order.

The real server talks under `recorded.py`; each seed is a moment of its log and one of the many disks that may be found then. SQLite
recovers that disk, and what it holds is judged against what the clients had been told up to that moment. Each round begins on a
disk that the last one left, started by the real server, which must show all of it.

Not covered: a disk that says «synced» before it is, what the file system does to names and folders, files of uploads, PostgreSQL.
"""

import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from server.db.invariant import Invariant
from server.kit.module import every
from server.modules import MODULES
from server.opening import DATABASE_FILE
from tests.load.checker import Finding, check
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span
from tests.load.faults.stage import Stage
from tests.load.history import Fact, History, Stored, digest
from tests.load.talker import Talker
from tests.load.torn import Disk, moments

SECONDS, SEEDS = 2.0, 50  # of talk in a round, and moments taken from it
SHORT_SECONDS, SHORT_SEEDS = 0.3, 15
ENOUGH, PATIENCE = 100, 20.0  # answers at least, for which so many seconds are waited
RECORDED, CARELESS = "tests.load.recorded", "tests.load.broken.normal_sync"


class Marked(History):
    """Each fact with the length of the log when it happened: what a client was told then must be in every later disk."""

    def __init__(self, client: str, log: Path) -> None:
        super().__init__(client)
        self.log, self.marks = log, list[int]()

    def add(self, *words: object, **more: object) -> None:
        super().add(*words, **more)  # type: ignore[arg-type]
        self.marks.append(os.stat(self.log).st_size)

    def until(self, position: int) -> list[Fact]:
        return [fact for fact, mark in zip(self.facts, self.marks, strict=True) if mark <= position]


@dataclass
class Power:
    """One company through round after round. `told` is what clients had been told when the power last failed."""

    ground: Ground
    span: Span
    told: list[Fact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seeds: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost_bytes: int = 0

    def __post_init__(self) -> None:
        short = self.ground.short
        self.seconds, self.most = (SHORT_SECONDS, SHORT_SEEDS) if short else (SECONDS, SEEDS)
        product = self.ground.product("power")
        self.log = self.ground.folder / "power.log"
        product.program.environment["TENFOUR_TEST_RECORD"] = str(self.log)
        module = CARELESS if self.span.broken else RECORDED
        self.log.touch()
        self.stage = Stage(self.ground, product, self.span.seed, broken=module)
        self.data = product.data

    def round(self, turn: int, seeds: int) -> None:
        """Start on the disk that is there, talk, kill; then look at so many of the disks that a power loss might have left."""
        stage = self.stage
        stage.product.program.kill()
        before = {one.name: one.read_bytes() for one in self.data.glob(f"{DATABASE_FILE}*") if kept(one)}
        self.log.write_bytes(b"")
        stage.product.start()
        self.everybody_anew(turn)
        stage.come_and_go()
        stage.talk(self.seconds)
        stage.talk(PATIENCE, lambda: self.answers() >= ENOUGH)
        stage.product.program.kill()
        stage.loop.run(5.0, lambda: not any(talker.online for talker in stage.talkers))
        disk = Disk(self.log, before)
        self.acknowledged += self.answers()
        left, moment = before, 0
        for moment in moments(len(disk.log), seeds, stage.dice):
            disk.follow(moment)
            left = disk.after_loss(stage.dice)
            self.judge(left, moment)
        for talker in stage.talkers:
            talker.gone()
        self.switch_on(left, moment)

    def everybody_anew(self, turn: int) -> None:
        """The power was away: who comes back has only what the server shows now, and sends under client ids of this round."""
        stage = self.stage
        stage.talkers = [
            Talker(
                stage.product, stage.company, stage.loop, one, stage.conversations[one], self.span.seed + turn
            )
            for one in stage.company.people
        ]
        for talker in stage.talkers:
            talker.history = Marked(str(talker.person), self.log)
            talker.said = turn * 1_000_000

    def answers(self) -> int:
        """In this round."""
        return sum(fact.what == "answer" for talker in self.stage.talkers for fact in talker.history.facts)

    def told_until(self, moment: int) -> list[Fact]:
        facts = [f for talker in self.stage.talkers for f in talker.history.until(moment)]  # type: ignore[attr-defined]
        return [*self.told, *facts]

    def judge(self, left: dict[str, bytes], moment: int) -> None:
        """SQLite recovers it; then everything that was told must be there, and the file must be whole."""
        self.seeds += 1
        with tempfile.TemporaryDirectory(dir=self.ground.folder) as folder:
            for name, data in left.items():
                Path(folder, name).write_bytes(data)
            stored, damage = look(Path(folder, DATABASE_FILE))
        told = self.told_until(moment)
        self.kept += len(stored)
        found = [*check(told, stored), *(Finding("damaged", one) for one in damage)]
        self.findings += [Finding(one.rule, f"at {moment} of the log: {one.text}") for one in found]

    def switch_on(self, left: dict[str, bytes], moment: int) -> None:
        """The next round stands on this disk."""
        self.told = self.told_until(moment)
        for one in self.data.glob(f"{DATABASE_FILE}*"):
            one.unlink()
        for name, data in left.items():
            (self.data / name).write_bytes(data)

    def finish(self) -> None:
        """The real server starts on the last disk and shows everything that had been told."""
        stage = self.stage
        stage.product.start()
        self.everybody_anew(99)
        stored = stage.read_back()
        self.findings += [*check(self.told, stored), *stage.invariants()]


def kept(file: Path) -> bool:
    """The database and its log; the shared memory is made anew after a power loss."""
    return not file.name.endswith("-shm")


def look(file: Path) -> tuple[list[Stored], list[str]]:
    """The messages of a file that is opened for the first time after the power failed, and what is wrong with it."""
    conn = sqlite3.connect(file)
    try:
        rows = conn.execute(
            "SELECT conversation_id, number, id, author_id, client_id, kind, text FROM message ORDER BY id"
        ).fetchall()
        damage = [str(row[0]) for row in conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
        damage += [f"foreign key of {row[0]}" for row in conn.execute("PRAGMA foreign_key_check")]
        for one in every(MODULES, Invariant):
            if conn.execute(one.broken).fetchone():
                damage.append(one.says)
    except sqlite3.DatabaseError as error:
        return [], [f"cannot be read: {error}"]
    finally:
        conn.close()
    stored = [
        Stored(place, number, id, str(author), client_id if kind == "text" else "", digest(text))
        for place, number, id, author, client_id, kind, text in rows
    ]
    return stored, damage


def play(ground: Ground, span: Span) -> Outcome:
    """A cycle is a seed: one moment and one of the disks that may be found then."""
    power = Power(ground, span)
    try:
        rounds = 0
        if span.cycles:
            for turn, start in enumerate(range(0, span.cycles, power.most)):
                power.round(turn + 1, min(power.most, span.cycles - start))
                rounds += 1
        else:
            for turn in span.turns():
                power.round(turn + 1, power.most)
                rounds += 1
        power.finish()
        if span.history is not None:
            shutil.copy(power.log, span.history.with_suffix(".log"))
    finally:
        power.stage.end()
    figures: dict[str, float] = {"rounds": rounds, "messages looked at": power.kept}
    return Outcome(power.seeds, power.acknowledged, findings=power.findings, figures=figures)


POWER = Scenario(
    "power",
    "the power fails at any moment: unsynced sectors dropped, torn, out of order",
    "G3: 2,000 seeds, nothing acknowledged lost",
    ("sqlite",),
    play,
    "SQLite with synchronous=NORMAL",
)
