"""Several processes, and one of them, the database or Redis goes: nobody loses, hears twice, or waits for ever.

The scenarios of `make soak` in their short form, one after the other on one stage; then what is broken on purpose.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.faults.cancelled import CancelledOnFleet
from tests.load.faults.postgres import Postgres
from tests.load.faults.random_process import RandomProcess
from tests.load.faults.redis import REDIS, Redis
from tests.load.faults.revocation import RevocationOnFleet
from tests.load.faults.scenario import Ground, Span
from tests.load.faults.stage import staged
from tests.load.faults.transaction import Frozen
from tests.load.patience import takes_a_minute

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="tenfour-several-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with Ground(Path(folder), "scaled", forked=True, short=True) as made:
            yield made


def test_every_promise_is_kept_whatever_goes_wrong(ground: Ground) -> None:
    kinds = (RandomProcess, Redis, Postgres, Frozen, CancelledOnFleet, RevocationOnFleet)
    outcome = staged(*kinds)(ground, Span(seed=7, cycles=1))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.acknowledged > 100, f"too little was said to prove anything: {outcome}"
    assert outcome.figures["fences"] > 0
    assert outcome.resumes["replay"] > 0, f"nobody ever had to catch up: {outcome}"


@takes_a_minute
def test_a_postgresql_that_does_not_wait_for_its_disk_is_found_out(ground: Ground) -> None:
    for seed in range(2, 7):  # a kill may fall just after PostgreSQL wrote its log by itself
        outcome = staged(RandomProcess, Postgres)(ground, Span(seed, cycles=2, broken=True))
        if {"lost", "shown but lost"} & outcome.rules:
            return
    pytest.fail("it was never found out")


@takes_a_minute
def test_processes_that_rely_on_redis_alone_are_found_out(ground: Ground) -> None:
    found = REDIS.play(ground, Span(seed=3, cycles=1, broken=True)).rules
    assert {"missed", "not dealt with"} & found, "neither a screen nor the worker was left behind"
