"""G1: kill -9 of the one server while people talk, and it starts again."""

from tests.load.faults.scenario import Scenario, percentile
from tests.load.faults.stage import Fault, staged

TALK, SHORT_TALK = (0.3, 1.2), (0.1, 0.5)  # seconds


class Kill(Fault):
    broken = "tests.load.broken.late_commit"

    def cycle(self, turn: int) -> None:
        """Everybody who is not away talks for a moment, then the server dies in the middle and comes back."""
        stage, program = self.stage, self.stage.product.program
        stage.come_and_go()
        stage.talk(stage.dice.uniform(*(SHORT_TALK if self.ground.short else TALK)))
        program.kill()
        # What the dead server had still said counts: read it to its end.
        stage.loop.run(5.0, lambda: not any(talker.online for talker in stage.talkers))
        for talker in stage.talkers:
            talker.gone()
        stage.measure("start", program.start())

    def figures(self) -> dict[str, float]:
        starts = self.stage.measured.get("start", [])
        if self.ground.nursery is not None:
            return {}
        return {
            "serving again s p50": percentile(starts, 0.5),
            "serving again s p95": percentile(starts, 0.95),
        }


KILL = Scenario(
    "kill",
    "kill -9 of the server under load",
    "G1: nothing lost, doubled or out of order; serving again ≤ 3 s p95",
    ("sqlite", "postgresql"),
    staged(Kill),
    "a server that answers before it commits",
)
