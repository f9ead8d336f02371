"""Many readers: some do not read, and all come back at once. The scenarios of `make soak` in their short form."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.faults.scenario import Ground, Span
from tests.load.faults.slow import SLOW
from tests.load.faults.storm import MISSED, SHORT_CROWD, STORM

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with (
        tempfile.TemporaryDirectory(prefix="tenfour-crowds-", ignore_cleanup_errors=True) as folder,
        Ground(Path(folder), "sqlite", forked=True, short=True) as made,
    ):
        yield made


def test_who_does_not_read_is_stopped_and_misses_nothing_afterwards(ground: Ground) -> None:
    outcome = SLOW.play(ground, Span(seed=1, cycles=1))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.figures["stopped serving"] > 0


def test_a_server_that_keeps_everything_for_slow_readers_is_found_out(ground: Ground) -> None:
    assert "not bounded" in SLOW.play(ground, Span(seed=1, cycles=1, broken=True)).rules


def test_all_who_come_back_at_once_are_live_again_with_what_they_missed(ground: Ground) -> None:
    outcome = STORM.play(ground, Span(seed=1, cycles=2))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.received == 2 * SHORT_CROWD * MISSED
    assert outcome.figures["snapshots each"] < 2.5, "one to sign in, one to resume"


def test_a_replay_that_leaves_something_out_is_found_out(ground: Ground) -> None:
    assert "missed" in STORM.play(ground, Span(seed=1, cycles=1, broken=True)).rules
