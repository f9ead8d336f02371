"""The outermost layer of the web door: bounds before anything is read, security headers on every answer (security.md §3), and for
what nobody foresaw a problem document and a line in the log."""

from collections.abc import Awaitable

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.bounds import MAX_UPLOAD, announced, head_refusal, too_large
from server.api.errors import problem_response, unexpected_response

logger = structlog.get_logger()

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
STRICT_TRANSPORT = "max-age=31536000"
_PLAIN = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_STRICT = [*_PLAIN, (b"strict-transport-security", STRICT_TRANSPORT.encode())]


class Guard:
    """Plain ASGI. `secure`: people reach us over TLS, whatever the proxy before us says."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        # Not awaited here: a socket would keep this frame for as long as it is open.
        return (
            self._guarded(scope, receive, send) if scope["type"] == "http" else self.app(scope, receive, send)
        )

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun, size = False, 0

        async def guarded_send(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._add_headers(scope, message)
            await send(message)

        async def guarded_receive() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > MAX_UPLOAD:
                raise too_large(MAX_UPLOAD)
            return message

        refusal = head_refusal(scope)
        if refusal is None and announced(Headers(scope=scope)) > MAX_UPLOAD:
            refusal = too_large(MAX_UPLOAD)
        if refusal is not None:
            await problem_response(refusal)(scope, receive, guarded_send)
            return
        try:
            await self.app(scope, guarded_receive, guarded_send)
        except Exception as error:
            logger.error("unhandled", method=scope["method"], path=shown_path(scope), exc_info=error)
            if has_begun:
                raise
            await unexpected_response()(scope, receive, guarded_send)

    def _add_headers(self, scope: Scope, message: Message) -> None:
        """Those that the answer does not bring itself."""
        given = list(message.get("headers", ()))
        there = {name.lower() for name, _ in given}
        ours = _STRICT if self.secure or scope["scheme"] == "https" else _PLAIN
        message["headers"] = given + [header for header in ours if header[0] not in there]


def shown_path(scope: Scope) -> str:
    """The path for the log, without the texts in it: an invitation's token is one."""
    path: str = scope["path"]
    for name, value in scope.get("path_params", {}).items():
        if isinstance(value, str) and value:
            path = path.replace(value, f"{{{name}}}")
    return path
