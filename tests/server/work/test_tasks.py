"""A stop ends, whatever a task's own waiting does to a cancellation."""

import asyncio
import random

from server.bus.redis import RedisBus
from server.kit.tasks import end_tasks
from tests.servers import ValkeyServer


async def swallows_once() -> None:
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        await asyncio.sleep(60)


async def breaks() -> None:
    raise RuntimeError("on its own")


async def test_a_task_that_swallows_a_cancellation_is_cancelled_again() -> None:
    stubborn, broken = asyncio.create_task(swallows_once()), asyncio.create_task(breaks())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await end_tasks(stubborn, broken, None)
    assert stubborn.cancelled()
    assert broken.done()


async def test_a_bus_can_be_stopped_at_any_moment_of_its_start(valkey: ValkeyServer) -> None:
    dice = random.Random(1)
    for _ in range(40):
        bus = RedisBus(valkey.url, "stopped-early")
        await bus.start()
        bus.publish_head(1)
        await asyncio.sleep(dice.uniform(0, 0.006))
        async with asyncio.timeout(10):
            await bus.stop()
