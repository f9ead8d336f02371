"""The in-process runner: works off due jobs while the server serves. Woken by commits that queue jobs; looks by itself every second.

Several jobs at once, so that a long one delays nobody; of a kind that says `alone`, one. Leases of what runs are renewed here, so that
only a job whose process is gone is taken over.
"""

import asyncio
import contextlib
from collections import Counter
from datetime import UTC, datetime
from functools import partial

import structlog

from server.background.jobs import Job, Schedule
from server.jobs import queue
from server.jobs.queue import DueJob
from server.kit.clock import real_now
from server.kit.module import every
from server.kit.tasks import end_tasks
from server.work.company import Company
from server.work.work import Work

AT_ONCE = 4
LOOK_EVERY = 1.0
RENEW_EVERY = queue.LEASE / 4
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
        self._running: dict[asyncio.Task[None], DueJob] = {}
        self._in_order = asyncio.Lock()
        self._renewed = real_now()

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._company.wake_jobs = partial(wake, loop, self._woken)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """What runs is cut; its lease runs out, or the next start takes it back."""
        await end_tasks(self._task, *self._running)

    async def _run(self) -> None:
        while True:
            try:
                await self._queue_scheduled()
                async with self._in_order:
                    await self._begin_due()
                await self._renew()
            except Exception as error:
                logger.warning("jobs cannot be looked at", error=type(error).__name__)
            # Not `wait_for`: on Python 3.11 it swallows a cancellation that comes together with what it waits for.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._woken.wait()
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

    async def _begin_due(self) -> None:
        for due in await self._claim(AT_ONCE - len(self._running)):
            task = asyncio.create_task(self._one(due))
            self._running[task] = due
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._woken.set()  # there is room for another
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.warning("a job's end could not be written", error=type(error).__name__)

    async def _claim(self, most: int) -> list[DueJob]:
        """Leases at most so many due jobs, none of which runs here already."""
        company = self._company
        alone = {name for name, job in self._jobs.items() if job.alone}
        busy = alone & {due.name for due in self._running.values()}
        mine = [due.id for due in self._running.values()]
        if most < 1 or not await company.read(
            lambda conn: queue.is_due(conn, company.clock.now(), real_now(), busy, mine)
        ):
            return []

        def claim(work: Work) -> list[DueJob]:
            return queue.claim(work.conn, company.clock.now(), real_now(), most, busy, mine, alone)

        return (await company.write(claim)).value

    async def _renew(self) -> None:
        if self._running and real_now() - self._renewed > RENEW_EVERY:
            held = [due.id for due in self._running.values()]
            await self._company.write(lambda work: queue.renew(work.conn, held, real_now()))
            self._renewed = real_now()

    async def work_off(self) -> int:
        """Runs what is due, one after the other in the order of its time, and waits for it; answers how many. For the test clock."""
        async with self._in_order:
            if self._running:
                await asyncio.wait(list(self._running))
            claimed = await self._claim(1)
            for due in claimed:
                await self._one(due)
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
        await self._company.write(lambda work: queue.finish(work.conn, due))

    @property
    def running(self) -> Counter[str]:
        """What runs in this process now, by name."""
        return Counter(due.name for due in list(self._running.values()))


def wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    """Called on a writing thread."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(woken.set)
