"""Who listens to what in this process, and one write per listener for what just happened.

The hub walks the log in order. What a listener hears changes only by passing rows (P9: nothing after the revoking row), never by a
side channel. Everything runs on the event loop; there are no locks.
"""

import asyncio
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from server.events.envelope import Control, LogRow
from server.events.relay import Relay
from server.kit.tasks import end_tasks
from server.realtime.protocol import text_frame

FRAME_EVENTS = 200
FRAME_BYTES = 1 << 18


@dataclass
class Pace:
    """How often and how long a hub waits, in seconds, and how much it lets wait for one reader, in bytes (P8)."""

    merge_every: float = 0.25
    beat_every: float = 25.0
    look_every: float = 0.25
    max_buffered: int = 1 << 20
    drained: int = 1 << 16
    stall_limit: float = 30.0


class Outlet(Protocol):
    """Where a listener's frames go: a socket, or a long-poll waiting for its answer."""

    def push(self, payload: bytes, frame: bytes) -> None: ...

    def buffered(self) -> int: ...

    def hang_up(self, code: int) -> None: ...

    def asks_again(self, seq: int) -> None:
        """The person's rights are others from this number on."""


class Listener:
    """One open connection of one person. `position` is the number up to which it has been served."""

    __slots__ = (
        "outlet",
        "pending",
        "person_id",
        "position",
        "session_id",
        "stalled_since",
        "streams",
        "watches",
    )

    def __init__(self, person_id: int, session_id: int, outlet: Outlet) -> None:
        self.person_id = person_id
        self.session_id = session_id
        self.outlet = outlet
        self.position = 0
        self.streams: set[str] = set()
        self.watches: set[str] = set()
        self.pending: list[LogRow] = []
        self.stalled_since = 0.0


class Hub:
    """Built once per process; the relay feeds it."""

    def __init__(self, relay: Relay, pace: Pace | None = None) -> None:
        self.relay = relay
        self.pace = pace or Pace()
        self.by_stream: dict[str, set[Listener]] = defaultdict(set)
        self.sockets: dict[int, set[Listener]] = defaultdict(set)
        self._dirty: list[Listener] = []
        self._merging: dict[str, LogRow] = {}
        self._merge_timer: asyncio.TimerHandle | None = None
        self._last_merge: dict[str, float] = {}
        self._stalled: set[Listener] = set()
        self._walked: int | None = None
        self.ended_sessions: deque[int] = deque(maxlen=4_096)
        self._task: asyncio.Task[None] | None = None
        relay.listener = self.take
        relay.on_epoch = self.renew

    def start(self) -> None:
        self._task = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        await end_tasks(self._task)
        if self._merge_timer is not None:
            self._merge_timer.cancel()

    @property
    def slow_readers(self) -> int:
        """How many are not served because their buffer is full (P8)."""
        return len(self._stalled)

    # --- rows in

    def take(self, rows: Sequence[LogRow]) -> None:
        """New rows, in order. One write per listener at the end."""
        for row in rows:
            self._walked = row.seq
            if row.merge is not None:
                self._merge(row)
                continue
            if row.control is not None:
                self._before(row.seq, row.control)
            self._offer(row)
            if row.control is not None:
                self._after(row.seq, row.control)
        self._walked = None
        self.flush()

    def _offer(self, row: LogRow) -> None:
        seq, dirty = row.seq, self._dirty
        for stream in row.streams:
            for listener in self.by_stream.get(stream, ()):
                if listener.position < seq:
                    pending = listener.pending
                    if not pending:
                        dirty.append(listener)
                    elif pending[-1] is row:
                        continue  # heard through two streams
                    pending.append(row)

    def _before(self, seq: int, control: Control) -> None:
        for stream, persons in control.opens.items():
            for person_id in persons:
                for listener in self.sockets.get(person_id, ()):
                    if listener.position < seq and listener.streams:
                        self.subscribe(listener, stream)

    def _after(self, seq: int, control: Control) -> None:
        for stream, persons in control.closes.items():
            for person_id in persons:
                for listener in self.sockets.get(person_id, ()):
                    if listener.position < seq:
                        self.unsubscribe(listener, stream)
        for person_id in control.asks_again:
            for listener in list(self.sockets.get(person_id, ())):
                if listener.position < seq:
                    listener.outlet.asks_again(seq)
        for session_id in control.ends:
            self.ended_sessions.append(session_id)
            for listener in [
                one for heard in self.sockets.values() for one in heard if one.session_id == session_id
            ]:
                self.flush()
                listener.outlet.hang_up(4401)
                self.forget(listener)

    # --- tallies: newest wins, at most four a second

    def _merge(self, row: LogRow) -> None:
        key = row.merge or ""
        now = time.monotonic()
        if key not in self._merging and now - self._last_merge.get(key, 0.0) >= self.pace.merge_every:
            self._last_merge[key] = now
            self._offer(row)
            return
        self._merging[key] = row
        if self._merge_timer is None:
            self._merge_timer = asyncio.get_running_loop().call_later(self.pace.merge_every, self._release)

    def _release(self) -> None:
        self._merge_timer = None
        rows, self._merging = self._merging, {}
        now = time.monotonic()
        self._last_merge = {
            key: at for key, at in self._last_merge.items() if now - at < self.pace.merge_every
        }
        for key, row in sorted(rows.items(), key=lambda item: item[1].seq):
            self._last_merge[key] = now
            self._offer(row)
        self.flush()

    @property
    def settled(self) -> int:
        """Everything up to here has been handed out: the cursor that frames carry. Held-back tallies hold it back too."""
        walked = self.relay.position if self._walked is None else self._walked
        return min((row.seq - 1 for row in self._merging.values()), default=walked)

    def cursor(self, seq: int | None = None) -> str:
        return f"{self.relay.epoch}-{self.settled if seq is None else seq}"

    # --- frames out

    def flush(self) -> None:
        """One write per listener with everything it now hears; equal bundles are encoded and framed once."""
        if not self._dirty:
            return
        dirty, self._dirty = self._dirty, []
        settled, most = self.settled, self.pace.max_buffered
        made: dict[tuple[int, ...], list[tuple[bytes, bytes]]] = {}
        last: list[LogRow] = []
        ready: list[tuple[bytes, bytes]] = []
        for listener in dirty:  # every call in here is made for each of a thousand
            rows = listener.pending
            if not rows:
                continue
            listener.pending = []
            if rows != last:  # neighbours mostly hear the same rows
                last, key = rows, tuple([row.seq for row in rows])
                ready = made.get(key) or made.setdefault(key, self._frames(rows, settled))
            outlet = listener.outlet
            if listener.stalled_since or (outlet.buffered() > most and self._is_full(listener)):
                continue
            for payload, frame in ready:
                outlet.push(payload, frame)

    def _frames(self, rows: Sequence[LogRow], settled: int) -> list[tuple[bytes, bytes]]:
        bodies = [row.body for row in rows]
        made = []
        for start, end in bundles(bodies):
            reached = settled if end == len(rows) else min(settled, rows[end].seq - 1)
            payload = events_payload(bodies[start:end], self.cursor(reached))
            made.append((payload, text_frame(payload)))
        return made

    def push(self, listener: Listener, payload: bytes, frame: bytes) -> None:
        """Hands the frame over, unless the reader is too slow."""
        if not self._is_full(listener):
            listener.outlet.push(payload, frame)

    def _is_full(self, listener: Listener) -> bool:
        """Stops serving a reader whose buffer is full (P8)."""
        if listener.stalled_since:
            return True
        if listener.outlet.buffered() <= self.pace.max_buffered:
            return False
        listener.stalled_since = time.monotonic()
        self._stalled.add(listener)
        self.silence(listener)
        return True

    # --- listeners

    def admit(self, listener: Listener, limit: int) -> bool:
        """Counts a connection of its person; False when there are too many."""
        if len(self.sockets[listener.person_id]) >= limit:
            return False
        self.sockets[listener.person_id].add(listener)
        return True

    def subscribe(self, listener: Listener, stream: str) -> None:
        stream = sys.intern(stream)  # one text for all who hear it
        listener.streams.add(stream)
        self.by_stream[stream].add(listener)

    def unsubscribe(self, listener: Listener, stream: str) -> None:
        listener.streams.discard(stream)
        listener.watches.discard(stream)
        heard = self.by_stream.get(stream)
        if heard is not None:
            heard.discard(listener)
            if not heard:
                del self.by_stream[stream]

    def silence(self, listener: Listener) -> None:
        """The listener hears nothing until it says hello again."""
        for stream in list(listener.streams):
            self.unsubscribe(listener, stream)
        listener.pending = []

    def renew(self) -> None:
        """Another epoch has begun: everyone is asked to say hello again, and their cursors, being of the old one, give a *reset*."""
        payload = f'{{"op":"resync","cursor":"{self.cursor()}"}}'.encode()
        frame = text_frame(payload)
        for listener in [one for heard in self.sockets.values() for one in heard]:
            self.silence(listener)
            self.push(listener, payload, frame)

    def forget(self, listener: Listener) -> None:
        """The connection is gone."""
        self.silence(listener)
        self._stalled.discard(listener)
        own = self.sockets.get(listener.person_id)
        if own is not None:
            own.discard(listener)
            if not own:
                del self.sockets[listener.person_id]

    def whisper(self, stream: str, payload: bytes, but: int) -> None:
        """Something that may be lost (typing) to everyone on a stream but one person."""
        frame = text_frame(payload)
        for listener in list(self.by_stream.get(stream, ())):  # a push may silence the listener
            if listener.person_id != but:
                self.push(listener, payload, frame)

    async def _tick(self) -> None:
        beat = time.monotonic()
        while True:
            await asyncio.sleep(self.pace.look_every)
            now = time.monotonic()
            for listener in list(self._stalled):
                self._look_at(listener, now)
            if now - beat >= self.pace.beat_every:
                beat = now
                payload = f'{{"op":"beat","cursor":"{self.cursor()}"}}'.encode()
                frame = text_frame(payload)
                for listener in [one for heard in self.sockets.values() for one in heard if one.streams]:
                    self.push(listener, payload, frame)

    def _look_at(self, listener: Listener, now: float) -> None:
        if listener.outlet.buffered() <= self.pace.drained:
            listener.stalled_since = 0.0
            self._stalled.discard(listener)
            payload = f'{{"op":"resync","cursor":"{self.cursor()}"}}'.encode()
            listener.outlet.push(payload, text_frame(payload))
        elif now - listener.stalled_since > self.pace.stall_limit:
            listener.outlet.hang_up(4408)
            self.forget(listener)


def bundles(bodies: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Slices that make frames of bounded length and size, so that a full reader is noticed between them (P8)."""
    start = size = 0
    for at, body in enumerate(bodies):
        if at > start and (at - start == FRAME_EVENTS or size + len(body) > FRAME_BYTES):
            yield start, at
            start, size = at, 0
        size += len(body)
    if start < len(bodies):
        yield start, len(bodies)


def events_payload(bodies: Iterable[bytes], cursor: str) -> bytes:
    """An `events` frame's text. Its `seq` is the number in the cursor: everything up to there has been processed."""
    tail = f'],"seq":{cursor.rpartition("-")[2]},"cursor":"{cursor}"}}'.encode()
    return b'{"op":"events","events":[' + b",".join(bodies) + tail
