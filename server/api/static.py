"""The built web client and the security headers of every answer (security.md §3)."""

import mimetypes
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
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


class SecurityHeaders:
    """Plain ASGI: adds the headers to every HTTP answer; HSTS when the request came over TLS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, with_headers)


def routes() -> list[HttpRoute]:
    return [HttpRoute("/{path:path}", serve)]


async def serve(request: Request) -> Response:
    """A built file, else the page itself (its router knows the rest). Hashed files may be kept for ever."""
    path: str = request.path_params["path"]
    if path.startswith("api/") or "\0" in path:
        raise HTTPException(404)
    file = (DIST / path).resolve()
    if path and file.is_relative_to(DIST) and file.is_file():
        forever = path.startswith("assets/")
        cache = "public, max-age=31536000, immutable" if forever else "no-cache"
        return FileResponse(
            file, headers={"Cache-Control": cache}, media_type=mimetypes.guess_type(file.name)[0]
        )
    index = DIST / "index.html"
    if not index.is_file():
        return PlainTextResponse("The web client is not built: run `make run`.", 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
