"""G2: kill -9 of whichever process the dice choose: a web process, the worker, PostgreSQL (all of it), Valkey."""

from collections import Counter

from tests.load.faults.scenario import Ground, Scenario, Span, percentile
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import Stage, staged


class RandomProcess(OnFleet):
    forgetful = True

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.killed: Counter[str] = Counter()

    def cycle(self, turn: int) -> None:
        """Talk, a death, talk without the dead one, and its return; then everybody must be answered again."""
        stage = self.stage
        stage.come_and_go()
        stage.talk(stage.dice.uniform(0.1, 0.4))
        victim = stage.dice.choice(self.fleet.victims)
        self.killed[victim.name] += 1
        victim.kill()
        stage.talk(stage.dice.uniform(0.0, 0.4))
        victim.revive()
        stage.measure("again", stage.until_answered_again())

    def figures(self) -> dict[str, float]:
        again = self.stage.measured.get("again", [])
        return {
            "all answered again s p95": percentile(again, 0.95),
            "all answered again s max": percentile(again, 1),
            **{f"killed {name}": count for name, count in sorted(self.killed.items())},
        }


RANDOM = Scenario(
    "random",
    "kill -9 of a random process of two web processes, the worker, PostgreSQL, Valkey",
    "G2: nothing lost, doubled or out of order",
    ("scaled",),
    staged(RandomProcess),
    "a PostgreSQL with synchronous_commit=off",
    ("scaled",),
)
