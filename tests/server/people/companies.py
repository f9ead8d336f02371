"""A company in memory that carries out plans, as strictly as the database would."""

from collections.abc import Iterable, Sequence

import msgspec

from server.people.cell_values import DepartmentPath, sign_in_key
from server.people.headings import Column, recognise
from server.people.sheet import Sheet, SheetRow
from server.people.staff_plan import (
    Directory,
    DirectoryDepartment,
    DirectoryPerson,
    ManagerRef,
    PlannedRow,
    new_departments,
    plan,
)
from tests.server.people.files import HEADINGS


def sheet(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Sheet:
    """As `read_sheet` would give it, without a file between."""
    columns = [recognise(heading) for heading in headings]
    return Sheet(
        [
            SheetRow(
                line, {column: cell for column, cell in zip(columns, row, strict=False) if column and cell}
            )
            for line, row in enumerate(rows, start=2)
        ],
        {column: column for column in columns if column},
    )


def plan_rows(
    rows: Iterable[Sequence[str]], directory: Directory | None = None, headings: Sequence[str] = HEADINGS
) -> list[PlannedRow]:
    return plan(sheet(rows, headings), directory or Directory())


def outcomes(rows: Iterable[PlannedRow]) -> list[str]:
    return [row.outcome for row in rows]


def codes(row: PlannedRow) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in row.errors]


def carried_out(rows: Sequence[PlannedRow], directory: Directory) -> Directory:
    """The directory after the import: departments, then people, then managers. Fails where a database would."""
    departments = {department.id: department for department in directory.departments}
    paths = {_path(department, departments): department.id for department in departments.values()}
    for path in new_departments(rows):
        assert path not in paths, f"{path} is there already"
        parent = paths[path[:-1]] if len(path) > 1 else None
        paths[path] = len(departments) + 1001
        departments[paths[path]] = DirectoryDepartment(paths[path], path[-1], parent)
    people = {person.id: person for person in directory.people}
    next_id = max(people, default=0) + 1
    by_line: dict[int, int] = {}
    done = [row for row in rows if row.outcome != "refused"]
    for row in done:
        if row.person_id is None:
            assert row.outcome == "created"
            by_line[row.line] = next_id
            people[next_id] = DirectoryPerson(next_id, row.values.name, state="invited")
            next_id += 1
        else:
            by_line[row.line] = row.person_id
        person_id = by_line[row.line]
        people[person_id] = _changed(people[person_id], row, paths)
    for row in done:
        if Column.MANAGER in row.changed:
            assert row.values.manager is not None
            manager_id = _manager_id(row.values.manager, by_line)
            assert manager_id in people
            people[by_line[row.line]] = msgspec.structs.replace(
                people[by_line[row.line]], manager_id=manager_id
            )
    after = Directory(tuple(people.values()), tuple(departments.values()))
    check(after)
    return after


def check(directory: Directory) -> None:
    """What must hold in every directory: sign-in names are unique, everyone's line of managers ends."""
    keys = [
        sign_in_key(text)
        for person in directory.people
        for text in {sign_in_key(text) for text in (person.staff_number, person.phone, person.email) if text}
    ]
    assert len(keys) == len(set(keys))
    managers = {person.id: person.manager_id for person in directory.people}
    for start in managers:
        seen: set[int] = set()
        step: int | None = start
        while step is not None:
            assert step not in seen, "a circle of managers"
            seen.add(step)
            step = managers[step]


def _changed(person: DirectoryPerson, row: PlannedRow, paths: dict[DepartmentPath, int]) -> DirectoryPerson:
    values = row.values
    for column in row.changed:
        if column is Column.DEPARTMENT:
            assert values.departments is not None
            person = msgspec.structs.replace(
                person, department_ids=tuple(paths[path] for path in values.departments)
            )
        elif column is not Column.MANAGER:
            person = msgspec.structs.replace(person, **{column.value: getattr(values, column.value)})
    return person


def _manager_id(manager: ManagerRef, by_line: dict[int, int]) -> int:
    assert (manager.person_id is None) != (manager.line is None)
    return manager.person_id if manager.person_id is not None else by_line[manager.line or 0]


def _path(department: DirectoryDepartment, departments: dict[int, DirectoryDepartment]) -> DepartmentPath:
    if department.parent_id is None:
        return (department.name,)
    return (*_path(departments[department.parent_id], departments), department.name)
