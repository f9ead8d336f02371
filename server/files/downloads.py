"""Giving out bytes: the right is asked with every request, of what the file hangs on."""

import asyncio
from collections.abc import Sequence
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
from server.kit.module import Module, every
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
    found = readable_among(conn, company.modules, actor, [file_id])
    if not found:
        raise NotFound()
    return found[0]


def readable_among(
    conn: Connection, modules: Sequence[Module], actor: Actor, ids: Sequence[int]
) -> list[Any]:
    """The rows of those files that this person may read now, with what they hang on: one question for each kind of thing."""
    rows = conn.execute(
        select(*FILES.c, FileLink.kind, FileLink.ref_id)
        .outerjoin(FileLink, FileLink.file_id == File.id)
        .where(File.id.in_(ids), File.state.in_(("ready", "attached")))
    ).all()
    things: dict[str, set[int]] = {}
    for row in rows:
        if row.kind is not None:
            things.setdefault(row.kind, set()).add(row.ref_id)
    seen = {
        (one.kind, thing)
        for one in every(modules, Attachable)
        if one.kind in things and one.rule.lets(actor)
        for thing in one.readable(conn, actor, sorted(things[one.kind]))
    }
    return [
        row
        for row in rows
        if (row.owner_id == actor.id if row.kind is None else (row.kind, row.ref_id) in seen)
    ]
