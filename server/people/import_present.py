"""The only row → JSON of staff imports and their lines."""

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from server.kit.problems import FieldError

ROWS_KEPT = timedelta(days=90)
State = Literal["queued", "running", "done", "failed"]
Outcome = Literal["created", "updated", "unchanged", "refused"]


class ImportProblem(msgspec.Struct, frozen=True):
    """Why the whole file was refused. `params` are the values that the client's translated sentence names."""

    code: str
    detail: str
    params: dict[str, str | int] = {}


class StaffImportView(msgspec.Struct, frozen=True):
    """`total` is 0 until the file was read; `done` counts the rows that are dealt with.

    `new_departments` are the first few hundred paths of `new_department_count`; a list with `departments: refuse` makes none.
    `missing` counts the employees whom no row is about. Rows and missing people are kept until `rows_until`.
    """

    id: int
    state: State
    dry_run: bool
    file_name: str
    total: int
    done: int
    created: int
    updated: int
    unchanged: int
    refused: int
    problem: ImportProblem | None
    links_shown: bool
    created_by: int
    created_at: datetime
    departments: Literal["create", "refuse"]
    new_departments: list[str]
    new_department_count: int
    missing: int
    rows_until: datetime


class ImportRowView(msgspec.Struct, frozen=True):
    """`row` is the line in the sheet. Errors of a row that is not refused tell what could not be done with it in the end."""

    row: int
    outcome: Outcome
    name: str
    staff_number: str
    person_id: int | None
    changed: list[str]
    errors: list[FieldError]


class ImportLink(msgspec.Struct, frozen=True):
    """Shown once; only its hash is kept. `mailed`: also on its way to the person's address."""

    person_id: int
    name: str
    staff_number: str
    link: str
    mailed: bool = False


class ImportLinks(msgspec.Struct, frozen=True):
    items: list[ImportLink]
    expires_at: datetime


def staff_import(row: Any) -> StaffImportView:
    """From a row of `imports.SHOWN`."""
    return StaffImportView(
        row.id,
        row.state,
        row.dry_run,
        row.file_name,
        row.total,
        row.created + row.updated + row.unchanged + row.refused,
        row.created,
        row.updated,
        row.unchanged,
        row.refused,
        msgspec.json.decode(row.problem, type=ImportProblem) if row.problem else None,
        row.links_shown_at is not None,
        row.created_by,
        row.created_at,
        "create" if row.makes_departments else "refuse",
        msgspec.json.decode(row.new_departments, type=list[str]),
        row.new_department_count,
        row.missing,
        row.created_at + ROWS_KEPT,
    )


def import_row(row: Any) -> ImportRowView:
    return ImportRowView(
        row.line,
        row.outcome,
        row.name,
        row.staff_number,
        row.person_id,
        msgspec.json.decode(row.changed, type=list[str]),
        msgspec.json.decode(row.errors, type=list[FieldError]),
    )
