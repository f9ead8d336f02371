"""What the house itself does in the background: forgetting what has served its time."""

from datetime import timedelta
from typing import Any

from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.events import log
from server.jobs import queue
from server.kit.clock import real_now
from server.kit.module import Module
from server.work import idempotency
from server.work.company import Company

JOBS_KEPT = timedelta(days=40)


async def prune(company: Company, args: dict[str, Any]) -> None:
    """Old events, old idempotency keys, finished jobs."""
    kept = timedelta(days=company.settings.log_kept_days)
    await company.write(lambda work: log.prune(work.conn, real_now() - kept))
    await company.write(lambda work: idempotency.forget(work.conn, company.clock.now()))
    await company.write(lambda work: queue.forget_done(work.conn, company.clock.now() - JOBS_KEPT))


MODULE = Module("background", Job("prune", BY_THE_HOUSE, prune), Schedule("prune", 86_400))
