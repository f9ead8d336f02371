"""One browser's socket: hello and resume, commands in, frames out. Mounted at /api/live."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from typing import Any

import msgspec
import structlog
from sqlalchemy import Connection
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from server.api.endpoint import Authenticator, check_origin
from server.api.inputs import EntityId, Line, field_refusal
from server.auth import sessions
from server.events import log
from server.events.envelope import Change
from server.kit.json import encode
from server.kit.problems import Problem, RateLimited
from server.permissions.actor import Actor
from server.permissions.rules import MAY_LISTEN
from server.realtime.asking import Asking, is_closed
from server.realtime.bucket import Buckets
from server.realtime.commands import Command, Watch
from server.realtime.hub import Hub, Listener, events_payload
from server.realtime.protocol import EXTENSION, Wire, text_frame
from server.realtime.resume import frames, resume
from server.work.company import Company

MAX_MALFORMED = 10
MAX_WATCHES = 50
KEEP_EVERY = 900.0
Looked = tuple[bool, int, Sequence[Change]]
_NOT_FOUND: Looked = (False, 0, ())
logger = structlog.get_logger()


class Ref(msgspec.Struct, forbid_unknown_fields=True):
    kind: Line
    id: EntityId


class Hello(msgspec.Struct, tag_field="op", tag="hello", forbid_unknown_fields=True):
    cursor: Line = ""


class WatchFrame(msgspec.Struct, tag_field="op", tag="watch", forbid_unknown_fields=True):
    ref: Ref


class Unwatch(msgspec.Struct, tag_field="op", tag="unwatch", forbid_unknown_fields=True):
    ref: Ref


class Live:
    """What the sockets of one process share."""

    def __init__(
        self,
        company: Company,
        hub: Hub,
        authenticator: Authenticator,
        commands: list[Command],
        watches: list[Watch],
    ) -> None:
        self.company = company
        self.hub = hub
        self.authenticate = authenticator.bound(company.settings.secure)
        self.again = authenticator.again
        self.commands = {command.frame: command for command in commands}
        self.watches = {watch.kind: watch for watch in watches}
        self.decoder = msgspec.json.Decoder(_union([Hello, WatchFrame, Unwatch, *self.commands]))
        self.buckets = Buckets(company.settings.sends_per_second, company.settings.sends_burst)
        self._writing: list[Socket] = []
        company.bus.on_whisper(self._whispered)

    def flush_soon(self, socket: "Socket") -> None:
        """Remembers who has something to write; one callback a turn writes for all."""
        if not self._writing:
            asyncio.get_running_loop().call_soon(self._flush)
        self._writing.append(socket)

    def _flush(self) -> None:
        writing, self._writing = self._writing, []
        for socket in writing:
            socket.flush()

    def whisper(self, stream: str, payload: bytes, but: int) -> None:
        """Something that may be lost (typing), to everyone on a stream but one person, on every process."""
        self.company.bus.publish_whisper(f"{stream} {but} ".encode() + payload)

    def _whispered(self, body: bytes) -> None:
        stream, but, payload = body.split(b" ", 2)
        self.hub.whisper(stream.decode(), payload, int(but))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Plain ASGI: each layer of Starlette around a socket would stay for as long as it is open."""
        await self.serve(WebSocket(scope, receive, send))

    async def serve(self, websocket: WebSocket) -> None:
        """From handshake to hang-up."""
        try:
            check_origin(websocket.headers, self.company)
        except Problem:
            await websocket.close(4403)
            return
        wire: Wire | None = websocket.scope["extensions"].get(EXTENSION)
        if wire is None:
            raise RuntimeError("serve with uvicorn and ws=WireProtocol (server/realtime/protocol.py)")

        def find(conn: Connection) -> Actor | None:
            return self.authenticate(conn, websocket.headers)

        try:
            actor, seen = await self.company.read(lambda conn: (find(conn), log.head(conn)))
        except Problem:
            await websocket.accept()
            wire.hang_up(1013)
            return
        await websocket.accept()
        if actor is None or not MAY_LISTEN.lets(actor):
            wire.hang_up(4401)
            return
        socket = Socket(self, actor, wire)
        if not self.hub.admit(socket.listener, self.company.settings.sockets_per_person):
            wire.hang_up(4429)
            return
        if actor.session_id in self.hub.ended_sessions:
            wire.hang_up(4401)  # signed out while we were looking
            socket.end()
            return
        if self._has_changed(actor.id, seen):
            socket.asks_again(seen)
        wire.on_text = socket.received
        wire.forget_handshake()
        try:
            while (await websocket.receive())["type"] != "websocket.disconnect":
                socket.malformed(Problem("Only text frames are understood."))
        finally:
            wire.on_text = None
            socket.end()

    def _has_changed(self, person_id: int, since: int) -> bool:
        """Whether this person's rights became others while the socket was being opened."""
        rows = self.hub.relay.since(since)
        return rows is None or any(row.control and person_id in row.control.asks_again for row in rows)


def _union(kinds: list[type]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union


class Socket:
    """One connection. Methods are called on the event loop."""

    __slots__ = (
        *("_ended", "_errors", "_kept_at", "_outgoing", "_tasks", "actor", "asking", "company"),
        *("listener", "live", "wire"),
    )

    def __init__(self, live: Live, actor: Actor, wire: Wire) -> None:
        self.live = live
        self.company = live.company
        self.actor = actor
        self.wire = wire
        self.listener = Listener(actor.id, actor.session_id, self)
        self.asking = Asking(self, lambda conn: live.again(conn, actor))
        self._errors = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = False
        self._kept_at = float("-inf")
        self._outgoing: list[bytes] = []

    # --- outlet of the hub

    def push(self, payload: bytes, frame: bytes) -> None:
        """Frames of one turn of the loop leave in one write."""
        outgoing = self._outgoing
        if not outgoing:
            self.live.flush_soon(self)
        outgoing.append(frame)

    def flush(self) -> None:
        outgoing = self._outgoing
        if len(outgoing) == 1:
            self.wire.write_frame(outgoing.pop())
        elif outgoing:
            together = b"".join(outgoing)
            outgoing.clear()
            self.wire.write_frame(together)

    def buffered(self) -> int:
        return self.wire.buffered()

    def hang_up(self, code: int) -> None:
        self.flush()
        self.wire.hang_up(code)

    def asks_again(self, seq: int) -> None:
        self.asking.begin(seq)

    # --- frames in

    def received(self, raw: bytes) -> None:
        """One frame of the client. Whatever it holds, the answer is a frame, never an exception."""
        if self.asking.is_open:
            self.asking.hold(raw)
            return
        if time.monotonic() - self._kept_at > KEEP_EVERY:
            self.keep_session()
        try:
            frame = self.live.decoder.decode(raw)
        except msgspec.ValidationError as error:
            self.malformed(field_refusal(error))
            return
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.malformed(Problem("The frame is not JSON that can be read."))
            return
        command = self.live.commands.get(type(frame))
        if command is None:
            self._own(frame)
            return
        try:
            if command.costs and (wait := self.live.buckets.take(self.actor.id)):
                raise RateLimited("Too many frames a second.", retry_after=round(wait, 2))
            command.rule.admit(self.actor)
            command.run(self, frame)
        except Problem as problem:
            self.refuse(frame, problem)

    def _own(self, frame: Any) -> None:
        if isinstance(frame, Hello):
            self.spawn(self._hello(frame.cursor))
        elif isinstance(frame, WatchFrame):
            self.spawn(self._watch(frame.ref))
        elif isinstance(frame, Unwatch):
            stream = f"{frame.ref.kind}:{frame.ref.id}"
            if stream in self.listener.watches:
                self.live.hub.unsubscribe(self.listener, stream)

    def malformed(self, problem: Problem) -> None:
        self._errors += 1
        first = problem.errors[0].field if problem.errors else ""
        self.answer({"op": "error", "code": problem.code, "field": first, "detail": problem.detail})
        if self._errors > MAX_MALFORMED:
            self.hang_up(4400)

    def refuse(self, frame: Any, problem: Problem) -> None:
        """The refusal of a command, with what lets the client find its own pending thing."""
        about = {name: getattr(frame, name) for name in ("client_id", "conversation") if hasattr(frame, name)}
        self.answer({"op": "refused", **about, "problem": problem.document()})

    def answer(self, value: Any) -> None:
        payload = encode(value)
        self.live.hub.push(self.listener, payload, text_frame(payload))

    # --- hello and watches

    async def _hello(self, cursor: str) -> None:
        if self.listener.stalled_since:
            return  # too much is waiting already; `resync` asks for another hello once it has drained
        try:
            resumed = await resume(self.company, self.live.hub, self.listener, cursor)
        except Problem as problem:
            logger.warning("resume refused", code=problem.code)
            self.hang_up(1013)
            return
        if self._ended:
            self.live.hub.forget(self.listener)
            return
        for payload, frame in frames(self.live.hub, resumed):
            self.live.hub.push(self.listener, payload, frame)
            if self.listener.stalled_since:
                return
            self.flush()  # so that the next one is measured against what the reader has not taken

    def may_watch(self, conn: Connection, actor: Actor, stream: str) -> bool:
        """What a watch of this stream asks, of the rights in this snapshot."""
        kind, _, number = stream.rpartition(":")
        watch = self.live.watches.get(kind)
        if watch is None:
            return False
        try:
            watch.rule.admit(actor)
            return watch.may(conn, actor, int(number))
        except Problem:
            return False

    async def _watch(self, ref: Ref) -> None:
        """Answers `watching` with the state at that number, then what came since: nothing lies between a look and a listening."""
        stream = f"{ref.kind}:{ref.id}"
        found, generation = _NOT_FOUND, -1
        while generation != self.asking.generation and not self._ended:
            await self.asking.settled.wait()
            generation, actor = self.asking.generation, self.actor
            if ref.kind in self.live.watches and len(self.listener.watches) < MAX_WATCHES:
                try:
                    found = await self.company.read(lambda conn: self._look_at(conn, actor, stream))  # noqa: B023
                except Problem:
                    found = _NOT_FOUND
        may, seen, changes = found
        since = self.live.hub.relay.since(seen)
        closed = is_closed(since or [], self.actor.id, stream)
        is_full = len(self.listener.watches) >= MAX_WATCHES
        if not may or closed or is_full or self._ended or not self.listener.streams:
            self.answer({"op": "error", "code": "not_found", "ref": {"kind": ref.kind, "id": ref.id}})
            return
        self.listener.watches.add(stream)
        self.live.hub.subscribe(self.listener, stream)
        about = {"ref": {"kind": ref.kind, "id": ref.id}, "seq": seen, "changes": changes}
        self.answer({"op": "watching", **about})
        missed = [row.body for row in since or [] if stream in row.streams]
        if missed:
            hub = self.live.hub
            payload = events_payload(missed, hub.cursor())
            hub.push(self.listener, payload, text_frame(payload))

    def _look_at(self, conn: Connection, actor: Actor, stream: str) -> Looked:
        may = self.may_watch(conn, actor, stream)
        kind, _, number = stream.rpartition(":")
        now = self.live.watches[kind].now(conn, actor, int(number)) if may else ()
        return may, log.head(conn), now

    def spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def keep_session(self) -> None:
        """Who says something is there: that keeps the session from running out. Listening alone does not."""
        was_just_looked_at = self._kept_at == float("-inf")
        self._kept_at = time.monotonic()
        if was_just_looked_at and not self.actor.is_due:
            return
        self.spawn(self._keep_session())

    async def _keep_session(self) -> None:
        with contextlib.suppress(Problem):
            if await self.company.read(lambda conn: sessions.is_stale(conn, self.actor.session_id)):
                await self.company.write(lambda work: sessions.touch(work, self.actor.session_id))

    def end(self) -> None:
        self._ended = True
        self.asking.settled.set()  # nobody waits for the rights of a closed socket
        self.live.hub.forget(self.listener)
