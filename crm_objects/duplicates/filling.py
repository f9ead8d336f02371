"""Keys of what was there before: after an upgrade or a restore, with another key of the server, with another field among a kind's keys.

A job walks through the records of each kind in short turns, each with its place in the same commit. Until it has been through once, what
is hard is looked for in the records' own columns too, so no moment lets one slip in."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, tuple_

from crm_objects.duplicates.forms import VERSION
from crm_objects.duplicates.hashes import KEYS, fields_of, rows_of, valued
from crm_objects.duplicates.models import IdentityFill
from crm_objects.engine import walking
from crm_objects.engine.record_type import RecordType, kinds_of
from crm_objects.engine.shape import Shape, shape_of
from server.db.base import table
from server.secrets.box import Secrets
from server.work.company import Company
from server.work.work import Work

EACH = 500
_FILLS = table(IdentityFill)


def is_whole(conn: Connection, kind: RecordType, secrets: Secrets) -> bool:
    """Whether every record of this kind has keys in today's form with one of today's server keys."""
    filled = str(conn.execute(select(_FILLS.c.filled).where(_FILLS.c.kind == kind.kind)).scalar() or "")
    form, _, rest = filled.partition(" ")
    return form == VERSION and bool(set(rest.partition(" ")[0].split(",")) & set(secrets.ids))


async def fill(company: Company, args: dict[str, Any]) -> None:
    """Job: nothing to do where nothing changed; goes on where it was cut."""
    for name in [name for name, kind in kinds_of(company.modules).items() if kind.keys]:
        while (await company.write(lambda work, name=name: _turn(work, name))).value:  # type: ignore[misc]
            pass


def _turn(work: Work, name: str) -> bool:
    """The next few records of a kind; answers whether there are more."""
    kind, secrets = kinds_of(work.company.modules)[name], work.company.secrets
    shape = shape_of(work.conn, kind)
    return walking.turn(
        work,
        _FILLS,
        kind,
        _with(shape, secrets),
        EACH,
        lambda some: _equal(work.conn, shape, secrets, some),
        kind.table.c.merged_into.is_(None),
    )


def _with(shape: Shape, secrets: Secrets) -> str:
    """With what the keys are made: the form, the server's keys, and which fields belong to what."""
    fields = [f"{key.name}:{'+'.join(fields_of(shape, key))}" for key in shape.kind.keys]
    return f"{VERSION} {','.join(secrets.ids)} {' '.join(fields)}"[:1000]


def _equal(conn: Connection, shape: Shape, secrets: Secrets, records: Sequence[Any]) -> None:
    """The rows of these records, which are locked: what is missing is written, what does not belong goes."""
    kind = shape.kind.kind
    wanted: dict[tuple[str, bytes, int], dict[str, Any]] = {}
    for row in records:
        values = valued(shape, secrets, shape.stored(row, msgspec.json.decode(row.custom)))
        for (field, hashed), made in rows_of(kind, row.id, values, ()).items():
            wanted[field, hashed, row.id] = made
    c = KEYS.c
    mine = (c.kind == kind, c.record_id.in_([row.id for row in records]))
    there = {tuple(row) for row in conn.execute(select(c.field, c.hash, c.record_id).where(*mine))}
    extra = sorted(there - set(wanted))
    if extra:
        for at in range(0, len(extra), EACH):
            part = extra[at : at + EACH]
            conn.execute(delete(KEYS).where(*mine, tuple_(c.field, c.hash, c.record_id).in_(part)))
    missing = [wanted[one] for one in sorted(set(wanted) - there)]
    if missing:
        conn.execute(insert(KEYS), missing)
