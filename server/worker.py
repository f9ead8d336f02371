"""The worker's door: jobs and reactions of a company whose web processes only serve (`TENFOUR_JOBS=worker`)."""

import asyncio
import signal
from functools import partial

from server.background.carrier import listen
from server.background.reactions import Reactor
from server.background.runner import Runner
from server.kit.tasks import end_tasks
from server.work.company import Company


def run(company: Company) -> None:
    """Works until SIGINT or SIGTERM. What runs then is cut, and its lease lets another worker take it over."""
    asyncio.run(_until_told(company))


async def _until_told(company: Company) -> None:
    stopping = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stopping.set)
    await work(company, stopping)


async def work(company: Company, stopping: asyncio.Event) -> None:
    """Runs jobs and reactions until `stopping`."""
    runner, reactor = Runner(company), Reactor(company)
    await company.start()
    runner.start()
    reactor.start()
    listening = asyncio.create_task(listen(company, partial(company.wake_jobs)))
    try:
        await stopping.wait()
    finally:
        await end_tasks(listening)
        await reactor.stop()
        await runner.stop()
        await company.stop()
