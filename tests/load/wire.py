"""Just enough WebSocket and HTTP/1.1 for a load client that trusts its server, and the raw floor's lines.

Texts are sent with a mask of zeros: the server unmasks as always, the client saves the work.
"""

import json
import socket
from collections.abc import Callable

from tests.load.engine import connect, send_all

CLOSE, PING, PONG = 8, 9, 10
JSON = dict[str, object]


class Broken(RuntimeError):
    """The other side said something that a load run cannot go on with. `status` is that of an answer, 0 where there was none."""

    def __init__(self, says: str, status: int = 0) -> None:
        super().__init__(says)
        self.status = status


def frame(text: bytes, opcode: int = 1) -> bytes:
    size = len(text)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 0xFF)) + size.to_bytes(8, "big")
    return head + b"\0\0\0\0" + text


class WebSocket:
    """`on_text(socket, text)` for each whole text frame; pings are answered."""

    __slots__ = ("closed_with", "lost", "on_text", "owner", "rest", "socket")
    receive_buffer = 0

    def __init__(
        self, port: int, path: str, headers: str = "", *, owner: int = 0, patience: float = 30.0
    ) -> None:
        self.socket = connect(port, patience, self.receive_buffer)
        self.lost, self.owner = False, owner
        self.closed_with = 0
        self.on_text: Callable[[WebSocket, bytes], None] = ignore
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = self.socket.recv(4096)
            if not more:
                break
            answer += more
        head, _, self.rest = answer.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise Broken(f"no websocket at {path}: {head[:200]!r} {self.rest[:300]!r}")

    def send(self, text: bytes) -> None:
        send_all(self.socket, frame(text))

    def feed(self, buffer: bytearray, size: int) -> None:
        self.take(memoryview(buffer)[:size].tobytes())

    def take(self, data: bytes) -> None:
        if self.rest:
            data = self.rest + data
        at, end = 0, len(data)
        while end - at >= 2:
            size, start = data[at + 1], at + 2
            if size == 126:
                if end - at < 4:
                    break
                size, start = (data[at + 2] << 8) | data[at + 3], at + 4
            elif size == 127:
                if end - at < 10:
                    break
                size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if end - start < size:
                break
            if data[at] == 0x81:
                self.on_text(self, data[start : start + size])
            else:
                self.control(data[at], data[start : start + size])
            at = start + size
        self.rest = data[at:]

    def control(self, head: int, body: bytes) -> None:
        if head == 0x80 | PING:
            send_all(self.socket, frame(body, PONG))
        elif head == 0x80 | CLOSE:
            self.closed_with = int.from_bytes(body[:2], "big")
        elif head != 0x80 | PONG:
            raise Broken(f"unexpected frame {head:#x}")

    def wait_text(self, wanted: bytes, timeout: float = 30.0) -> bytes:
        """The next text that contains `wanted`; only while the socket is still blocking. What comes behind it goes to `on_text`."""
        found: list[bytes] = []
        kept, self.on_text = self.on_text, lambda _, text: found.append(text)
        self.socket.settimeout(timeout)
        self.take(b"")
        while not any(wanted in text for text in found):
            if found and (b'"op":"error"' in found[-1] or b'"op":"refused"' in found[-1]):
                raise Broken(found[-1].decode()[:500])
            data = self.socket.recv(65536)
            if not data:
                raise Broken(f"closed with {self.closed_with} while waiting for {wanted!r}")
            self.take(data)
        self.on_text = kept
        place = next(place for place, text in enumerate(found) if wanted in text)
        for text in found[place + 1 :]:
            kept(self, text)
        return found[place]


def ignore(_: "WebSocket", __: bytes) -> None:
    pass


class Counted:
    """A member of a big room: counts marks in what arrives and looks at nothing else, so that the client is not what is measured.

    Made of a socket that has been set up (by `WebSocket` or by `RawLines`). The mark has three bytes.
    """

    __slots__ = ("lost", "mark", "on_marks", "socket", "tail")

    def __init__(self, opened: "WebSocket | RawLines", mark: bytes) -> None:
        self.socket, self.mark = opened.socket, mark
        self.lost, self.tail = False, b""
        self.on_marks: Callable[[int], None] = lambda _: None

    def feed(self, buffer: bytearray, size: int) -> None:
        count = buffer.count(self.mark, 0, size)
        if self.tail:  # a mark cut in two
            count += (self.tail + buffer[:2]).count(self.mark)
            self.tail = b""
        if buffer[size - 1] in self.mark:
            self.tail = bytes(buffer[max(0, size - 2) : size])
        if buffer[0] == 0x80 | PING:
            send_all(self.socket, frame(bytes(buffer[2 : 2 + buffer[1]]), PONG))
        elif (
            size > 6 and buffer[size - 6] == 0x80 | PING and buffer[size - 5] == 4
        ):  # four bytes: those of `websockets`
            send_all(self.socket, frame(bytes(buffer[size - 4 : size]), PONG))
        if count:
            self.on_marks(count)


class RawLines:
    """A member of the raw floor, where a text is a line."""

    __slots__ = ("socket",)

    def __init__(self, port: int, room: str) -> None:
        self.socket = connect(port)
        self.socket.sendall(f"JOIN {room}\n".encode())
        if self.socket.recv(64) != b"OK\n":
            raise Broken("the raw floor did not answer OK")

    def send(self, text: bytes) -> None:
        send_all(self.socket, text + b"\n")


class Http:
    """One kept-alive connection. `ask` blocks (set-up); `begin` and `on_answer` serve the measured loops."""

    __slots__ = ("headers", "lost", "on_answer", "owner", "port", "rest", "socket")

    def __init__(self, port: int, headers: str = "", *, owner: int = 0) -> None:
        self.port, self.headers, self.owner = port, headers, owner
        self.socket: socket.socket
        self.open()
        self.on_answer: Callable[[Http, int, bytes], None] = lambda _, __, ___: None

    def open(self) -> None:
        self.socket, self.lost, self.rest = connect(self.port), False, b""

    def begin(self, method: str, path: str, body: bytes = b"", headers: str = "") -> None:
        kind = (
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            if body or method != "GET"
            else ""
        )
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.headers}{headers}{kind}\r\n"
        send_all(self.socket, head.encode() + body)

    def feed(self, buffer: bytearray, size: int) -> None:
        data = memoryview(buffer)[:size].tobytes()
        data = self.rest + data if self.rest else data
        status, body, self.rest = parse_answer(data)
        if status:
            self.on_answer(self, status, body)

    def ask(self, method: str, path: str, body: JSON | None = None, headers: str = "") -> JSON:
        """The parsed answer; any status but 2xx is an error."""
        self.socket.settimeout(120)
        self.begin(method, path, b"" if body is None else json.dumps(body).encode(), headers)
        data = b""
        while True:
            more = self.socket.recv(1 << 18)
            if not more:
                raise Broken(f"{method} {path}: the server closed the connection")
            data += more
            status, answer, _ = parse_answer(data)
            if status:
                break
        if not 200 <= status < 300:
            raise Broken(f"{method} {path}: {status} {answer.decode(errors='replace')[:600]}", status)
        parsed: JSON = json.loads(answer) if answer else {}
        return parsed

    def close(self) -> None:
        self.socket.close()


def parse_answer(data: bytes) -> tuple[int, bytes, bytes]:
    """Status, body and rest of one whole answer; status 0 while it is not whole."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return 0, b"", data
    head, start = data[:end].lower(), end + 4
    status = int(head[9:12])
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        stop = head.find(b"\r\n", at + 2)
        size = int(head[at + 17 : stop if stop > 0 else None])
        if len(data) - start < size:
            return 0, b"", data
        return status, data[start : start + size], data[start + size :]
    if status in (204, 304):
        return status, b"", data[start:]
    body = b""
    while True:  # chunked
        line = data.find(b"\r\n", start)
        if line < 0:
            return 0, b"", data
        size = int(data[start:line], 16)
        if len(data) < line + 2 + size + 2:
            return 0, b"", data
        body += data[line + 2 : line + 2 + size]
        start = line + 2 + size + 2
        if not size:
            return status, body, data[start:]
