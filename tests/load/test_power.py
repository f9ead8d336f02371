"""The power fails in the middle of talk: on whatever disk is found afterwards, everything that was acknowledged is there."""

from pathlib import Path

import pytest

from tests.load.faults.power import POWER
from tests.load.faults.scenario import Ground, Span

pytestmark = pytest.mark.timeout(300)


def test_nothing_acknowledged_is_lost_when_the_power_fails(open_folder: Path) -> None:
    with Ground(open_folder, "sqlite", forked=True, short=True) as ground:
        outcome = POWER.play(ground, Span(seed=1, cycles=15))
        print(outcome)
        assert outcome.findings == [], str(outcome.findings[:5])
        assert outcome.acknowledged > 50, f"too little was said to prove anything: {outcome}"


def test_a_server_that_does_not_wait_for_the_disk_is_found_out(open_folder: Path) -> None:
    with Ground(open_folder, "sqlite", forked=True, short=True) as ground:
        assert {"lost", "shown but lost"} & POWER.play(ground, Span(seed=1, cycles=10, broken=True)).rules
