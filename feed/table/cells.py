"""What is filled into a table, checked by the type of its column. A refusal names the row and the column: «3.金额»."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, select

from feed.table.inputs import MOST_CELL
from feed.table.present import TableColumn
from server.api.inputs import MAX_ID
from server.kit.problems import FieldError, Invalid
from server.kit.text import clean
from server.org.models import Person

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[1-9][0-9]{0,15}")
_SAYS = {
    "number": "write a number such as 12.5.",
    "date": "write a day such as 2026-11-22.",
    "choice": "choose one of what is offered.",
    "person": "choose one of the people.",
    "yes_no": "yes or no.",
}


def checked_rows(
    conn: Connection, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], field: str
) -> list[list[str]]:
    """Raises `Invalid` with every wrong cell as `FIELD[row][column]`, its `at` («3.金额») beside it."""
    people = _people(conn, columns, rows)
    errors: list[FieldError] = []
    found = [
        _row(columns, cells, f"{field}[{number}]", f"{number + 1}.", people, errors)
        for number, cells in enumerate(rows)
    ]
    _must_be_right(errors)
    return found


def checked_row(
    conn: Connection, columns: Sequence[TableColumn], cells: Sequence[str], field: str
) -> list[str]:
    """Raises `Invalid` with every wrong cell as `FIELD[column]`."""
    errors: list[FieldError] = []
    found = _row(columns, cells, field, "", _people(conn, columns, [cells]), errors)
    _must_be_right(errors)
    return found


def _must_be_right(errors: Sequence[FieldError]) -> None:
    if errors:
        raise Invalid(errors[0].detail, errors=tuple(errors[:50]))


def _row(
    columns: Sequence[TableColumn],
    cells: Sequence[str],
    field: str,
    before: str,
    people: Collection[int],
    errors: list[FieldError],
) -> list[str]:
    if len(cells) != len(columns):
        errors.append(FieldError(field, "cell_columns", f"{len(columns)} cells.", {"limit": len(columns)}))
        return []
    found: list[str] = []
    for at, (column, given) in enumerate(zip(columns, cells, strict=True)):
        value, code = _cell(column, given, people)
        if code:
            says = _SAYS.get(code, "please fill this in." if code == "required" else f"{code}.")
            where = f"{before}{column.title}"
            params = {"at": where, "limit": MOST_CELL}
            errors.append(FieldError(f"{field}[{at}]", f"cell_{code}", f"{where}: {says}", params))
        found.append(value)
    if not errors and not any(found):
        errors.append(FieldError(field, "cell_none", "Fill in something.", {"at": before.rstrip(".")}))
    return found


def _cell(column: TableColumn, given: str, people: Collection[int]) -> tuple[str, str]:
    """The cell as it is kept, and what is wrong with it («» for nothing)."""
    try:
        value = clean(given, "cell", limit=MOST_CELL, required=column.required, single_line=True)
    except Invalid as refusal:
        return "", refusal.errors[0].code
    return value, "" if value == "" or _fits(column, value, people) else column.type


def _fits(column: TableColumn, value: str, people: Collection[int]) -> bool:
    match column.type:
        case "number":
            return _NUMBER.fullmatch(value) is not None
        case "date":
            return _is_day(value)
        case "choice":
            return value in column.choices
        case "person":
            return _ID.fullmatch(value) is not None and int(value) in people
        case "yes_no":
            return value in ("yes", "no")
        case "text":
            return True


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        return date.fromisoformat(value).year >= 1900
    except ValueError:
        return False


def people_in(columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]) -> set[int]:
    """Whom these rows name."""
    places = [at for at, column in enumerate(columns) if column.type == "person"]
    named = {cells[at] for cells in rows for at in places if at < len(cells)}
    return {int(one) for one in named if _ID.fullmatch(one) and int(one) <= MAX_ID}


def _people(
    conn: Connection, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]
) -> Collection[int]:
    named = people_in(columns, rows)
    if not named:
        return ()
    return set(conn.execute(select(Person.id).where(Person.id.in_(named))).scalars())
