"""The load client's heart: one epoll loop over thousands of sockets, no asyncio, no copies beyond what a message needs.

A connection is fed with bytes and tells its owner about whole texts (websocket), whole lines (raw floor) or whole answers (HTTP).
Sockets are connected and greeted while blocking (that is set-up, never measured) and made non-blocking by `Loop.add`.
"""

import heapq
import select
import socket
import time
from collections.abc import Callable
from typing import Protocol

CHUNK = 1 << 18
Receive = Callable[[bytearray], int]
Feed = Callable[[bytearray, int], None]


class Connection(Protocol):
    socket: socket.socket
    lost: bool

    def feed(self, buffer: bytearray, size: int) -> None:
        """`buffer[:size]` has arrived; the buffer is used again afterwards."""


class Loop:
    """Runs until a condition or a moment; timers carry the open loop's schedule."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.connections: dict[int, tuple[Connection, Receive, Feed]] = {}
        self.timers: list[tuple[float, int, Callable[[], None]]] = []
        self.buffer = bytearray(CHUNK)
        self.made = 0
        self.lost = 0

    def add(self, connection: Connection) -> None:
        connection.socket.setblocking(False)
        self.connections[connection.socket.fileno()] = (
            connection,
            connection.socket.recv_into,
            connection.feed,
        )
        self.epoll.register(connection.socket, select.EPOLLIN)

    def drop(self, connection: Connection) -> None:
        number = connection.socket.fileno()
        if self.connections.pop(number, None) is not None:
            self.epoll.unregister(number)
            connection.socket.close()

    def at(self, moment: float, act: Callable[[], None]) -> None:
        self.made += 1
        heapq.heappush(self.timers, (moment, self.made, act))

    def run(self, seconds: float, done: Callable[[], bool] | None = None) -> bool:
        """At most `seconds`, at least one turn; true when `done` became true (looked at after every turn)."""
        poll, connections, timers, buffer = self.epoll.poll, self.connections, self.timers, self.buffer
        end = time.monotonic() + seconds
        while True:
            if done is not None and done():
                return True
            now = time.monotonic()
            while timers and timers[0][0] <= now:
                heapq.heappop(timers)[2]()
            wait = min(end, timers[0][0]) - now if timers else end - now
            for number, _ in poll(min(wait, 0.2) if wait > 0 else 0, 4096):
                entry = connections.get(number)
                if entry is None:
                    continue
                connection, receive, feed = entry
                try:
                    size = receive(buffer)
                except BlockingIOError:
                    continue
                except OSError:
                    size = 0
                if size:
                    feed(buffer, size)
                else:
                    self.lost += 1
                    connection.lost = True
                    self.drop(connection)
            if time.monotonic() >= end:
                return done is not None and done()

    def deafen(self, connection: Connection) -> None:
        """Its socket stays open and is not read, until it is added again."""
        number = connection.socket.fileno()
        if self.connections.pop(number, None) is not None:
            self.epoll.unregister(number)

    def release(self) -> None:
        """Forgets the connections without closing them: somebody else reads their sockets from now on."""
        for number in self.connections:
            self.epoll.unregister(number)
        self.connections.clear()

    def __enter__(self) -> "Loop":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for connection, _, _ in list(self.connections.values()):
            self.drop(connection)
        self.epoll.close()


def connect(port: int, timeout: float = 30.0, receive_buffer: int = 0) -> socket.socket:
    """`receive_buffer`: bytes that the kernel may take for a reader that does not read; 0 leaves it to the kernel."""
    made = socket.socket()
    made.settimeout(timeout)
    if receive_buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    made.connect(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def send_all(target: socket.socket, data: bytes) -> None:
    """Sends even when the socket is non-blocking and full (then waits at most ten seconds)."""
    view = memoryview(data)
    while view:
        try:
            view = view[target.send(view) :]
        except BlockingIOError:
            if not select.select([], [target], [], 10)[1]:
                raise TimeoutError("the server does not read") from None
