"""The routes of files: begin, send part by part, complete, look, give up, download, read a preview."""

import asyncio
from typing import Any

from starlette.responses import Response

from server.api.route import Answer, Await, Made, Nothing, Write, awaits, get_awaiting, post
from server.files import downloads, finishing, previews, uploads
from server.files.inputs import Completion, NewFile, WhichSize
from server.files.partial import Partial
from server.files.policies import MAY_READ_FILE, MAY_UPLOAD
from server.files.present import PreviewView, UploadView, upload
from server.files.uploads import CHUNK
from server.kit.problems import WrongState, invalid


def begin(call: Write[NewFile, Nothing]) -> Made:
    """Begin an upload; its parts follow."""
    row = uploads.begin(call.work, call.actor, call.body, call.company.settings)
    return Made(("file", row.id), upload(row, 0, CHUNK))


def begun(call: Write[NewFile, Nothing], file_id: int) -> UploadView:
    row = uploads.own(call.conn, call.actor, file_id)
    return upload(row, Partial(call.company.data, row.key).received(), CHUNK)


async def send_part(call: Await[Nothing, Nothing]) -> UploadView:
    """Store the part that begins at this byte; what was sent before may come again."""
    row = await _own(call)
    if row.state == "uploading":
        offset = call.id("offset")
        if offset + len(call.raw) > row.size:
            raise invalid("offset", "range", "The file was announced shorter than this.", limit=row.size)
        received = await asyncio.to_thread(Partial(call.company.data, row.key).add, offset, call.raw)
        return upload(row, received, CHUNK)
    return upload(row, row.size, CHUNK)


async def show(call: Await[None, Nothing]) -> UploadView:
    """How far one's own upload is."""
    row = await _own(call)
    return upload(row, await asyncio.to_thread(Partial(call.company.data, row.key).received), CHUNK)


async def complete(call: Await[Completion, Nothing]) -> UploadView:
    """All parts are there: the content is looked at, pictures are made anew."""
    row = await finishing.finish(call.company, call.actor, call.id(), call.body.sha256)
    return upload(row, row.size, CHUNK)


async def cancel(call: Await[None, Nothing]) -> Answer:
    """Give up an upload that hangs on nothing yet."""
    row = await _own(call)
    if not await finishing.throw_away(call.company, row.id, row.key) and row.state == "attached":
        raise WrongState("The file hangs on something already.")
    return Answer()


async def content(call: Await[None, WhichSize]) -> Response:
    """The content of a file that I may read."""
    return await downloads.content(call.company, call.actor, call.id(), call.query, call.request)


async def preview(call: Await[None, Nothing]) -> PreviewView:
    """What is to be read in a document that I may read: words, tables, how many pages."""
    return await previews.words(call.company, call.actor, call.id())


async def page(call: Await[None, Nothing]) -> Response:
    """A page of a PDF as a picture."""
    return await previews.page(call.company, call.actor, call.id(), call.id("page"), call.request)


async def _own(call: Await[Any, Any]) -> Any:
    return await call.company.read(lambda conn: uploads.own(conn, call.actor, call.id()))


_ONE = "/api/files/{id:int}"

ROUTES = [
    post(
        "/api/files",
        MAY_UPLOAD,
        begin,
        again=lambda call, earlier: begun(call, earlier.ref_id),
        output=UploadView,
        body=NewFile,
    ),
    awaits("PUT", f"{_ONE}/chunks/{{offset:int}}", MAY_UPLOAD, send_part, output=UploadView, octets=True),
    awaits("PUT", f"{_ONE}/completion", MAY_UPLOAD, complete, output=UploadView, body=Completion),
    awaits("DELETE", _ONE, MAY_UPLOAD, cancel, status=204),
    get_awaiting(_ONE, MAY_UPLOAD, show, output=UploadView),
    get_awaiting(f"{_ONE}/preview", MAY_READ_FILE, preview, output=PreviewView),
    get_awaiting(f"{_ONE}/pages/{{page:int}}", MAY_READ_FILE, page, output=None),
    get_awaiting(f"{_ONE}/content", MAY_READ_FILE, content, output=None, query=WhichSize),
]
