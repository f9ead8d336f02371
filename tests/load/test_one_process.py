"""One process on SQLite: its disk is full, transactions stay open, clients go away, people are removed, all while everybody talks.

The scenarios of `make soak` in their short form, one after the other on one stage, and each of them with the product broken on purpose.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.faults.cancelled import CANCELLED, Cancelled
from tests.load.faults.disk import DISK, Disk
from tests.load.faults.revocation import REVOCATION, Revocation
from tests.load.faults.scenario import Ground, Scenario, Span
from tests.load.faults.stage import staged
from tests.load.faults.transaction import TRANSACTION, Open
from tests.load.patience import takes_a_minute

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with (
        tempfile.TemporaryDirectory(prefix="tenfour-one-", ignore_cleanup_errors=True) as folder,
        Ground(Path(folder), "sqlite", forked=True, short=True) as made,
    ):
        yield made


def test_every_promise_is_kept_whatever_goes_wrong(ground: Ground) -> None:
    outcome = staged(Disk, Open, Cancelled, Revocation)(ground, Span(seed=5, cycles=1))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.acknowledged > 50, f"too little was said to prove anything: {outcome}"
    assert outcome.figures["refused by 503"] > 0
    assert outcome.figures["fences"] > 0


@pytest.mark.parametrize(
    ("scenario", "rule"),
    [
        (DISK, "lost"),
        pytest.param(TRANSACTION, "stood still", marks=takes_a_minute),
        (CANCELLED, "doubled"),
        (REVOCATION, "heard past the fence"),
    ],
    ids=lambda one: str(getattr(one, "name", one)),
)
def test_what_is_broken_on_purpose_is_found_out(ground: Ground, scenario: Scenario, rule: str) -> None:
    for seed in range(5, 9):  # on a busy machine a short run may hit nothing
        if rule in scenario.play(ground, Span(seed, cycles=1, broken=True)).rules:
            return
    pytest.fail("it was never found out")
