"""The floor of fan-out: nothing but `transport.write` of ready bytes to every connection of a room.

A line `JOIN <room>` is answered `OK`; every other line goes to everybody in the sender's room, the sender included.

    python -m tests.load.floors.raw --port 9001
"""

import argparse
import asyncio
from typing import cast

import uvloop

JOIN = b"JOIN "
Room = dict["Member", asyncio.Transport]


class Member(asyncio.Protocol):
    """One connection. A room is a dict, so that it can be walked without a copy."""

    def __init__(self, rooms: dict[bytes, Room]) -> None:
        self.rooms = rooms
        self.room: Room = {}
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def connection_lost(self, error: Exception | None) -> None:
        self.room.pop(self, None)

    def data_received(self, data: bytes) -> None:
        lines = (self.rest + data if self.rest else data).split(b"\n")
        self.rest = lines.pop()
        for line in lines:
            if line.startswith(JOIN):
                self.room = self.rooms.setdefault(line[len(JOIN) :], {})
                self.room[self] = self.transport
                self.transport.write(b"OK\n")
                continue
            frame = line + b"\n"
            for transport in self.room.values():
                transport.write(frame)


async def serve(port: int) -> None:
    rooms: dict[bytes, Room] = {}
    server = await asyncio.get_running_loop().create_server(
        lambda: Member(rooms), "127.0.0.1", port, backlog=4096
    )
    await server.serve_forever()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    uvloop.run(serve(arguments.parse_args().port))


if __name__ == "__main__":
    main()
