"""The seam to the wire: uvicorn's websocket protocol with two shortcuts, given to uvicorn as its `ws=` class.

`write_frame` hands ready bytes to the transport (a broadcast is framed once, not once per connection); incoming text goes straight to
`on_text` without the ASGI queue. Everything else (handshake, ping, close, limits) stays uvicorn's.
"""

from collections.abc import Callable
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from server.realtime.lean import Gate, Letters

EXTENSION = "tenfour.wire"


class Wire(Protocol):
    """What the socket layer needs of a connection."""

    on_text: Callable[[bytes], None] | None

    def write_frame(self, frame: bytes) -> None: ...

    def buffered(self) -> int: ...

    def forget_handshake(self) -> None: ...

    def hang_up(self, code: int) -> None: ...


def text_frame(payload: bytes) -> bytes:
    """A server's unmasked, final text frame (RFC 6455 §5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class WireProtocol(WebSocketsSansIOProtocol):
    """One per connection."""

    on_text: Callable[[bytes], None] | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.queue: Any = Letters()
        self.writable: Any = Gate()

    def forget_handshake(self) -> None:
        """Once it is done nobody asks for its headers again: three kilobytes of each connection."""
        self.request.headers.clear()  # the parser keeps the request itself
        self.response.headers.clear()
        self.scope["headers"].clear()  # type: ignore[attr-defined]

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][EXTENSION] = self

    def send_receive_event_to_app(self) -> None:
        if self.on_text is None or self.curr_msg_data_type != "text" or self.close_sent:
            super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        self.on_text(bytes(data))

    def write_frame(self, frame: bytes) -> None:
        if not (self.close_sent or self.disconnected or self.transport.is_closing()):
            self.transport.write(frame)

    def buffered(self) -> int:
        return int(self.transport.get_write_buffer_size())

    def hang_up(self, code: int) -> None:
        """Sends a close frame; the peer's answer or a timer ends the connection, whatever is still unsent."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def shutdown(self) -> None:
        """The server stops. A connection that is closing already has nothing more to be told."""
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.stop_keepalive()
            self.transport.close()
        else:
            super().shutdown()

    # uvicorn closes the transport in these cases, which waits for ever while the peer reads nothing.

    def handle_close(self, event: Any) -> None:
        super().handle_close(event)
        self._abort_in_time()

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._abort_in_time()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._abort_in_time()

    def _abort_in_time(self) -> None:
        if self.transport.is_closing() and not self.disconnected and self.close_timer is None:
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)
