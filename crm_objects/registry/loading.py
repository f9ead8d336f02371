"""Putting a directory in: kept first, loaded by a job in short turns, asked when it is whole; the one before it goes then."""

import asyncio
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from crm_objects.registry import directory_index
from crm_objects.registry.directory_file import FileRefused, lines
from crm_objects.registry.models import RegistryCompany, RegistryEdition
from crm_objects.registry.provider import Registration
from server.api.uploads import Upload
from server.db.base import table
from server.kit.problems import invalid
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work

JOB, REBUILD = "load_registry", "rebuild_registry"
MAX_BYTES, BATCH, SHOWN = 8 << 20, 1_000, 10
MOST_LINES = 3_000_000
_EDITIONS, _COMPANIES = table(RegistryEdition), table(RegistryCompany)


class EditionView(msgspec.Struct, frozen=True):
    """`state`: queued, loading, ready, failed (`problem`: encoding, no_name_column, empty, not_there, too_long), replaced. `refused`: lines
    without a name."""

    id: int
    file_name: str
    state: str
    rows: int
    refused: int
    problem: str
    created_at: datetime


def editions(conn: Connection) -> list[EditionView]:
    """The newest few."""
    names = [_EDITIONS.c[name] for name in EditionView.__struct_fields__]
    rows = conn.execute(select(*names).order_by(_EDITIONS.c.id.desc()).limit(SHOWN))
    return [EditionView(*row) for row in rows]


def accept(work: Work, actor: Actor, upload: Upload) -> EditionView:
    """The file of an administrator. Raises `Invalid` on an empty one."""
    if not upload.data.strip():
        raise invalid("file", "required", "The file is empty.")
    made = _queue(work, upload.file_name, data=upload.data, created_by=actor.id)
    return next(one for one in editions(work.conn) if one.id == made)


def accept_path(work: Work, args: Mapping[str, str]) -> str:
    """Operator's act: a file on the disk of the server (or of the worker, where jobs run there)."""
    path = Path(args["file"])
    if not path.is_absolute() or not path.is_file():
        raise invalid("file", "not_found", "The whole path of a file on this machine, please.")
    _queue(work, path.name[:200], path=str(path))
    return "Queued: the server loads it in the background, and the directory that is there stays in use meanwhile."


def _queue(work: Work, file_name: str, **more: Any) -> int:
    made = int(
        work.conn.execute(
            insert(_EDITIONS)
            .values(file_name=file_name, state="queued", created_at=work.now, **more)
            .returning(_EDITIONS.c.id)
        ).scalar_one()
    )
    work.enqueue(JOB, {"edition": made}, key=f"{JOB}/{made}")
    work.audit("registry.directory_put", ("registry_edition", made))
    return made


async def load(company: Company, args: dict[str, Any]) -> None:
    """Job: safe to cut anywhere and to begin again."""
    edition = int(args["edition"])
    row = await company.read(
        lambda conn: conn.execute(select(_EDITIONS).where(_EDITIONS.c.id == edition)).first()
    )
    if row is None or row.state not in ("queued", "loading"):
        return
    await _set(company, edition, state="loading")
    await _empty(company, edition)
    try:
        with await asyncio.to_thread(_opened, row) as file:
            rows, refused = await _enter(company, edition, lines(file))
    except (FileRefused, OSError) as error:
        await _empty(company, edition)
        problem = error.code if isinstance(error, FileRefused) else "not_there"
        await _set(company, edition, state="failed", problem=problem, data=None)
        return
    await _set(company, edition, state="ready", rows=rows, refused=refused, data=None)
    await _clear_older(company, edition)


def _opened(row: Any) -> IO[bytes]:
    return Path(row.path).open("rb") if row.path else io.BytesIO(row.data or b"")


async def _enter(company: Company, edition: int, told: Iterator[Registration | None]) -> tuple[int, int]:
    """Raises `FileRefused`."""
    rows = refused = 0
    while batch := await asyncio.to_thread(lambda: list(islice(told, BATCH))):
        named = [one for one in batch if one is not None]
        rows, refused = rows + len(named), refused + len(batch) - len(named)
        if rows > MOST_LINES:
            raise FileRefused("too_long")
        if named:
            await company.write(lambda work, named=named: write(work, edition, named))  # type: ignore[misc]
    if not rows:
        raise FileRefused("empty")
    return rows, refused


def write(work: Work, edition: int, named: list[Registration]) -> None:
    """Lines of an edition, with what they are found by."""
    values = [
        {
            "edition_id": edition,
            "name": one.name,
            "credit_code": one.credit_code,
            "data": msgspec.json.encode(one).decode(),
        }
        for one in named
    ]
    made = work.conn.execute(insert(_COMPANIES).returning(_COMPANIES.c.id, _COMPANIES.c.name), values)
    directory_index.put(work.conn, [(row.id, row.name) for row in made])


async def _set(company: Company, edition: int, **values: Any) -> None:
    def turn(work: Work) -> None:
        work.conn.execute(update(_EDITIONS).where(_EDITIONS.c.id == edition).values(**values))

    await company.write(turn)


async def _clear_older(company: Company, edition: int) -> None:
    older = select(_EDITIONS.c.id).where(_EDITIONS.c.id < edition, _EDITIONS.c.state == "ready")
    for one in await company.read(lambda conn: list(conn.execute(older).scalars())):
        await _set(company, one, state="replaced")
        await _empty(company, one)


async def _empty(company: Company, edition: int) -> None:
    """The lines of an edition go, a batch a turn."""

    def turn(work: Work) -> bool:
        c = _COMPANIES.c
        some = select(c.id).where(c.edition_id == edition).order_by(c.id).limit(BATCH)
        ids = list(work.conn.execute(some).scalars())
        if ids:
            directory_index.remove(work.conn, ids)
            work.conn.execute(delete(_COMPANIES).where(c.id.in_(ids)))
        return bool(ids)

    while (await company.write(turn)).value:
        pass


async def rebuild(company: Company, args: dict[str, Any]) -> None:
    """Job: the index anew from the lines, after a restore; what is in stays in use meanwhile."""
    last = 0

    def turn(work: Work) -> int:
        c = _COMPANIES.c
        some = select(c.id, c.name).where(c.id > last).order_by(c.id).limit(BATCH)
        rows = [(row.id, row.name) for row in work.conn.execute(some)]
        directory_index.remove(work.conn, [id for id, _ in rows])
        directory_index.put(work.conn, rows)
        return rows[-1][0] if rows else 0

    while last := (await company.write(turn)).value:
        pass
