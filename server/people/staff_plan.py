"""What importing a staff list would do, row by row, without doing it. Pure; called by the import, dry run or not.

    sheet → drafts → match → managers → planned rows

Everything that a later step needs is decided here, so that the import only writes what the plan says (W31).
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from server.people.cell_values import DepartmentPath
from server.people.department_heads import assign_heads
from server.people.departments import DepartmentTree
from server.people.drafts import Draft, read_draft
from server.people.headings import Column
from server.people.import_codes import RowError
from server.people.matching import SignInNames, match
from server.people.reporting_lines import assign_managers
from server.people.sheet import Sheet
from server.people.snapshot import Directory, DirectoryDepartment, DirectoryPerson

__all__ = [
    "DepartmentPath",
    "Directory",
    "DirectoryDepartment",
    "DirectoryPerson",
    "ManagerRef",
    "PlannedRow",
    "RowError",
    "StaffValues",
    "new_departments",
    "plan",
]

Outcome = Literal["created", "updated", "unchanged", "refused"]


class ManagerRef(msgspec.Struct, frozen=True):
    """The manager: an existing person, or somebody whom another row of the same list creates. Exactly one is set."""

    person_id: int | None = None
    line: int | None = None


class StaffValues(msgspec.Struct, frozen=True):
    """What the row says. None: the cell is empty, an existing value stays and a new person has none.

    `departments` is the whole list, the main one first, each as names from the root; `heads` are those of them that the person heads.
    """

    name: str = ""
    staff_number: str | None = None
    phone: str | None = None
    email: str | None = None
    title: str | None = None
    departments: tuple[DepartmentPath, ...] | None = None
    manager: ManagerRef | None = None
    heads: tuple[DepartmentPath, ...] | None = None
    kind: str | None = None


class PlannedRow(msgspec.Struct, frozen=True):
    """What one row does. `line` is the sheet's row number, `changed` the fields to set, in `Column` order.

    `person_id` is the person the row is about, also when it is refused; None for somebody new.
    `new_departments` are those that no earlier row has asked for, parents first. Refused rows ask for none.
    """

    line: int
    outcome: Outcome
    person_id: int | None
    values: StaffValues
    changed: tuple[Column, ...] = ()
    new_departments: tuple[DepartmentPath, ...] = ()
    errors: tuple[RowError, ...] = ()


def plan(sheet: Sheet, directory: Directory, *, makes_departments: bool = True) -> list[PlannedRow]:
    """One planned row for every row of the sheet, in its order. Refused rows do not touch the others, except where
    these name them as their manager.

    Unless it `makes_departments`, rows that name a department which is not there are refused.

    Managers may stand further down than their people: write the people first, then the managers.
    """
    drafts = [read_draft(row) for row in sheet.rows]
    taken = SignInNames(directory)
    match(drafts, taken)
    tree = DepartmentTree(directory)
    if not makes_departments:
        _refuse_new_departments(drafts, tree)
    assign_heads(drafts, tree)
    assign_managers(drafts, directory, taken)
    return [_planned(draft, tree) for draft in drafts]


def new_departments(rows: Iterable[PlannedRow]) -> list[DepartmentPath]:
    """Every department that the import would create, parents before children."""
    return [path for row in rows for path in row.new_departments]


def missing_people(rows: Iterable[PlannedRow], directory: Directory) -> list[int]:
    """The employees who work here and whom no row is about, refused ones included."""
    told = {row.person_id for row in rows}
    return [
        person.id
        for person in directory.people
        if person.kind == "employee" and person.state != "left" and person.id not in told
    ]


def _refuse_new_departments(drafts: Iterable[Draft], tree: DepartmentTree) -> None:
    for draft in drafts:
        for path in draft.departments:
            if tree.find(path) is None:
                draft.refuse(Column.DEPARTMENT, "department_unknown", department="/".join(path)[:200])


def _planned(draft: Draft, tree: DepartmentTree) -> PlannedRow:
    person_id = draft.person.id if draft.person is not None else None
    if draft.is_refused:
        return PlannedRow(draft.line, "refused", person_id, _values(draft, tree), errors=tuple(draft.errors))
    new = [path for wanted in draft.departments for path in tree.add(wanted)]
    values = _values(draft, tree)
    if draft.person is None:
        changed = tuple(
            column
            for column, value in _cells(values)
            if value and (column, value) != (Column.KIND, "employee")
        )
        outcome: Outcome = "created"
    else:
        changed = tuple(_changes(draft.person, values, tree))
        outcome = "updated" if changed else "unchanged"
    return PlannedRow(draft.line, outcome, person_id, values, changed, tuple(new))


def _values(draft: Draft, tree: DepartmentTree) -> StaffValues:
    return StaffValues(
        name=draft.name,
        staff_number=draft.staff_number or None,
        phone=draft.phone or None,
        email=draft.email or None,
        title=draft.title or None,
        departments=tuple(map(tree.written, draft.departments)) or None,
        manager=None if draft.manager is None else _manager(draft.manager),
        heads=None if draft.headed is None else tuple(map(tree.written, draft.headed)),
        kind=draft.kind or None,
    )


def _manager(node: int) -> ManagerRef:
    return ManagerRef(person_id=node) if node > 0 else ManagerRef(line=-node)


def _cells(values: StaffValues) -> Sequence[tuple[Column, object]]:
    return (
        (Column.NAME, values.name),
        (Column.STAFF_NUMBER, values.staff_number),
        (Column.PHONE, values.phone),
        (Column.EMAIL, values.email),
        (Column.DEPARTMENT, values.departments),
        (Column.TITLE, values.title),
        (Column.MANAGER, values.manager),
        (Column.HEADS, values.heads),
        (Column.KIND, values.kind),
    )


def _changes(person: DirectoryPerson, values: StaffValues, tree: DepartmentTree) -> Iterable[Column]:
    existing = {
        Column.NAME: person.name,
        Column.STAFF_NUMBER: person.staff_number,
        Column.PHONE: person.phone,
        Column.EMAIL: person.email,
        Column.TITLE: person.title,
        Column.MANAGER: ManagerRef(person.manager_id),
        Column.KIND: person.kind,
    }
    for column, value in _cells(values):
        if value is None:
            continue
        if column is Column.HEADS:
            if {tree.find(path) for path in values.heads or ()} != _headed_then(person, values, tree):
                yield column
        elif column is Column.DEPARTMENT:
            if not _sits_in(person, values, tree):
                yield column
        elif value != existing[column]:
            yield column


def _sits_in(person: DirectoryPerson, values: StaffValues, tree: DepartmentTree) -> bool:
    """In the same departments with the same main one; the order of the others says nothing."""
    ids = [tree.find(path) for path in values.departments or ()]
    return set(ids) == set(person.department_ids) and ids[0] == person.department_ids[0]


def _headed_then(person: DirectoryPerson, values: StaffValues, tree: DepartmentTree) -> set[int]:
    """What the person heads once the row's departments are theirs."""
    if values.departments is None:
        return set(person.heads)
    return set(person.heads) & {tree.find(path) for path in values.departments}
