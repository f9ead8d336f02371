"""«A job is due», carried from web processes to `tenfour worker` by arq, of which only this file knows (delivery.md §2).

A message is worth nothing by itself: the jobs are rows of the database, and the worker looks every second anyway. So none has an id or
a result, and losing one only means waiting that second.
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.worker import Worker, func
from redis.exceptions import RedisError

from server.background.runner import wake
from server.kit.tasks import end_tasks
from server.work.company import Company

LOOK = "look"
POLL_EVERY = 0.1
RETRY = 1.0
ENOUGH_WAITING = 100  # while no worker runs, messages must not pile up
logger = structlog.get_logger()


class Carrier:
    """The sending side, one per web process."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._due = asyncio.Event()
        self._pool: ArqRedis | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._company.wake_jobs = partial(wake, asyncio.get_running_loop(), self._due)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        await end_tasks(self._task)
        if self._pool is not None:
            with contextlib.suppress(RedisError, OSError):
                await self._pool.aclose()

    async def _run(self) -> None:
        queue = _queue(self._company)
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                self._pool = self._pool or await create_pool(_redis(self._company))
                if await self._pool.zcard(queue) < ENOUGH_WAITING:
                    await self._pool.enqueue_job(LOOK, _queue_name=queue)
            except (RedisError, OSError) as error:
                logger.warning("redis cannot be told of jobs", error=type(error).__name__)
                await asyncio.sleep(RETRY)


async def listen(company: Company, due: Callable[[], None]) -> None:
    """Calls `due` whenever a web process says so, until cancelled. While Redis is away it tries again."""

    async def look(ctx: dict[Any, Any], *args: Any, **kwargs: Any) -> None:
        due()

    while True:
        worker = Worker(
            [func(look, name=LOOK, keep_result=0)],
            queue_name=_queue(company),
            redis_settings=_redis(company),
            handle_signals=False,
            poll_delay=POLL_EVERY,
            keep_result=0,
            max_tries=1,
            log_results=False,
        )
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            logger.warning("redis cannot be asked for jobs", error=type(error).__name__)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await worker.close()
        await asyncio.sleep(RETRY)


def _queue(company: Company) -> str:
    """Companies that share a Redis have queues of their own."""
    return f"tenfour:{company.relay.epoch}:jobs"


def _redis(company: Company) -> RedisSettings:
    settings = RedisSettings.from_dsn(company.settings.redis_url)
    settings.conn_retries = 1
    return settings
