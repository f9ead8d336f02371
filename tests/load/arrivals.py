"""Many clients that arrive at once: none waits for the handshake of another, as `WebSocket` would."""

import json
from collections.abc import Callable

from tests.load.engine import connect
from tests.load.wire import Broken, WebSocket


class Arrival(WebSocket):
    """One client from TCP to live: it resumes from its cursor and has then what it missed. `on_live(self)` says so.

    `expected` is the newest message that it must then have. Without a cursor it takes the server's.
    """

    def __init__(
        self,
        port: int,
        cookie: str,
        owner: int,
        cursor: str,
        expected: int,
        on_live: Callable[["Arrival"], None],
    ) -> None:
        self.socket = connect(port)
        self.lost, self.owner, self.closed_with, self.rest = False, owner, 0, b""
        self.cursor, self.expected, self.newest, self.on_live = cursor, expected, 0, on_live
        self.greeted = self.is_live = False
        self.outcome = ""
        self.heard: list[int] = []
        self.on_text = self.frame
        self.socket.sendall(
            f"GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{cookie}\r\n".encode()
        )

    def feed(self, buffer: bytearray, size: int) -> None:
        data = memoryview(buffer)[:size].tobytes()
        if self.greeted:
            self.take(data)
            return
        self.rest += data
        head, end, rest = self.rest.partition(b"\r\n\r\n")
        if not end:
            return
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise Broken(f"no websocket: {head[:200]!r}")
        self.greeted, self.rest = True, rest
        self.hello()
        self.take(b"")

    def hello(self) -> None:
        self.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())

    def frame(self, _: WebSocket, text: bytes) -> None:
        said = json.loads(text)
        if said["op"] == "ready":
            if said["outcome"] == "reset" and not self.cursor:
                self.cursor = said["cursor"]
                self.hello()
                return
            self.outcome = said["outcome"]
            if said["outcome"] != "replay":
                self.cursor = said["cursor"]
        elif said["op"] == "events":
            for event in said["events"]:
                for change in event["changes"]:
                    if change["op"] == "put" and change["kind"] == "message":
                        self.heard.append(change["data"]["number"])
                        self.newest = max(self.newest, change["data"]["number"])
            self.cursor = said["cursor"]
        if self.outcome and not self.is_live and self.newest >= self.expected:
            self.is_live = True
            self.on_live(self)
