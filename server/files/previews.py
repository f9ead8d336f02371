"""Reading a document without opening it: words, tables and pages, made by a limited process at the first question and kept for a while.

`data/files/made/KEY…` holds what was made, also that a document cannot be read: a hostile one costs its seconds once.
"""

import asyncio
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.files.downloads import CACHED, POLICY, readable
from server.files.present import PreviewView
from server.files.refused import Refused
from server.files.storage import local_copy, new_key, storage_of
from server.kit import children
from server.kit.problems import NotFound
from server.permissions.actor import Actor
from server.work.company import Company

READ = frozenset({"docx", "xlsx", "pptx", "text", "pdf"})
PATIENCE = 30.0
LONGEST = 16 << 20
# What nobody asked for so long, or what is beyond this much, is made anew when somebody does.
KEPT_SECONDS = 7 * 86_400
KEPT_BYTES = 2 << 30
_CHILD = Path(__file__).parent / "reading" / "child.py"
_ENDINGS = ("csv", "tsv", "md")
_REASONS = {"damaged": "damaged", "encrypted": "encrypted", "too_large": "long_document"}
_decoder = msgspec.json.Decoder(PreviewView)


async def words(company: Company, actor: Actor, file_id: int) -> PreviewView:
    """Raises `NotFound`; `Invalid` on `file`: no_preview, damaged, encrypted, long_document; `Unavailable` while the storage is away."""
    row = await company.read(lambda conn: readable(conn, company, actor, file_id))
    if row.form not in READ:
        raise Refused("no_preview").as_problem()
    ending = row.name.rpartition(".")[2].lower()
    made = await _made(company, row, ending if ending in _ENDINGS else "txt")
    try:
        return _decoder.decode(made)
    except msgspec.MsgspecError as error:
        raise Refused("damaged").as_problem() from error


async def page(company: Company, actor: Actor, file_id: int, number: int, request: Request) -> Response:
    """A page of a PDF as WebP, or «not changed». Raises as `words`; `NotFound` where there is no such page."""
    row = await company.read(lambda conn: readable(conn, company, actor, file_id))
    if row.form != "pdf":
        raise Refused("no_preview").as_problem()
    headers = {
        "Cache-Control": CACHED,
        "ETag": f'"{row.sha256[:32]}-{number}"',
        "Content-Security-Policy": POLICY,
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    made = await _made(company, row, str(number))
    return Response(made, headers=headers, media_type="image/webp")


async def _made(company: Company, row: Any, what: str) -> bytes:
    """From where it is kept, else made now. Raises `NotFound`, `Invalid`."""
    place = _folder(company.data) / f"{row.key}-{row.form}-{what}"
    found = await asyncio.to_thread(_kept, place)
    if found is None:
        async with company.images.places:
            found = await asyncio.to_thread(_kept, place)
            if found is None:
                found = await _make(company, row, what)
                await asyncio.to_thread(_keep, place, found)
    if found.startswith(b"!"):
        reason = found[1:].decode()
        raise NotFound() if reason == "no_page" else Refused(_REASONS.get(reason, "damaged")).as_problem()
    return found


async def _make(company: Company, row: Any, what: str) -> bytes:
    """What the child wrote, or `!` and why it would not."""
    storage = storage_of(company.settings)
    with ExitStack() as stack:
        copy = local_copy(storage, row.key, "full", company.data / "files" / "incoming")
        path = await asyncio.to_thread(stack.enter_context, copy)
        if path is None:
            raise NotFound()
        file = stack.enter_context(path.open("rb"))
        try:
            code, out, told = await children.run(
                _CHILD, [row.form, what, str(file.fileno())], handed=[file.fileno()], patience=PATIENCE
            )
        except TimeoutError:
            return b"!too_large"
    if code == children.REFUSED:
        return b"!" + told[:40]
    if code < 0 or len(out) > LONGEST:  # ended by its limits
        return b"!too_large"
    return out if code == 0 and out else b"!damaged"


def _folder(data: Path) -> Path:
    return data / "files" / "made"


def _kept(place: Path) -> bytes | None:
    try:
        found = place.read_bytes()
        place.touch()
    except FileNotFoundError:
        return None
    return found


def _keep(place: Path, made: bytes) -> None:
    """A full disk takes nothing away from who reads now."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = place.with_name(f"{new_key()}.part")
        beside.write_bytes(made)
        beside.replace(place)


def sweep(data: Path) -> None:
    """The newest stay, as long as they are asked for and there is room."""
    room = KEPT_BYTES
    oldest = time.time() - KEPT_SECONDS
    found = []
    for place in _folder(data).glob("*"):
        with suppress(FileNotFoundError):
            found.append((place.stat(), place))
    for stat, place in sorted(found, key=lambda one: -one[0].st_mtime):
        room -= stat.st_size
        if room < 0 or stat.st_mtime < oldest:
            place.unlink(missing_ok=True)
