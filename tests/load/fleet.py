"""The product in several processes: web processes and a worker on one PostgreSQL and one Valkey, each of which may be killed.

Web processes stand beside each other on ports of their own, as on several machines, or behind one port under `serve --workers 2`.
"""

import contextlib
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.load.nursery import Nursery
from tests.load.processes import Program
from tests.load.product import Product
from tests.servers import PostgresServer, ValkeyServer

RETURNS_WITHIN = 60.0


@dataclass(frozen=True)
class Victim:
    """Something of the company that can die. `revive` answers the seconds until it is there again."""

    name: str
    kill: Callable[[], None]
    revive: Callable[[], float]


class Silent(Program):
    """A program without a port: it has started when it says so in its log."""

    def answers(self) -> bool:
        """Whether it has greeted since this start."""
        return self.log().count("A worker of Tenfour") > self.greeted

    def start(self) -> float:
        log = self.folder / "server.log"
        log.touch()
        self.greeted = self.log().count("A worker of Tenfour")
        return super().start()


class Fleet(Product):
    """Two web processes and a worker. With `supervised` uvicorn's supervisor watches over the two."""

    def __init__(
        self,
        name: str,
        folder: Path,
        postgres: PostgresServer,
        valkey: ValkeyServer,
        nursery: Nursery | None = None,
        *,
        supervised: bool = False,
    ) -> None:
        self.valkey, self.postgres, self.supervised = valkey, postgres, supervised
        super().__init__(name, folder, "postgresql", postgres)
        self.program.nursery = nursery
        self.webs = [self.program]
        python_m, data = [sys.executable, "-m", "server"], ["--data", str(self.data)]
        if supervised:
            self.program.command += ["--workers", "2"]
        else:
            serve = [*python_m, "serve", "--port", "{port}", *data]
            self.webs.append(
                Program("tenfour-b", serve, folder / f"{name}-b-log", environment=self.environment())
            )
        self.worker = Silent(
            "worker",
            [*python_m, "worker", *data],
            folder / f"{name}-worker-log",
            environment=self.environment(),
        )
        for program in self.programs:
            program.nursery = nursery
        self.deaf: set[Program] = set()
        self._dice = random.Random(name)

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "TENFOUR_REDIS_URL": self.valkey.url,
            "TENFOUR_JOBS": "worker",
        }

    @property
    def port(self) -> int:
        """One that somebody listens on, as a proxy would choose."""
        living = [one for one in self.webs if one not in self.deaf and one.is_alive] or self.webs
        return self._dice.choice(living).port

    @property
    def programs(self) -> list[Program]:
        return [*self.webs, self.worker]

    def start(self) -> float:
        if self.valkey.process.poll() is not None:  # the last scenario left it dead
            self.valkey.start()
        took = max(one.start() for one in self.webs)
        self.worker.start()
        return took

    def stop(self) -> None:
        for program in (self.worker, *self.webs):
            program.stop()

    def end(self) -> None:
        orphans = self.children if self.supervised and self.program.is_alive else []
        super().end()
        for one in orphans:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()

    @property
    def victims(self) -> list[Victim]:
        """Everything that a random kill may hit."""
        webs = (
            [Victim(f"web {at}", self._kill_child(at), self._await_children) for at in (0, 1)]
            if self.supervised
            else [Victim(f"web {at}", program.kill, program.start) for at, program in enumerate(self.webs)]
        )
        return [
            *webs,
            Victim("worker", self.worker.kill, self.worker.start),
            Victim("postgresql", self.postgres.kill, timed(self.postgres.start)),
            Victim("valkey", self.valkey.kill, timed(self.valkey.start)),
        ]

    @property
    def children(self) -> list[psutil.Process]:
        """The supervised processes that really serve, oldest first."""
        found = []
        for one in psutil.Process(self.program.pids[0]).children():
            try:
                if "spawn_main" in " ".join(one.cmdline()):
                    found.append(one)
            except (psutil.NoSuchProcess, psutil.ZombieProcess):  # one that just ended
                continue
        return found

    def _kill_child(self, at: int) -> Callable[[], None]:
        def kill() -> None:
            there = self.children
            if there:
                there[at % len(there)].kill()

        return kill

    def _await_children(self) -> float:
        begun = time.monotonic()
        while len(self.children) < 2 or not self.program.answers():
            if time.monotonic() - begun > RETURNS_WITHIN:
                raise RuntimeError(f"the supervisor replaced nobody:\n{self.program.log()[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - begun


def timed(act: Callable[[], None]) -> Callable[[], float]:
    def run() -> float:
        begun = time.monotonic()
        act()
        return time.monotonic() - begun

    return run
