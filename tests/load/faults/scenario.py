"""What a scenario declares, what it is given, and what it answers."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.checker import Finding
from tests.load.nursery import Nursery
from tests.load.product import Product, start_database
from tests.servers import PostgresServer, ValkeyServer, create_database, drop_database, start_valkey


class Ground:
    """Where scenarios happen: a folder, and the servers under it, each started at first use and shared by all that follow.

    `forked`: servers are forked from a process that has read the code already. Then the times of starting say nothing.
    `short`: the form of the suite, in which nobody waits longer than it takes to see it.
    """

    def __init__(self, folder: Path, kind: str, *, forked: bool = False, short: bool = False) -> None:
        self.folder, self.kind, self.short = folder, kind, short
        self.stack = ExitStack()
        self.nursery: Nursery | None = None
        if forked:
            self.nursery = Nursery()
            self.stack.callback(self.nursery.close)
        self._postgres: PostgresServer | None = None
        self._valkey: ValkeyServer | None = None
        self._made = 0
        self._founded = ""  # the name of the empty company that others are copies of

    @property
    def postgres(self) -> PostgresServer:
        if self._postgres is None:
            self._postgres = start_database("postgresql", self.folder)
            assert self._postgres is not None
            self.stack.callback(self._postgres.stop)
        return self._postgres

    @property
    def valkey(self) -> ValkeyServer:
        if self._valkey is None:
            self._valkey = start_valkey(self.folder / "valkey")
            self.stack.callback(self._valkey.stop)
        return self._valkey

    def name(self, what: str) -> str:
        """For one more company on this ground."""
        self._made += 1
        return f"{what}{self._made}"

    def product(self, what: str) -> Product:
        """One process, on the database of this ground."""
        postgres = self.postgres if self.kind == "postgresql" else None
        product = Product(self.name(what), self.folder, self.kind, postgres)
        product.program.nursery = self.nursery
        return product

    def found(self, product: Product) -> None:
        """Gives a product that was never started its tables and first rows: made once on this ground, then copied."""
        postgres = self.postgres if product.url else None
        if not self._founded:
            product.program.start()
            product.program.stop()
            self._founded = f"empty_{product.data.name}"
            shutil.copytree(
                product.data, self.folder / self._founded, ignore=shutil.ignore_patterns("*.sock")
            )
            if postgres is not None:
                create_database(postgres, self._founded, product.data.name)
            return
        shutil.copytree(self.folder / self._founded, product.data, dirs_exist_ok=True)
        if postgres is not None:
            drop_database(postgres, product.data.name)
            create_database(postgres, product.data.name, self._founded)

    def __enter__(self) -> "Ground":
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()


@dataclass
class Span:
    """How long: so many cycles, or so many seconds. `broken` starts what must be found out."""

    seed: int = 1
    cycles: int = 0
    seconds: float = 0.0
    broken: bool = False
    history: Path | None = None

    def turns(self) -> Iterator[int]:
        begun, turn = time.monotonic(), 0
        while turn < self.cycles if self.cycles else time.monotonic() - begun < self.seconds:
            yield turn
            turn += 1


@dataclass
class Outcome:
    """What a run gave. `figures` are its own: seconds, milliseconds or MiB, as their names say."""

    cycles: int = 0
    acknowledged: int = 0
    stored: int = 0
    received: int = 0
    findings: list[Finding] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    resumes: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def rules(self) -> set[str]:
        return {finding.rule for finding in self.findings}

    def __str__(self) -> str:
        figures = "; ".join(f"{name} {value:g}" for name, value in self.figures.items())
        parts = [
            f"{self.cycles} cycles, {self.acknowledged:,} acknowledged, {self.stored:,} stored, {self.received:,} deliveries",
            f"resumes {dict(self.resumes)}" if self.resumes else "",
            figures,
            *self.notes,
            f"{len(self.findings)} findings",
        ]
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Scenario:
    """`databases`: sqlite and postgresql are one process, scaled is a fleet. `control` says what is broken on purpose, on `broken_on`."""

    name: str
    about: str
    goal: str
    databases: Sequence[str]
    play: Callable[[Ground, Span], Outcome]
    control: str
    broken_on: Sequence[str] = ("sqlite",)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3) if ordered else 0.0
