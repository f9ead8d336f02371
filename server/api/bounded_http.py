"""The seam to the wire for plain requests: uvicorn's protocol with an end to heads that have none, and refusals in words for bytes that
are no request. Given to uvicorn as its `http=` class."""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.api.bounds import MAX_HEAD
from server.api.guard import HEADERS
from server.kit.json import encode
from server.kit.problems import HeadTooLarge, Problem, SlowHead, Unparsable

# Requests with a head between the two are read, and then refused by `Guard` without losing the connection.
MAX_UNFINISHED_HEAD = 2 * MAX_HEAD
MAX_HEAD_SECONDS = 20.0
MAX_UPGRADE_LINES, MAX_UPGRADE_LINE = 120, 8_000


class BoundedHttp(HttpToolsProtocol):
    """One per connection."""

    _in_head = True
    _head_size = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > MAX_UNFINISHED_HEAD and b"\r\n\r\n" not in data:
                self._refuse(HeadTooLarge(f"At most {MAX_HEAD} bytes of headers.", limit=MAX_HEAD))
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_head, self._head_size = True, 0
        self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._has_head()
        super().on_headers_complete()

    def _await_head(self) -> None:
        """Who connects and says nothing, or a letter a minute, holds a connection no longer than this."""
        self._has_head()
        self._head_timer = self.loop.call_later(MAX_HEAD_SECONDS, self._refuse, SlowHead())

    def _has_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def handle_websocket_upgrade(self) -> None:
        """What `websockets` would not read, and would leave hanging."""
        lines = [self.url, *(name + value for name, value in self.headers)]
        if len(lines) > MAX_UPGRADE_LINES or max(map(len, lines)) > MAX_UPGRADE_LINE:
            self._refuse(HeadTooLarge(f"At most {MAX_UPGRADE_LINE} bytes a header.", limit=MAX_UPGRADE_LINE))
            return
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        self._refuse(Unparsable(msg))

    def _refuse(self, problem: Problem) -> None:
        if self.transport.is_closing():
            return
        body = encode(problem.document())
        headers = {
            **HEADERS,
            "Content-Type": "application/problem+json",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.transport.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        self.transport.close()
