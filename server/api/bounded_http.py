"""The seam to the wire for plain requests: uvicorn's protocol with an end to heads that have none, and refusals in words for bytes that
are no request. Given to uvicorn as its `http=` class."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.api.bounds import MAX_HEAD
from server.api.guard import HEADERS
from server.kit.json import encode
from server.kit.problems import HeadTooLarge, Problem, Unparsable

# Requests with a head between the two are read, and then refused by `Guard` without losing the connection.
MAX_UNFINISHED_HEAD = 2 * MAX_HEAD
MAX_UPGRADE_LINES, MAX_UPGRADE_LINE = 120, 8_000


class BoundedHttp(HttpToolsProtocol):
    """One per connection."""

    _in_head = True
    _head_size = 0

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > MAX_UNFINISHED_HEAD and b"\r\n\r\n" not in data:
                self._refuse(HeadTooLarge(f"At most {MAX_HEAD} bytes of headers.", limit=MAX_HEAD))
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_head, self._head_size = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

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
