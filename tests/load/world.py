"""What the chat sections need: one installation, its people and conversations, and the floors beside it."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.archive import Archive
from tests.load.processes import Program, raw_floor, skeleton
from tests.load.product import Product, start_database
from tests.load.report import Section
from tests.load.seed import Company, make_company
from tests.load.workloads import Window
from tests.servers import PostgresServer, create_database, drop_database

PAIRS, GROUP, CROWD, IDLE, IDLE_GROUP = 50, 100, 1000, 10_000, 20
EXTRA_ROUNDS = 2


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    seed: int = 1
    windows: int = 5
    latency_windows: int = 20
    seconds: float = 4.0
    warm: float = 1.0
    posts: int = 1_000_000
    messages: int = 1_000_000
    history: int = 10_000_000
    records: tuple[int, int] = (100_000, 1_000_000)
    idle: int = IDLE
    silent: float = 50.0  # seconds: each is sent two heartbeats
    joining: int = CROWD
    online: int = 5_000
    asked: int = 10_000
    confirming: float = 55.0  # seconds in which all of them confirm
    starts: int = 5


QUICK = Plan(
    windows=3,
    latency_windows=3,
    seconds=1.5,
    warm=0.5,
    posts=100_000,
    messages=100_000,
    history=100_000,
    records=(20_000, 100_000),
    idle=400,
    silent=2.0,
    joining=200,
    online=1_500,
    asked=1_500,
    confirming=6.0,
    starts=2,
)


@dataclass
class World:
    """Everything that is measured on one database. `stack` ends all of it."""

    kind: str
    folder: Path
    plan: Plan
    stack: ExitStack
    kept: Path | None = None  # where archives outlive the run
    postgres: PostgresServer | None = None
    floors: int = 0
    say: Callable[[str], None] = field(default=print)
    _chat: "Chat | None" = None
    _archives: "dict[int, Archive]" = field(default_factory=dict)

    def start(self) -> None:
        if self.kept is not None:
            self.kept.mkdir(parents=True, exist_ok=True)
        self.postgres = start_database(self.kind, self.kept or self.folder)
        if self.postgres is not None:
            self.stack.callback(self.postgres.stop)

    @property
    def dice(self) -> random.Random:
        return random.Random(self.plan.seed)

    def product(self, name: str, *, lasting: bool = False) -> Product:
        """`lasting`: what it stores outlives the run, where the run keeps anything."""
        if self.kept is not None and not lasting and self.postgres is not None:
            drop_database(self.postgres, name)
        folder = self.kept if lasting and self.kept is not None else self.folder
        product = Product(name, folder, self.kind, self.postgres)
        self.stack.callback(product.program.stop)
        return product

    def chat(self) -> "Chat":
        """The company that talks, made at first use."""
        if self._chat is None:
            self._chat = Chat(self)
        return self._chat

    def archive(self, messages: int = 0) -> "Archive":
        """The company that has talked for years (so many messages, else the plan's), made at first use."""
        count = messages or self.plan.history
        if count not in self._archives:
            product = self.product(f"archive{count}", lasting=True)
            self._archives[count] = Archive(product, self.plan.seed, count)
        return self._archives[count]

    def skeleton(self, stack: ExitStack, *, coalesce: bool = False) -> Program:
        """A running skeleton on a database of its own."""
        self.floors += 1
        folder = self.folder / f"floor{self.floors}"
        if self.postgres is None:
            floor = skeleton(folder, f"sqlite:{folder}/floor.db", coalesce=coalesce)
        else:
            drop_database(self.postgres, f"floor{self.floors}")
            database = create_database(self.postgres, f"floor{self.floors}")
            floor = skeleton(folder, database, coalesce=coalesce, also=[self.postgres.process.pid])
        floor.start()
        stack.callback(floor.stop)
        return floor

    def raw(self, stack: ExitStack) -> Program:
        floor = raw_floor(self.folder / "raw")
        floor.start()
        stack.callback(floor.stop)
        return floor


class Chat:
    """One installation with 50 direct conversations, a group of 100, one of 1,000 and groups of 20 for those who only listen."""

    def __init__(self, world: World) -> None:
        plan = world.plan
        self.product = world.product("chat")
        self.product.program.start()
        self.product.program.stop()
        engine = self.product.seed_engine()
        count = max(2 * PAIRS + GROUP + CROWD + plan.idle, plan.online)
        self.company: Company = make_company(engine, seed=plan.seed, people=count, departments=60)
        engine.dispose()
        self.product.program.start()
        people = iter(self.company.people)
        self.pairs = [(next(people), next(people)) for _ in range(PAIRS)]
        self.group = [next(people) for _ in range(GROUP)]
        self.crowd = [next(people) for _ in range(CROWD)]
        self.idle = [next(people) for _ in range(plan.idle)]
        self.direct = {a: self.converse(a, {"kind": "direct", "people": [b]}) for a, b in self.pairs}
        self.group_id = self.make_group(self.group, "一百人")
        self.crowd_id = self.make_group(self.crowd, "一千人")
        self._twenties: dict[int, list[int]] = {}

    def twenties(self, people: int) -> dict[int, list[int]]:
        """Groups of twenty of the first so many who only listen; each is made once."""
        for start in range(len(self._twenties) * IDLE_GROUP, min(people, len(self.idle)), IDLE_GROUP):
            some = self.idle[start : start + IDLE_GROUP]
            self._twenties[self.make_group(some, f"组 {start}")] = some
        return dict(list(self._twenties.items())[: -(-people // IDLE_GROUP)])

    def converse(self, by: int, body: dict[str, object]) -> int:
        return self.product.make_conversation(self.company, by, body)

    def make_group(self, people: list[int], name: str) -> int:
        return self.converse(
            people[0], {"kind": "group", "name": name, "people": people[1:], "departments": []}
        )


def interleave(
    world: World, section: Section, loads: list[tuple[str, Callable[[], Window]]], rounds: int
) -> Section:
    """Each round measures everybody once, in random order; dirty rounds are made good by at most two more."""
    dice, extra = world.dice, EXTRA_ROUNDS
    left = rounds
    while left > 0:
        left -= 1
        dirty = False
        for subject, window in dice.sample(loads, len(loads)):
            taken = window()
            section.add(subject, taken)
            dirty |= taken.usage.dirty
        if dirty and extra:
            extra, left = extra - 1, left + 1
    section.series = {name: section.series[name] for name, _ in loads}
    return section
