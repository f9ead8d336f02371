"""Bytes that do not lie on this machine, given out whole or as the one part that was asked for (Range)."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping

from starlette.responses import Response, StreamingResponse

from server.files.storage import STEP, Storage
from server.kit.problems import NotFound

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


async def given(
    storage: Storage,
    key: str,
    size: str,
    asked: Mapping[str, str],
    headers: Mapping[str, str],
    media_type: str,
) -> Response:
    """200, 206 or 416. Raises `NotFound`, and `Unavailable` while the storage is away; more than one range is answered whole."""
    length = await asyncio.to_thread(storage.length, key, size)
    if length is None:
        raise NotFound()
    span = _span(asked, headers["ETag"], length)
    if span is None:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{length}"})
    start, end = span
    told = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if (start, end) != (0, length):
        told["Content-Range"] = f"bytes {start}-{end - 1}/{length}"
    status = 206 if "Content-Range" in told else 200
    # The first piece before the answer begins: a storage that is away is said in words.
    first = await _piece(storage, key, size, start, end)
    return StreamingResponse(_rest(storage, key, size, first, start, end), status, told, media_type)


def _span(asked: Mapping[str, str], etag: str, length: int) -> tuple[int, int] | None:
    """From where to before where; None for a part that lies outside."""
    found = _ONE_RANGE.fullmatch(asked.get("range", "").strip())
    if found is None or found[0] == "bytes=-" or asked.get("if-range", etag) != etag:
        return 0, length
    if not found[1]:
        start, end = max(0, length - int(found[2])), length
    else:
        start, end = int(found[1]), min(length, int(found[2]) + 1 if found[2] else length)
    return (start, end) if start < end else None


async def _piece(storage: Storage, key: str, size: str, start: int, end: int) -> bytes:
    if start >= end:
        return b""
    return await asyncio.to_thread(storage.read, key, size, start, min(start + STEP, end))


async def _rest(
    storage: Storage, key: str, size: str, first: bytes, start: int, end: int
) -> AsyncIterator[bytes]:
    yield first
    for at in range(start + STEP, end, STEP):
        yield await _piece(storage, key, size, at, end)
