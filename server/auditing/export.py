"""The log as a CSV file of any length: read and sent in chunks, oldest chunk never waiting for the newest."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from server.auditing.reading import ENTRIES, AuditFilter, conditions, rows_of
from server.org.models import Person
from server.work.company import Company

CHUNK = 1_000
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
HEADINGS = (
    "number", "at", "act", "actor_id", "actor", "behalf_id", "behalf", "object_kind", "object_id", "reason", "details",
    "address", "device", "seq", "sealed", "hash",
)  # fmt: skip


def count(conn: Connection, wanted: AuditFilter) -> int:
    """How many entries the export will hold. Raises `Invalid`, as long as nothing has been sent."""
    return int(
        conn.execute(select(func.count()).select_from(ENTRIES).where(*conditions(wanted))).scalar_one()
    )


async def lines(company: Company, wanted: AuditFilter, below: int | None) -> AsyncIterator[bytes]:
    """UTF-8 with a byte order mark, so that spreadsheets read Chinese; newest first, entries below the id `below`."""
    yield (BOM + written([HEADINGS])).encode()
    while True:
        before = below
        rows = await company.read(lambda conn: _chunk(conn, wanted, before))  # noqa: B023
        if not rows:
            return
        yield written(rows).encode()
        below = rows[-1][0]


def _chunk(conn: Connection, wanted: AuditFilter, before: int | None) -> list[list[Any]]:
    rows = rows_of(conn, wanted, CHUNK, before)
    people = {one for row in rows for one in (row.actor_id, row.behalf_id) if one is not None}
    found = conn.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    names: dict[int | None, str] = {row.id: row.name for row in found}
    return [
        [
            row.id,
            row.at.isoformat(timespec="seconds"),
            row.act,
            row.actor_id,
            names.get(row.actor_id, ""),
            row.behalf_id,
            names.get(row.behalf_id, ""),
            row.object_kind,
            row.object_id,
            row.reason,
            row.details,
            row.address,
            row.device,
            row.seq,
            row.sealed,
            row.hash,
        ]
        for row in rows
    ]


def written(rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if (isinstance(cell, str) and cell.lstrip()[:1] in {"=", "+", "-", "@"}) or str(cell)[:1] in {"\t", "\r"}:
        return f"'{cell}"
    return cell
