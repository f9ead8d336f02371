"""The first state, and the same stream by long-poll for networks that block WebSockets."""

import asyncio
import contextlib
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.responses import Response

from server.api.endpoint import PRIVATE
from server.api.inputs import Line
from server.api.route import Answer, Await, Nothing, Route, get_awaiting
from server.events.envelope import Envelope
from server.kit.problems import RateLimited, SignedOut
from server.permissions.rules import MAY_LISTEN
from server.realtime.bootstrap import Bootstrap, first_state
from server.realtime.hub import Hub, Listener, events_payload
from server.realtime.resume import Resumed, resume


class Poll(msgspec.Struct, forbid_unknown_fields=True):
    cursor: Line = ""
    wait: Annotated[int, Meta(ge=0, le=50)] = 25


class Polled(msgspec.Struct):
    outcome: str
    events: list[Envelope]
    seq: int
    cursor: str


class _Waiting:
    """A long-poll's outlet: keeps the first frame."""

    def __init__(self) -> None:
        self.payload = b""
        self.came = asyncio.Event()
        self.has_ended = False

    def push(self, payload: bytes, frame: bytes) -> None:
        if payload.startswith(b'{"op":"events"') and not self.payload:
            self.payload = payload
            self.came.set()
        elif payload.startswith(b'{"op":"resync"'):
            self.came.set()

    def buffered(self) -> int:
        return 0

    def hang_up(self, code: int) -> None:
        self.has_ended = True
        self.came.set()

    def asks_again(self, seq: int) -> None:
        """Every request loads the rights anew, and a poll watches nothing."""


def routes_of(hub: Hub) -> list[Route]:
    """Built by the door, because they need the process's hub."""

    async def poll(call: Await[Nothing, Poll]) -> Response:
        """Events after a cursor; waits up to `wait` seconds for the first."""
        outlet = _Waiting()
        listener = Listener(call.actor.id, call.actor.session_id, outlet)
        if not hub.admit(listener, call.company.settings.sockets_per_person):
            raise RateLimited("Too many open connections.", limit=call.company.settings.sockets_per_person)
        try:
            if call.actor.session_id in hub.ended_sessions:
                raise SignedOut()
            resumed = await resume(call.company, hub, listener, call.query.cursor)
            epoch = hub.relay.epoch
            if resumed.outcome == "nothing_missed" and call.query.wait:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(outlet.came.wait(), call.query.wait)
            if outlet.has_ended:
                raise SignedOut()
            if epoch != hub.relay.epoch:
                outlet.payload, resumed = b"", Resumed("reset", hub.settled)
            payload = outlet.payload or events_payload(resumed.bodies, hub.cursor(resumed.position))
        finally:
            hub.forget(listener)
        outcome = "replay" if outlet.payload else resumed.outcome
        body = payload.replace(b'"op":"events"', f'"outcome":"{outcome}"'.encode(), 1)
        return Response(body, 200, PRIVATE, "application/json")

    async def bootstrap(call: Await[Nothing, Nothing]) -> Answer:
        """Everything a client needs at first, and the cursor to go on from."""

        state = await call.company.read(
            lambda conn: first_state(conn, call.company, call.actor, hub.relay.epoch)
        )
        return Answer(state, state.seq)

    return [
        get_awaiting("/api/events", MAY_LISTEN, poll, output=Polled, query=Poll),
        get_awaiting("/api/bootstrap", MAY_LISTEN, bootstrap, output=Bootstrap),
    ]
