"""The lean gate and letters do what asyncio's Event and Queue do for one connection."""

import asyncio

from server.realtime.lean import Gate, Letters


async def test_all_who_wait_at_a_gate_go_on_when_it_opens_and_who_comes_later_does_not_wait() -> None:
    gate = Gate()
    await gate.wait()
    gate.clear()
    waiting = [asyncio.ensure_future(gate.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert not gate.is_set()
    gate.set()
    assert await asyncio.gather(*waiting[1:]) == [None, None]
    assert waiting[0].cancelled()
    await gate.wait()


async def test_who_wakes_at_a_gate_that_is_closed_again_waits_on() -> None:
    gate = Gate()
    gate.clear()
    waiting = asyncio.ensure_future(gate.wait())
    await asyncio.sleep(0)
    gate.set()
    gate.clear()
    for _ in range(3):
        await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    await waiting


async def test_letters_are_read_in_order_and_a_reader_that_went_away_takes_none_along() -> None:
    letters = Letters()
    assert letters.empty()
    gone = asyncio.ensure_future(letters.get())
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    reader = asyncio.ensure_future(letters.get())
    await asyncio.sleep(0)
    for one in (1, 2, 3):
        letters.put_nowait(one)
    assert [await reader, await letters.get(), await letters.get()] == [1, 2, 3]
    assert letters.empty()
