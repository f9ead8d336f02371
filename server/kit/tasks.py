"""Ending tasks for good."""

import asyncio

PATIENCE = 0.1


async def end_tasks(*tasks: "asyncio.Task[None] | None") -> None:
    """Cancels until each has ended, and keeps their outcomes to itself.

    Once is not enough: what a task awaits may swallow a cancellation (`asyncio.wait_for` of Python 3.11 does when what it waits for
    comes at the same moment, and redis-py waits so for its writes).
    """
    running = {task for task in tasks if task is not None}
    while running:
        for task in running:
            task.cancel()
        ended, running = await asyncio.wait(running, timeout=PATIENCE)
        for task in ended:
            task.cancelled() or task.exception()  # looked at, so that nobody logs «never retrieved»
