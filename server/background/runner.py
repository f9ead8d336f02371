"""The in-process runner: works off due jobs while the server serves. Woken by commits that queue jobs; looks by itself every second."""

import asyncio
import contextlib
from datetime import UTC, datetime
from functools import partial

import structlog

from server.background.jobs import Job, Schedule
from server.jobs import queue
from server.jobs.queue import DueJob
from server.kit.clock import real_now
from server.kit.module import every
from server.work.company import Company
from server.work.work import Work

AT_ONCE = 4
LOOK_EVERY = 1.0
logger = structlog.get_logger()


class Runner:
    """One per process."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._jobs = {job.name: job for job in every(company.modules, Job)}
        self._schedules = every(company.modules, Schedule)
        self._woken = asyncio.Event()
        self._seen: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._company.wake_jobs = partial(_wake, loop, self._woken)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self._queue_scheduled()
                while await self.work_off():
                    pass
            except Exception as error:
                logger.warning("jobs cannot be looked at", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)
            self._woken.clear()

    async def _queue_scheduled(self) -> None:
        now = real_now()
        missing = [(one, int(now.timestamp()) // one.every) for one in self._schedules]
        fresh = [(one, slot) for one, slot in missing if self._seen.get(one.job) != slot]
        if not fresh:
            return

        def put(work: Work) -> None:
            for one, slot in fresh:
                due = datetime.fromtimestamp(slot * one.every, UTC)
                queue.put(work.conn, one.job, {}, due, f"{one.job}/{slot}")

        await self._company.write(put)
        self._seen.update({one.job: slot for one, slot in fresh})

    async def work_off(self) -> int:
        """Claims and runs what is due; answers how many. Also called by the test clock before it answers."""
        company = self._company
        look = await company.read(lambda conn: queue.is_due(conn, company.clock.now(), real_now()))
        if not look:
            return 0
        claimed = (
            await company.write(lambda work: queue.claim(work.conn, company.clock.now(), real_now(), AT_ONCE))
        ).value
        for job in claimed:
            await self._one(job)
        return len(claimed)

    async def _one(self, due: DueJob) -> None:
        job = self._jobs.get(due.name)
        try:
            if job is None:
                raise LookupError(f"no job is called {due.name}")
            await job.run(self._company, due.args)
        except Exception as error:
            logger.error("job failed", job=due.name, id=due.id, tries=due.tries, exc_info=error)
            text = f"{type(error).__name__}: {error}"
            await self._company.write(
                lambda work: queue.fail(work.conn, due, text, self._company.clock.now())
            )
            return
        await self._company.write(lambda work: queue.finish(work.conn, due.id))


def _wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    """Called on a writing thread."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(woken.set)
