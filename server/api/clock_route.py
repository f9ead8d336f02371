"""The test clock (delivery.md §4): only with TENFOUR_TEST_CLOCK=1. Forward only; what becomes due runs before the answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from server.api.route import Answer, Await, Nothing, Route, awaits
from server.kit.clock import real_now
from server.kit.problems import invalid
from server.permissions.rules import SIGNED_IN
from server.work.company import move_clock

FURTHEST = timedelta(days=36_500)


class ClockInput(msgspec.Struct, forbid_unknown_fields=True):
    now: datetime


def route_of(work_off: Callable[[], Awaitable[int]]) -> Route:
    async def move(call: Await[ClockInput, Nothing]) -> Answer:
        """Move the product's clock forward."""
        wanted = call.body.now
        if wanted.tzinfo is None or wanted < call.company.clock.now():
            raise invalid("now", "past", "The clock only moves forward and needs a time zone.")
        if wanted > real_now() + FURTHEST:
            raise invalid("now", "range", "At most a hundred years from now.")
        offset = wanted - real_now()
        done = await call.company.write(lambda work: move_clock(work.conn, offset))
        call.company.clock.offset = offset
        while await work_off():
            pass
        return Answer(ClockInput(call.company.clock.now()), done.seq)

    return awaits("PUT", "/api/test/clock", SIGNED_IN, move, output=ClockInput, body=ClockInput)
