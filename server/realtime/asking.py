"""A socket whose person's roles have changed: nothing more is done with the old rights, and nothing that is still allowed is lost.

On passing the row the watches fall silent and frames wait; then the rights are read again, the watches that are still allowed get what
came meanwhile, and the frames are worked off in their order.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from server.events import log
from server.events.envelope import LogRow
from server.kit.problems import Problem
from server.permissions.actor import Actor
from server.permissions.rules import MAY_LISTEN
from server.realtime.hub import events_payload
from server.realtime.lean import Gate
from server.realtime.protocol import text_frame

if TYPE_CHECKING:
    from server.realtime.socket import Socket

MAX_HELD = 500
Answer = tuple[Actor | None, dict[str, bool], int]


class Asking:
    """One per socket. `read` finds the person behind the session anew."""

    __slots__ = ("_held", "_read", "_silenced", "_socket", "generation", "settled")

    def __init__(self, socket: "Socket", read: Callable[[Connection], Actor | None]) -> None:
        self._socket = socket
        self._read = read
        self._held: list[bytes] = []
        self._silenced: dict[str, int] = {}
        self.generation = 0
        self.settled = Gate()

    @property
    def is_open(self) -> bool:
        return not self.settled.is_set()

    def hold(self, raw: bytes) -> None:
        """This frame waits for the new rights. One that floods us meanwhile is hung up on."""
        self._held.append(raw)
        if len(self._held) > MAX_HELD:
            self._socket.hang_up(1013)

    def begin(self, seq: int) -> None:
        """The hub passes the row `seq` that changes this person's rights."""
        listener, hub = self._socket.listener, self._socket.live.hub
        for stream in list(listener.watches):
            hub.unsubscribe(listener, stream)
            self._silenced.setdefault(stream, seq)
        self.generation += 1
        if self.settled.is_set():
            self.settled.clear()
            self._socket.spawn(self._ask())

    async def _ask(self) -> None:
        socket = self._socket
        try:
            while True:
                generation, streams = self.generation, list(self._silenced)
                actor, allowed, head = await socket.company.read(lambda conn: self._look(conn, streams))  # noqa: B023
                if generation == self.generation:
                    break
        except Problem:
            socket.hang_up(1013)  # the database is away; the client comes again
            return
        if actor is None or not MAY_LISTEN.lets(actor):
            socket.hang_up(4401)
            return
        socket.actor = actor
        self._reopen([stream for stream in allowed if allowed[stream]], head)
        held, self._held = self._held, []
        self.settled.set()
        for raw in held:
            socket.received(raw)

    def _look(self, conn: Connection, streams: Iterable[str]) -> Answer:
        actor = self._read(conn)
        allowed = {
            stream: actor is not None and self._socket.may_watch(conn, actor, stream) for stream in streams
        }
        return actor, allowed, log.head(conn)

    def _reopen(self, streams: list[str], head: int) -> None:
        """Hears these watches again, beginning with what came while they were silent."""
        socket, hub = self._socket, self._socket.live.hub
        silenced, self._silenced = self._silenced, {}
        if not socket.listener.streams:
            return  # nothing is heard before the next hello, which watches anew
        missed: dict[int, LogRow] = {}
        for stream in streams:
            rows = hub.relay.since(silenced[stream])
            if rows is None or is_closed(hub.relay.since(head), socket.actor.id, stream):
                continue
            missed |= {row.seq: row for row in rows if stream in row.streams}
            socket.listener.watches.add(stream)
            hub.subscribe(socket.listener, stream)
        if missed:
            payload = events_payload([missed[seq].body for seq in sorted(missed)], hub.cursor())
            hub.push(socket.listener, payload, text_frame(payload))


def is_closed(rows: list[LogRow] | None, person_id: int, stream: str) -> bool:
    """Whether the stream was closed for this person by one of these rows, or by some that nobody remembers."""
    if rows is None:
        return True
    return any(row.control and person_id in row.control.closes.get(stream, ()) for row in rows)
