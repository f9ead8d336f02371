"""G5: PostgreSQL is restarted under load: in order, at once, or killed; away for a moment or not at all."""

import signal
import time
from collections.abc import Callable

from tests.load.faults.scenario import Scenario, percentile
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import staged


class Postgres(OnFleet):
    forgetful = True

    def cycle(self, turn: int) -> None:
        stage, dice = self.stage, self.stage.dice
        stage.come_and_go()
        stage.talk(dice.uniform(0.2, 0.5))
        self.ways[turn % len(self.ways)]()
        stage.talk(dice.uniform(0.0, 0.8))
        self.fleet.postgres.start()
        stage.measure("resumed", stage.until_answered_again())

    @property
    def ways(self) -> list[Callable[[], None]]:
        """Killed; a fast shutdown, as an operator does it; an immediate one."""
        postgres = self.fleet.postgres
        return [
            postgres.kill,
            lambda: self._signal(signal.SIGINT),
            lambda: self._signal(signal.SIGQUIT),
        ]

    def _signal(self, number: signal.Signals) -> None:
        process = self.fleet.postgres.process
        process.send_signal(number)
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline:
            self.stage.talk(0.02)
        self.fleet.postgres.kill()

    def figures(self) -> dict[str, float]:
        resumed = self.stage.measured.get("resumed", [])
        return {
            "resumed after it accepts s p50": percentile(resumed, 0.5),
            "resumed after it accepts s p95": percentile(resumed, 0.95),
            "resumed after it accepts s max": percentile(resumed, 1),
            "refused meanwhile": sum(one.refusals for one in self.stage.talkers),
        }


POSTGRES = Scenario(
    "postgres",
    "PostgreSQL restarted under load: killed, fast, immediate",
    "G5: nothing lost; everybody answered ≤ 5 s after it accepts",
    ("scaled",),
    staged(Postgres),
    "a PostgreSQL with synchronous_commit=off",
    ("scaled",),
)
