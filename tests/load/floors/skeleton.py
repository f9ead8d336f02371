"""The ceiling for our own server: sockets, one group commit, one ready frame for everybody in the room, and nothing else.

No sign-in, rights, numbering, unread counts, history or parsing. Every message is committed (SQLite WAL with synchronous=FULL, or
PostgreSQL as it comes) before anyone sees it. Sender and receivers get the text back as they sent it; the room is the path.

    python -m tests.load.floors.skeleton --port 9002 --database sqlite:/tmp/floor.db [--coalesce]
    python -m tests.load.floors.skeleton --port 9002 --database postgresql://postgres@127.0.0.1:5432/floor
"""

import argparse
import asyncio
import threading
import time
from collections.abc import Callable, Sequence

import uvloop
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_sockets
from websockets.exceptions import ConnectionClosed

from tests.load.floors.stores import Row, Store, open_store

BATCH = 512
Room = dict[ServerConnection, asyncio.Transport]


def framed(text: bytes) -> bytes:
    """A whole unmasked text frame (texts of the bench are shorter than 64 KiB)."""
    size = len(text)
    head = bytes((0x81, size)) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
    return head + text


class Writer(threading.Thread):
    """The only one who writes: takes whatever waits, commits it at once, then hands it to the loop."""

    def __init__(self, store: Callable[[], Store], committed: Callable[[Sequence[Row]], None]) -> None:
        super().__init__(daemon=True)
        self.open, self.committed = store, committed
        self.loop = asyncio.get_running_loop()
        self.waiting: list[Row] = []
        self.something = threading.Event()
        self.ready = threading.Event()

    def add(self, row: Row) -> None:
        self.waiting.append(row)
        if not self.something.is_set():
            self.something.set()

    def run(self) -> None:
        store = self.open()
        self.ready.set()
        while True:
            self.something.wait()
            self.something.clear()
            while self.waiting:
                rows = self.waiting[:BATCH]
                del self.waiting[: len(rows)]
                store.write(rows, time.time_ns())
                self.loop.call_soon_threadsafe(self.committed, rows)


class Skeleton:
    def __init__(self, database: str, *, coalesce: bool) -> None:
        self.rooms: dict[str, Room] = {}
        self.writer = Writer(lambda: open_store(database), self.tell_together if coalesce else self.tell)

    async def connection(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        path = socket.request.path
        room = self.rooms.setdefault(path, {})
        room[socket] = socket.transport
        try:
            while True:
                self.writer.add((path, await socket.recv(decode=False)))
        except ConnectionClosed:
            pass
        finally:
            room.pop(socket, None)

    def tell(self, rows: Sequence[Row]) -> None:
        for path, text in rows:
            frame = framed(text)
            for transport in self.rooms[path].values():
                transport.write(frame)

    def tell_together(self, rows: Sequence[Row]) -> None:
        """All frames of one commit leave in one write for each connection."""
        frames: dict[str, list[bytes]] = {}
        for path, text in rows:
            frames.setdefault(path, []).append(framed(text))
        for path, some in frames.items():
            together = b"".join(some)
            for transport in self.rooms[path].values():
                transport.write(together)


async def serve(port: int, database: str, *, coalesce: bool) -> None:
    skeleton = Skeleton(database, coalesce=coalesce)
    skeleton.writer.start()
    await asyncio.to_thread(skeleton.writer.ready.wait)
    async with serve_sockets(
        skeleton.connection, "127.0.0.1", port, compression=None, ping_interval=None, backlog=4096
    ) as server:
        await server.serve_forever()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--database", required=True)
    arguments.add_argument("--coalesce", action="store_true")
    given = arguments.parse_args()
    uvloop.run(serve(given.port, given.database, coalesce=given.coalesce))


if __name__ == "__main__":
    main()
