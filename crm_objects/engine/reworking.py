"""What was stored by an earlier formula is worked out again: after an upgrade that declares another one (`Formula.version`, its inputs, the
field's form, what stages are worth), or a new field with one. A restored backup is gone through as well.

It is nobody's act, so it leaves no line in the history and does not move `updated_at`. But a record whose value is another has another
version, and says so: a version names one content, in what cards showed (N3) and to every page that is open."""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from crm_objects.engine import events, walking, working_out
from crm_objects.engine.formula import PROBABILITY
from crm_objects.engine.models import WorkedOut
from crm_objects.engine.record_type import RecordType, kinds_of
from server.db.base import table
from server.work.company import Company
from server.work.work import Work

EACH = 200
_PLACES = table(WorkedOut)


async def rework(company: Company, args: dict[str, Any]) -> None:
    """Job: nothing to do where nothing changed; goes on where it was cut."""
    kinds = [kind for kind in kinds_of(company.modules).values() if working_out.has_formulas(kind)]
    for kind in kinds:
        if await company.read(partial(is_whole, kind=kind)):
            continue
        while (await company.write(partial(_turn, kind=kind))).value:
            pass


def is_whole(conn: Connection, kind: RecordType) -> bool:
    """Whether every record of this kind holds what today's formulas say."""
    filled = conn.execute(select(_PLACES.c.filled).where(_PLACES.c.kind == kind.kind)).scalar()
    return filled == declared(kind)


def declared(kind: RecordType) -> str:
    """Another text whenever a formula of this kind may say something else."""
    said: list[Any] = []
    for one in kind.fields:
        if one.formula is not None:
            form = [str(getattr(one, name, "")) for name in ("decimals", "negative", "max_length")]
            said.append([one.name, one.type, *form, one.formula.version, one.formula.of])
            if PROBABILITY in one.formula.of:
                said.append([[stage.code, stage.probability] for stage in kind.stages])
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _turn(work: Work, kind: RecordType) -> bool:
    """The next few records; answers whether there are more."""
    return walking.turn(work, _PLACES, kind, declared(kind), EACH, lambda some: _equal(work, kind, some))


def _equal(work: Work, kind: RecordType, records: Sequence[Any]) -> None:
    """Also what was merged into another, which may be a record again; nobody shows it meanwhile."""
    t = kind.table
    for row in records:
        values = row._mapping
        others = {
            name: value for name, value in working_out.all_of(kind, values).items() if value != values[name]
        }
        if others and row.merged_into is None:
            others["version"] = row.version + 1
            events.tell(work, kind, row.id, row.version + 1, None)
        if others:
            work.conn.execute(update(t).where(t.c.id == row.id).values(**others))
