"""Jobs run side by side within a bound, each once, and go on at once when the process under them was killed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from server.background.jobs import BY_THE_HOUSE, Job
from server.background.runner import AT_ONCE, Runner
from server.config.settings import Settings
from server.jobs import queue
from server.jobs.models import JobRow
from server.kit.clock import real_now
from server.kit.module import Module
from server.modules import MODULES
from server.opening import open_company
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.server.realtime.crowd import eventually

Run = Callable[[Company, dict[str, Any]], Awaitable[None]]


@asynccontextmanager
async def running(settings: Settings, *jobs: Job) -> AsyncIterator[tuple[Company, Runner]]:
    company = open_company(settings, [*MODULES, Module("test", *jobs)])
    runner = Runner(company)
    await company.start()
    runner.start()
    try:
        yield company, runner
    finally:
        await runner.stop()
        await company.stop()


async def enqueue(company: Company, *names: str) -> None:
    def turn(work: Work) -> None:
        for at, name in enumerate(names):
            work.enqueue(name, {"at": at}, key=f"{name}/{at}")

    await company.write(turn)


def states(conn: Connection) -> list[str]:
    return list(
        conn.execute(
            select(JobRow.state).where(JobRow.name.in_(("long", "short", "crowd"))).order_by(JobRow.id)
        ).scalars()
    )


async def test_a_long_job_delays_no_other(house_settings: SettingsMaker) -> None:
    others = asyncio.Event()

    async def long(company: Company, args: dict[str, Any]) -> None:
        await others.wait()

    async def short(company: Company, args: dict[str, Any]) -> None:
        others.set()

    jobs = Job("long", BY_THE_HOUSE, long), Job("short", BY_THE_HOUSE, short)
    async with running(house_settings(), *jobs) as (company, runner):
        await enqueue(company, "long")
        await eventually(lambda: runner.running["long"] == 1)
        await enqueue(company, "short")
        await asyncio.wait_for(others.wait(), 10)
        await eventually(lambda: not runner.running)
        assert await company.read(states) == ["done", "done"]


class Crowd:
    """Jobs that wait until they are let go, and how many of them were there at once."""

    def __init__(self) -> None:
        self.go = asyncio.Semaphore(0)
        self.here = self.most = self.ended = 0

    async def run(self, company: Company, args: dict[str, Any]) -> None:
        self.here += 1
        self.most = max(self.most, self.here)
        await self.go.acquire()
        self.here -= 1
        self.ended += 1


async def test_at_most_a_few_jobs_run_at_once_and_all_get_their_turn(house_settings: SettingsMaker) -> None:
    crowd = Crowd()
    async with running(house_settings(), Job("crowd", BY_THE_HOUSE, crowd.run)) as (company, _):
        await enqueue(company, *["crowd"] * (AT_ONCE + 3))
        await eventually(lambda: crowd.here == AT_ONCE)
        for _ in range(AT_ONCE + 3):
            crowd.go.release()
        await eventually(lambda: crowd.ended == AT_ONCE + 3)
    assert crowd.most == AT_ONCE


async def test_of_a_kind_that_runs_alone_there_is_one_while_others_go_on(
    house_settings: SettingsMaker,
) -> None:
    alone, beside = Crowd(), Crowd()
    jobs = Job("alone", BY_THE_HOUSE, alone.run, alone=True), Job("beside", BY_THE_HOUSE, beside.run)
    async with running(house_settings(), *jobs) as (company, _):
        await enqueue(company, *["alone"] * 5, "beside")
        await eventually(lambda: alone.here == beside.here == 1)
        for _ in range(5):
            alone.go.release()
        beside.go.release()
        await eventually(lambda: alone.ended == 5 and beside.ended == 1)
    assert alone.most == 1


async def test_a_job_that_lasts_longer_than_its_lease_is_not_started_twice(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.jobs.queue.LEASE", timedelta(seconds=-1))  # over at once
    crowd = Crowd()
    async with running(house_settings(), Job("crowd", BY_THE_HOUSE, crowd.run)) as (company, runner):
        await enqueue(company, "crowd")
        await eventually(lambda: crowd.here == 1)
        for _ in range(3):
            async with runner._in_order:
                await runner._begin_due()
        assert crowd.most == 1
        crowd.go.release()
        await eventually(lambda: crowd.ended == 1)
        await eventually(lambda: not runner.running)
        assert await company.read(states) == ["done"]


async def test_a_runner_stops_at_once_under_a_job_that_waits(house_settings: SettingsMaker) -> None:
    crowd, settings = Crowd(), house_settings()
    async with running(settings, Job("crowd", BY_THE_HOUSE, crowd.run)) as (company, _):
        await enqueue(company, "crowd", "crowd")
        await eventually(lambda: crowd.here == 2)
    assert crowd.ended == 0


async def test_a_lease_that_is_renewed_is_not_taken_over(house_settings: SettingsMaker) -> None:
    company = open_company(house_settings())
    try:
        now = company.clock.now()
        company.write_now(lambda work: work.enqueue("crowd", {}, key="crowd"))
        (first,) = company.write_now(lambda work: queue.claim(work.conn, now + queue.LEASE, real_now(), 9))
        later = real_now() + queue.LEASE * 1.5
        company.write_now(lambda work: queue.renew(work.conn, [first.id], real_now() + queue.LEASE))
        assert not company.write_now(lambda work: queue.claim(work.conn, now, later, 9))
        much_later = later + queue.LEASE
        (second,) = company.write_now(lambda work: queue.claim(work.conn, now + queue.LEASE, much_later, 9))
        assert (second.id, second.tries) == (first.id, 2)
        company.write_now(lambda work: queue.finish(work.conn, first))  # the slower one comes back
        assert company.db.snapshot(states) == ["running"]
        company.write_now(lambda work: queue.fail(work.conn, first, "late", now))
        assert company.db.snapshot(states) == ["running"]
    finally:
        company.db.close()


def test_what_a_killed_process_left_running_waits_again_at_the_next_start(tmp_path: Path) -> None:
    def claimed(company: Company) -> list[int]:
        now = company.clock.now() + timedelta(seconds=1)
        return [
            due.tries for due in company.write_now(lambda work: queue.claim(work.conn, now, real_now(), 9))
        ]

    settings = Settings(data=tmp_path)
    company = open_company(settings)
    company.write_now(lambda work: work.enqueue("crowd", {}, key="crowd"))
    for tries in range(1, queue.MAX_TRIES + 1):
        assert claimed(company) == [tries]
        company.db.close()
        company = open_company(settings)
    assert claimed(company) == []
    assert company.db.snapshot(states) == ["failed"]
    company.db.close()
