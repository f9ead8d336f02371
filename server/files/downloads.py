"""Giving out bytes: the right is asked with every request, of what the file hangs on."""

import asyncio
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from server.files import names
from server.files.attachable import Attachable
from server.files.forms import FORMS
from server.files.giving import given
from server.files.inputs import WhichSize
from server.files.models import File, FileLink
from server.files.storage import storage_of
from server.files.uploads import FILES
from server.kit.module import every
from server.kit.problems import NotFound
from server.permissions.actor import Actor
from server.work.company import Company

# Kept by the browser, but asked for every time: who may no longer read it gets no «not changed».
CACHED = "private, no-cache"
# A document of its own, without scripts, forms and everything else, should a browser ever take it for a page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; object-src 'self'; frame-ancestors 'none'; form-action 'none'"


async def content(
    company: Company, actor: Actor, file_id: int, asked: WhichSize, request: Request
) -> Response:
    """The bytes, a part of them (Range), or «not changed». Raises `NotFound` for who may not read it."""
    row = await company.read(lambda conn: readable(conn, company, actor, file_id))
    form = FORMS[row.form]
    size = asked.size if form.kind == "picture" else "full"
    storage = storage_of(company.settings)
    path = await asyncio.to_thread(storage.path, row.key, size)
    small = size != "full"
    headers = {
        "Cache-Control": CACHED,
        "ETag": f'"{row.sha256[:32]}-{size}"',
        "Content-Security-Policy": POLICY,
        "Content-Disposition": names.disposition(
            names.fitting(row.name, "webp") if small else row.name, inline=form.inline and not asked.download
        ),
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    media_type = "image/webp" if small else form.media_type
    if path is not None:
        return FileResponse(path, headers=headers, media_type=media_type)
    return await given(storage, row.key, size, request.headers, headers, media_type)


def readable(conn: Connection, company: Company, actor: Actor, file_id: int) -> Any:
    """The row of a file that this person may read now. Raises `NotFound`."""
    row = conn.execute(
        select(*FILES.c, FileLink.kind, FileLink.ref_id)
        .outerjoin(FileLink, FileLink.file_id == File.id)
        .where(File.id == file_id, File.state.in_(("ready", "attached")))
    ).first()
    if row is None:
        raise NotFound()
    if row.kind is None:
        if row.owner_id != actor.id:
            raise NotFound()
        return row
    for thing in every(company.modules, Attachable):
        if thing.kind == row.kind and thing.rule.lets(actor) and thing.readable(conn, actor, [row.ref_id]):
            return row
    raise NotFound()
