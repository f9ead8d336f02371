"""The built web client: its files, and its page for every address that the client itself knows."""

import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Match
from starlette.routing import Route as HttpRoute
from starlette.types import Scope

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"

FOREVER = "public, max-age=31536000, immutable"


class _Static(HttpRoute):
    """Every address but those of the API, where a wrong method or an unknown address must be told apart."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.NONE, {}) if scope["path"].startswith("/api/") else super().matches(scope)


def routes() -> list[HttpRoute]:
    return [_Static("/{path:path}", serve)]


async def serve(request: Request) -> Response:
    """A built file, else the page itself (its router knows the rest). Hashed files may be kept for ever; one of an earlier
    build is gone, and the page would be no script."""
    path: str = request.path_params["path"]
    file = _built(path)
    if file is not None:
        return _packed(request, file, FOREVER if path.startswith("assets/") else "no-cache")
    if path.startswith("assets/"):
        return PlainTextResponse("This file belongs to another build.", 404)
    index = DIST / "index.html"
    if not index.is_file():
        return PlainTextResponse("The web client is not built: run `make run`.", 503)
    return _packed(request, index, "no-cache")


def _packed(request: Request, file: Path, cache: str) -> Response:
    """The copy that the build compressed, where the browser takes it."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    media_type = mimetypes.guess_type(file.name)[0]
    accepted = {
        part.partition(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")
    }
    for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
        copy = file.with_name(file.name + ending)
        if encoding in accepted and copy.is_file():
            return FileResponse(
                copy, headers={**headers, "Content-Encoding": encoding}, media_type=media_type
            )
    return FileResponse(file, headers=headers, media_type=media_type)


def _built(path: str) -> Path | None:
    """The built file of this path, never one outside the folder."""
    file = (DIST / path).resolve()
    try:
        return file if file.is_relative_to(DIST) and file.is_file() else None
    except OSError:  # a name longer than any file's
        return None
