"""One process on SQLite: its disk is full, transactions stay open, clients go away, people are removed, all while everybody talks.

The scenarios of `make soak` in their short form, each beside the product broken on purpose.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.faults.cancelled import CANCELLED
from tests.load.faults.disk import DISK
from tests.load.faults.revocation import REVOCATION
from tests.load.faults.scenario import Ground, Scenario, Span
from tests.load.faults.transaction import TRANSACTION

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with (
        tempfile.TemporaryDirectory(prefix="tenfour-one-", ignore_cleanup_errors=True) as folder,
        Ground(Path(folder), "sqlite", forked=True) as made,
    ):
        yield made


def named(one: object) -> str:
    return str(getattr(one, "name", one))


@pytest.mark.parametrize(
    ("scenario", "cycles"), [(DISK, 2), (TRANSACTION, 2), (CANCELLED, 3), (REVOCATION, 2)], ids=named
)
def test_every_promise_is_kept(ground: Ground, scenario: Scenario, cycles: int) -> None:
    outcome = scenario.play(ground, Span(seed=5, cycles=cycles))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.acknowledged > 50, f"too little was said to prove anything: {outcome}"


@pytest.mark.parametrize(
    ("scenario", "rule"),
    [
        (DISK, "lost"),
        (TRANSACTION, "stood still"),
        (CANCELLED, "doubled"),
        (REVOCATION, "heard past the fence"),
    ],
    ids=named,
)
def test_what_is_broken_on_purpose_is_found_out(ground: Ground, scenario: Scenario, rule: str) -> None:
    assert rule in scenario.play(ground, Span(seed=5, cycles=1, broken=True)).rules
