"""Several processes, and one of them, the database or Redis goes: nobody loses, hears twice, or waits for ever.

The scenarios of `make soak` in their short form; they share PostgreSQL, Valkey and the process that forks the servers.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.faults.cancelled import CANCELLED
from tests.load.faults.postgres import POSTGRES
from tests.load.faults.random_process import RANDOM
from tests.load.faults.redis import REDIS
from tests.load.faults.revocation import REVOCATION
from tests.load.faults.scenario import Ground, Scenario, Span
from tests.load.faults.transaction import TRANSACTION

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="tenfour-several-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with Ground(Path(folder), "scaled", forked=True) as made:
            yield made


def named(one: object) -> str:
    return str(getattr(one, "name", one))


@pytest.mark.parametrize(
    ("scenario", "cycles"),
    [(RANDOM, 6), (REDIS, 4), (POSTGRES, 3), (TRANSACTION, 1), (CANCELLED, 2), (REVOCATION, 2)],
    ids=named,
)
def test_every_promise_is_kept(ground: Ground, scenario: Scenario, cycles: int) -> None:
    outcome = scenario.play(ground, Span(seed=7, cycles=cycles))
    print(outcome)
    assert outcome.findings == [], str(outcome.findings[:5])
    assert outcome.acknowledged > 50, f"too little was said to prove anything: {outcome}"


@pytest.mark.parametrize("scenario", [RANDOM, POSTGRES], ids=named)
def test_a_postgresql_that_does_not_wait_for_its_disk_is_found_out(
    ground: Ground, scenario: Scenario
) -> None:
    for seed in range(2, 7):  # a kill may fall just after PostgreSQL wrote its log by itself
        if {"lost", "shown but lost"} & scenario.play(ground, Span(seed, cycles=3, broken=True)).rules:
            return
    pytest.fail("it was never found out")


def test_processes_that_rely_on_redis_alone_are_found_out(ground: Ground) -> None:
    assert "missed" in REDIS.play(ground, Span(seed=3, cycles=1, broken=True)).rules
