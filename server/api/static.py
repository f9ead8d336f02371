"""The built web client: its files, and its page for every address that the client itself knows."""

import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Match
from starlette.routing import Route as HttpRoute
from starlette.types import Scope

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"


class _Static(HttpRoute):
    """Every address but those of the API, where a wrong method or an unknown address must be told apart."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.NONE, {}) if scope["path"].startswith("/api/") else super().matches(scope)


def routes() -> list[HttpRoute]:
    return [_Static("/{path:path}", serve)]


async def serve(request: Request) -> Response:
    """A built file, else the page itself (its router knows the rest). Hashed files may be kept for ever."""
    path: str = request.path_params["path"]
    file = _built(path)
    if file is not None:
        forever = path.startswith("assets/")
        cache = "public, max-age=31536000, immutable" if forever else "no-cache"
        return FileResponse(
            file, headers={"Cache-Control": cache}, media_type=mimetypes.guess_type(file.name)[0]
        )
    index = DIST / "index.html"
    if not index.is_file():
        return PlainTextResponse("The web client is not built: run `make run`.", 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


def _built(path: str) -> Path | None:
    """The built file of this path, never one outside the folder."""
    file = (DIST / path).resolve()
    try:
        return file if file.is_relative_to(DIST) and file.is_file() else None
    except OSError:  # a name longer than any file's
        return None
