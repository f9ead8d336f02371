"""How what a thread found reaches those who wait for it on the event loop."""

import asyncio
from typing import Any


def settle(future: "asyncio.Future[Any]", outcome: Any) -> None:
    """Give a waiter its result or its exception; a waiter that went away is left alone (its write stays committed)."""
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
        future.exception()  # a waiter that went away must not log «never retrieved»
    else:
        future.set_result(outcome)


def settle_all(outcomes: list[tuple["asyncio.Future[Any]", Any]]) -> None:
    for future, outcome in outcomes:
        settle(future, outcome)
