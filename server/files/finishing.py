"""The end of an upload: whole? as sent? really what we take? Pictures are made anew, and then it is ready to be attached."""

import asyncio
import hashlib
import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import update

from server.files import names, telling
from server.files.forms import PICTURES
from server.files.models import File
from server.files.partial import Partial
from server.files.refused import Refused
from server.files.storage import Storage, storage_of
from server.files.uploads import FILES, forget_key, give_up, own
from server.images.workshop import Workshop
from server.kit.problems import Invalid, NotFound, Unavailable, WrongState, invalid
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work

MOST_PICTURE = 40 << 20
THUMB, LARGE = 320, 1600


@dataclass(frozen=True)
class Kept:
    """What lies in the storage now."""

    form: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None


async def finish(company: Company, actor: Actor, file_id: int, sha256: str) -> Any:
    """The row, ready. Raises `Invalid` (why it is not taken; then it is gone), `WrongState` with `received`, `NotFound`."""
    row = await company.read(lambda conn: own(conn, actor, file_id))
    if row.state != "uploading":
        return row
    partial = Partial(company.data, row.key)
    if await asyncio.to_thread(partial.received) != row.size:
        raise WrongState("Parts of the file are still missing.", received=partial.received())
    with partial.alone() as handle:
        if sha256 and (await asyncio.to_thread(_measured, partial.path))[1] != sha256:
            os.ftruncate(handle, 0)
            raise invalid("sha256", "mismatch", "The file arrived otherwise than it was sent. Send it again.")
        try:
            kept = await _keep(company, row.key, partial.path)
        except (Refused, Invalid) as error:
            await throw_away(company, row.id, row.key)
            raise error.as_problem() if isinstance(error, Refused) else error from error
        try:
            await company.write(lambda work: _ready(work, row, kept))
        except NotFound:  # given up meanwhile: what was just kept would lie there for ever
            await asyncio.to_thread(remove_bytes, company, row.key)
            raise
        partial.remove()
    return await company.read(lambda conn: own(conn, actor, file_id))


async def _keep(company: Company, key: str, source: Path) -> Kept:
    form = await asyncio.to_thread(_form_of, source)
    if form in PICTURES:
        return await _keep_picture(company.images, storage_of(company.settings), key, source)
    await asyncio.to_thread(storage_of(company.settings).keep, key, "full", source)
    size, digest = await asyncio.to_thread(_measured, source)
    return Kept(form, size, digest)


def _form_of(source: Path) -> str:
    form = telling.form_of(source)
    if form in PICTURES and source.stat().st_size > MOST_PICTURE:
        raise Refused("too_large")
    return form


async def _keep_picture(workshop: Workshop, storage: Storage, key: str, source: Path) -> Kept:
    """What is kept of a picture is only what we encoded ourselves, in three sizes."""
    with ExitStack() as open_files, source.open("rb") as original:
        full, large, thumb = [
            open_files.enter_context(tempfile.NamedTemporaryFile(dir=source.parent)) for _ in range(3)
        ]
        made = await workshop.scaled(original, full, {LARGE: large, THUMB: thumb}, "file")
        for size, file in (("full", full), ("large", large), ("thumb", thumb)):
            await asyncio.to_thread(storage.keep, key, size, Path(file.name))
        length, digest = await asyncio.to_thread(_measured, Path(full.name))
        return Kept(made.format, length, digest, made.width, made.height)


def _ready(work: Work, row: Any, kept: Kept) -> None:
    """Raises `NotFound` where it was given up meanwhile."""
    done = work.conn.execute(
        update(FILES)
        .where(File.id == row.id, File.state == "uploading")
        .values(
            state="ready",
            name=names.fitting(row.name, kept.form),
            form=kept.form,
            size=kept.size,
            sha256=kept.sha256,
            width=kept.width,
            height=kept.height,
        )
    )
    if not done.rowcount:
        raise NotFound()


async def throw_away(company: Company, file_id: int, key: str) -> bool:
    """Gone first, then its bytes: a kill in between, or a storage that is away, leaves a row that the sweep finds."""
    if not (await company.write(lambda work: give_up(work, file_id))).value:
        return False
    try:
        await asyncio.to_thread(remove_bytes, company, key)
    except Unavailable:
        return True
    await company.write(lambda work: forget_key(work, file_id))
    return True


def remove_bytes(company: Company, key: str) -> None:
    Partial(company.data, key).remove()
    storage_of(company.settings).remove(key)


def _measured(path: Path) -> tuple[int, str]:
    """Length and SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest
