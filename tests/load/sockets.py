"""The load client's sockets, of the product and of the floors."""

from collections.abc import Iterable, Iterator

from tests.load.engine import Loop
from tests.load.processes import Program
from tests.load.wire import WebSocket
from tests.load.world import Chat


def sockets_of(loop: Loop, opened: Iterable[WebSocket]) -> list[WebSocket]:
    """Opens them one after the other, answering the pings of those that wait."""
    sockets = []
    for socket in opened:
        loop.add(socket)
        loop.run(0)
        sockets.append(socket)
    return sockets


def floor_sockets(floor: Program, rooms: list[str]) -> Iterator[WebSocket]:
    return (WebSocket(floor.port, f"/ws/{room}") for room in rooms)


def live_sockets(chat: Chat, people: list[int]) -> Iterator[WebSocket]:
    return (chat.product.live(chat.company, person) for person in people)
