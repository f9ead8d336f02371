"""G4: Redis is killed, hung, flushed, restarted empty. Nobody may notice more than a delay."""

import socket
import time
from collections.abc import Callable

from tests.load.faults.scenario import Ground, Scenario, Span, percentile
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import Stage, staged
from tests.load.measures import staleness, within

AWAY, SHORTLY_AWAY = (0.5, 2.0), (0.2, 0.5)
AFTER = 0.5  # seconds after its return that still count as its fault


class Redis(OnFleet):
    broken = "tests.load.broken.deaf"

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.spans: dict[str, list[tuple[int, int]]] = {}
        self.calm: list[tuple[int, int]] = []

    def cycle(self, turn: int) -> None:
        stage = self.stage
        stage.come_and_go()
        begun = time.monotonic_ns()
        stage.talk(stage.dice.uniform(0.2, 0.4))
        name, way = self.ways[turn % len(self.ways)]
        start = time.monotonic_ns()
        self.calm.append((begun, start))
        way(stage.dice.uniform(*(SHORTLY_AWAY if self.ground.short else AWAY)))
        stage.talk(AFTER)
        self.spans.setdefault(name, []).append((start, time.monotonic_ns()))

    @property
    def ways(self) -> list[tuple[str, Callable[[float], None]]]:
        return [
            ("killed", self._killed),
            ("hung", self._hung),
            ("flushed", self._flushed),
            ("restarted empty", self._restarted),
        ]

    def _killed(self, seconds: float) -> None:
        self.fleet.valkey.kill()
        self.stage.talk(seconds)
        self.fleet.valkey.start()

    def _hung(self, seconds: float) -> None:
        self.fleet.valkey.freeze()
        self.stage.talk(seconds)
        self.fleet.valkey.thaw()

    def _flushed(self, seconds: float) -> None:
        with socket.create_connection(("127.0.0.1", self.fleet.valkey.port), 5) as connection:
            connection.sendall(b"FLUSHALL\r\n")
            assert connection.recv(64).startswith(b"+OK")

    def _restarted(self, seconds: float) -> None:
        self.fleet.valkey.kill()
        self.fleet.valkey.start()

    def last(self) -> None:
        """It dies once more and stays dead: all that is still to come must come without it."""
        start = time.monotonic_ns()
        self.fleet.valkey.kill()
        self.stage.come_and_go()
        self.stage.talk(0.5)
        super().last()
        self.spans.setdefault("killed", []).append((start, time.monotonic_ns()))

    def figures(self) -> dict[str, float]:
        facts = [fact for talker in self.stage.talkers for fact in talker.history.facts]
        measured = staleness(facts)
        found = {"with Redis ms p99": 1000 * percentile(within(measured, self.calm), 0.99)}
        for name, spans in self.spans.items():
            late = within(measured, spans)
            found[f"{name} ms p99"] = 1000 * percentile(late, 0.99)
            found[f"{name} ms max"] = 1000 * percentile(late, 1)
        return found


REDIS = Scenario(
    "redis",
    "Redis killed, hung, flushed, restarted empty; from a message's answer to the last connected screen that has it",
    "G4: nothing lost; staleness ≤ 1.5 s",
    ("scaled",),
    staged(Redis),
    "web processes that never look by themselves",
    ("scaled",),
)
