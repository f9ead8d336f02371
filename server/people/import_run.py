"""The job behind a staff import: read the file, plan, then carry the plan out in short turns.

    queued → running: read + plan (off the loop and outside any turn) → rows, at most `BATCH` a turn → managers → done

The plan is stored in one statement before its first row is carried out, and every turn takes the next rows from the stored state.
So the job may be cut anywhere, started again, even run twice at once: each row is carried out once, and as first planned.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.audit.trace import Trace
from server.people import import_lines, import_rows
from server.people.cell_values import MAX_LEVELS, department_key, department_paths
from server.people.import_codes import SheetRefused
from server.people.import_directory import read_directory
from server.people.import_present import ImportProblem
from server.people.models import StaffImport, StaffImportMissing
from server.people.sheet import Column, Sheet, read_sheet
from server.people.snapshot import Directory
from server.people.staff_plan import DepartmentPath, PlannedRow, missing_people, new_departments, plan
from server.work.company import Company
from server.work.work import Work

T = TypeVar("T")
TIME_LIMIT: Final = 30.0
MAX_NEW_DEPARTMENTS: Final = 5_000
SHOWN_DEPARTMENTS: Final = 300
# Starts without progress: a file that takes the server down must not do so for ever.
MAX_TRIES: Final = 4

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[PlannedRow])


@dataclass(frozen=True)
class Begun:
    """What is there to go on with: the file while nothing is planned, the plan afterwards."""

    file_name: str
    data: bytes | None
    plan: bytes | None
    by: int
    makes_departments: bool


@dataclass(frozen=True)
class Planned:
    """A fresh plan, ready to be kept: its rows, the same encoded, the departments it makes, the employees it leaves out."""

    rows: list[PlannedRow]
    encoded: bytes
    departments: list[DepartmentPath]
    missing: list[int]


async def run(company: Company, args: dict[str, Any]) -> None:
    """Carries the import as far as it goes. An import that ended is left alone."""
    import_id = int(args["import"])
    if not (await company.write(partial(_begin, import_id=import_id))).value:
        return
    begun = await company.read(partial(_begun, import_id=import_id))
    try:
        rows = await _rows(company, import_id, begun)
    except SheetRefused as refusal:
        await company.write(partial(_fail, import_id=import_id, refusal=refusal))
        return
    batch_of_rows = partial(import_rows.next_batch, import_id=import_id, plan=rows)
    while await _write_twice(company, _traced(begun.by, batch_of_rows)):
        pass
    waiting = await company.read(partial(import_lines.waiting, import_id=import_id, plan=rows))
    for batch in waiting:
        managers = partial(import_lines.set_managers, import_id=import_id, wanted=batch)
        await _write_twice(company, _traced(begun.by, managers))
    await company.write(_traced(begun.by, partial(_finish, import_id=import_id)))


def _traced(by: int, turn: Callable[[Work], T]) -> Callable[[Work], T]:
    """The job works for whoever sent the file, and the audit names them."""

    def traced(work: Work) -> T:
        work.trace = Trace(actor_id=by)
        return turn(work)

    return traced


def _begin(work: Work, import_id: int) -> bool:
    """Counts the start; answers whether there is anything to do."""
    started = work.conn.execute(
        update(StaffImport)
        .where(StaffImport.id == import_id, StaffImport.state.in_(("queued", "running")))
        .values(state="running", tries=StaffImport.tries + 1)
        .returning(StaffImport.tries)
    ).scalar()
    if started is not None and started > MAX_TRIES:
        _fail(work, import_id, SheetRefused("interrupted"))
        return False
    return started is not None


def _begun(conn: Connection, import_id: int) -> Begun:
    row = conn.execute(
        select(
            StaffImport.file_name,
            StaffImport.data,
            StaffImport.plan,
            StaffImport.created_by,
            StaffImport.makes_departments,
        ).where(StaffImport.id == import_id)
    ).one()
    return Begun(row.file_name, row.data, row.plan, row.created_by, row.makes_departments)


async def _rows(company: Company, import_id: int, begun: Begun) -> Sequence[PlannedRow]:
    """The stored plan; a new one is stored first. Raises `SheetRefused`."""
    if begun.plan is None and begun.data is not None:
        directory = await company.read(read_directory)
        made = await _off_the_loop(partial(_planned, begun, directory))
        if (await company.write(partial(_keep_plan, import_id=import_id, planned=made))).value:
            return made.rows
        # Another runner was faster: what is stored counts.
        begun = await company.read(partial(_begun, import_id=import_id))
    return _decoder.decode(begun.plan) if begun.plan is not None else []


def _planned(begun: Begun, directory: Directory) -> Planned:
    sheet = read_sheet(begun.data or b"", begun.file_name)
    known = len(directory.departments)
    _refuse_many(_departments_named(sheet, at_most=known + 2 * MAX_NEW_DEPARTMENTS) - known)
    rows = plan(sheet, directory, makes_departments=begun.makes_departments)
    departments = new_departments(rows)
    _refuse_many(len(departments))
    return Planned(rows, _encoder.encode(rows), departments, missing_people(rows, directory))


def _departments_named(sheet: Sheet, at_most: int) -> int:
    """How many, or a little more than `at_most`: a list of nonsense names millions, which nobody should plan."""
    found: set[DepartmentPath] = set()
    for cell in {row.cells.get(Column.DEPARTMENT, "") for row in sheet.rows}:
        for path in department_paths(cell):
            keys = tuple(map(department_key, path[:MAX_LEVELS]))
            found.update(keys[:depth] for depth in range(1, len(keys) + 1))
        if len(found) > at_most:
            break
    return len(found)


def _refuse_many(count: int) -> None:
    if count > MAX_NEW_DEPARTMENTS:
        raise SheetRefused("too_many_new_departments", count=count, limit=MAX_NEW_DEPARTMENTS)


async def _off_the_loop(work: Callable[[], T]) -> T:
    """On a thread, so that others are served meanwhile. What takes too long is given up (the caps of `spreadsheet` end it)."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(work), TIME_LIMIT)
    except TimeoutError:
        raise SheetRefused("too_slow", limit=int(TIME_LIMIT)) from None


def _keep_plan(work: Work, import_id: int, planned: Planned) -> bool:
    """The file is not needed any more. The first plan stands; answers whether it is this one."""
    kept = work.conn.execute(
        update(StaffImport)
        .where(StaffImport.id == import_id, StaffImport.state == "running", StaffImport.plan.is_(None))
        .values(
            plan=planned.encoded,
            total=len(planned.rows),
            data=None,
            tries=0,
            new_departments=msgspec.json.encode(
                ["/".join(path) for path in planned.departments[:SHOWN_DEPARTMENTS]]
            ).decode(),
            new_department_count=len(planned.departments),
            missing=len(planned.missing),
        )
    )
    if kept.rowcount == 1 and planned.missing:
        work.conn.execute(
            insert(StaffImportMissing),
            [{"import_id": import_id, "person_id": person_id} for person_id in planned.missing],
        )
    return kept.rowcount == 1


async def _write_twice(company: Company, turn: Callable[[Work], T]) -> T:
    """Once more when somebody else took a sign-in name between our look and our insert: the second look sees it."""
    try:
        return (await company.write(turn)).value
    except IntegrityError:
        return (await company.write(turn)).value


def _fail(work: Work, import_id: int, refusal: SheetRefused) -> None:
    problem = ImportProblem(refusal.code, refusal.detail, refusal.params)
    _end(work, import_id, "failed", msgspec.json.encode(problem).decode())


def _finish(work: Work, import_id: int) -> None:
    _end(work, import_id, "done", None)


def _end(work: Work, import_id: int, state: str, problem: str | None) -> None:
    """Neither the file nor the plan is kept."""
    ended = work.conn.execute(
        update(StaffImport)
        .where(StaffImport.id == import_id, StaffImport.state == "running")
        .values(state=state, problem=problem, data=None, plan=None)
        .returning(
            StaffImport.dry_run,
            StaffImport.created,
            StaffImport.updated,
            StaffImport.unchanged,
            StaffImport.refused,
        )
    ).first()
    if ended is not None and not ended.dry_run:
        sums = {name: getattr(ended, name) for name in ("created", "updated", "unchanged", "refused")}
        work.audit("import.carried_out", ("staff_import", import_id), state=state, **sums)
