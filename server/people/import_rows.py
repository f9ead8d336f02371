"""The next rows of a staff import, carried out in one turn. Called by `import_run` until there are none left.

Imports change the directory one at a time (the lock on the company's row), so what a turn finds right stays right until it commits.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, Row, select

from server.events.envelope import EVERYONE, Event
from server.org.models import Department
from server.people import import_changes
from server.people.departments import DepartmentTree
from server.people.founding import NewPerson, make_departments, make_people
from server.people.import_check import Findings, check
from server.people.import_directory import read_departments
from server.people.import_results import Result, store
from server.people.membership import hold_org
from server.people.models import StaffImport, StaffImportRow
from server.people.present import department_puts, person_puts
from server.people.snapshot import Directory
from server.people.staff_plan import DepartmentPath, ManagerRef, PlannedRow
from server.work.work import Work

# Everybody else's writes wait for a turn, so that it does little: people made or changed, departments made, rows in all.
BATCH: Final = 100
MOST_DEPARTMENTS: Final = 40
MOST_ROWS: Final = 500


def next_batch(work: Work, import_id: int, plan: Sequence[PlannedRow]) -> bool:
    """Carries out the rows from `next_line` on; answers whether there may be more."""
    row = lock(work.conn, import_id)
    if row is None:
        return False
    rows = _from_line(plan, row.next_line, dry_run=row.dry_run)
    if not rows:
        return False
    if row.dry_run:
        results = [Result.planned(one) for one in rows]
    else:
        results = _carry_out(work, import_id, row.created_by, rows)
    store(work.conn, import_id, results, next_line=rows[-1].line + 1)
    return True


def lock(conn: Connection, import_id: int) -> Row[int, bool, int] | None:
    """Until COMMIT no other import changes the directory. None when this import has ended."""
    hold_org(conn)
    return conn.execute(
        select(StaffImport.next_line, StaffImport.dry_run, StaffImport.created_by).where(
            StaffImport.id == import_id, StaffImport.state == "running"
        )
    ).first()


def _from_line(plan: Sequence[PlannedRow], line: int, *, dry_run: bool) -> Sequence[PlannedRow]:
    start = end = bisect_left(plan, line, key=lambda row: row.line)
    people = departments_made = 0
    while (
        end < len(plan) and end - start < MOST_ROWS and people < BATCH and departments_made < MOST_DEPARTMENTS
    ):
        if not dry_run:
            people += plan[end].outcome in ("created", "updated")
            departments_made += len(plan[end].new_departments)
        end += 1
    return plan[start:end]


def _carry_out(work: Work, import_id: int, by: int, rows: Sequence[PlannedRow]) -> list[Result]:
    findings = check(work.conn, by, rows)
    right = [row for row in rows if row.line not in findings and row.outcome != "refused"]
    created = [row for row in right if row.outcome == "created"]
    updated = [row for row in right if row.outcome == "updated"]
    sits_in = _departments(work, by, [*created, *updated])
    ids = make_people(work, [_new_person(row, sits_in) for row in created])
    made = dict(zip([row.line for row in created], ids, strict=True))
    led = {one for row in created for one in import_changes.heads_of(row, sits_in)}
    _known_managers(work, import_id, created, made)
    if updated:
        changed = Event("directory.changed", [EVERYONE], actor=by)
        led |= import_changes.apply(work, changed, updated, sits_in)
        changed.changes = person_puts(work.conn, [import_changes.person_of(row) for row in updated])
        work.record(changed)
    if led:
        work.record(Event("department.changed", [EVERYONE], department_puts(work.conn, led), actor=by))
    return [_result(row, findings, made) for row in rows]


def _result(row: PlannedRow, findings: Findings, made: Mapping[int, int]) -> Result:
    if row.line in findings:
        return Result(row, "refused", row.person_id, (), findings[row.line])
    return Result(row, row.outcome, made.get(row.line, row.person_id), row.changed, row.errors)


def _departments(work: Work, by: int, rows: Sequence[PlannedRow]) -> Mapping[DepartmentPath, int]:
    """Path → id of everything the rows name; what is missing is made and told."""
    wanted = {path for row in rows for path in (*(row.values.departments or ()), *(row.values.heads or ()))}
    if not wanted:
        return {}
    tree = DepartmentTree(Directory(departments=read_departments(work.conn)))
    found = {path: tree.find(path) for path in wanted}
    missing = sorted(path for path, department_id in found.items() if department_id is None)
    if not missing:
        return {path: department_id for path, department_id in found.items() if department_id is not None}
    before = set(work.conn.execute(select(Department.id)).scalars())
    made = make_departments(work, [tree.written(path) for path in missing])
    fresh = set(made.values()) - before
    work.record(Event("department.changed", [EVERYONE], department_puts(work.conn, fresh), actor=by))
    return {path: department_id or made[tree.written(path)] for path, department_id in found.items()}


def _new_person(row: PlannedRow, sits_in: Mapping[DepartmentPath, int]) -> NewPerson:
    values = row.values
    return NewPerson(
        values.name,
        values.staff_number or "",
        values.phone or "",
        values.email or "",
        values.title or "",
        import_changes.departments_of(row, sits_in),
        kind=values.kind or "employee",
        heads=import_changes.heads_of(row, sits_in),
    )


def _known_managers(
    work: Work, import_id: int, created: Sequence[PlannedRow], made: Mapping[int, int]
) -> None:
    """Managers who are there already. Those further down follow when all people are (`import_lines`)."""
    wanted = [(row, row.values.manager) for row in created if row.values.manager is not None]
    earlier = _made_earlier(work.conn, import_id, [manager for _, manager in wanted])
    pairs = []
    for row, manager in wanted:
        manager_id = manager.person_id or made.get(manager.line or 0) or earlier.get(manager.line or 0)
        if manager_id is not None:
            pairs.append((made[row.line], manager_id))
    import_changes.set_managers(work, pairs)


def _made_earlier(conn: Connection, import_id: int, managers: Sequence[ManagerRef]) -> Mapping[int, int]:
    """Line → person, of earlier turns."""
    lines = {manager.line for manager in managers if manager.line is not None}
    if not lines:
        return {}
    found = conn.execute(
        select(StaffImportRow.line, StaffImportRow.person_id).where(
            StaffImportRow.import_id == import_id,
            StaffImportRow.line.in_(lines),
            StaffImportRow.outcome == "created",
        )
    )
    return {row.line: row.person_id for row in found if row.person_id is not None}
