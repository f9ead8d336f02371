"""Whether planned rows are still right: between plan and turn somebody else may have changed the directory. Called in the turn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from server.org.models import Person, SignInName
from server.people.cell_values import sign_in_key
from server.people.headings import IDENTIFIERS, Column
from server.people.import_codes import ROW, RowError, row_error
from server.people.staff_plan import PlannedRow
from server.permissions import roles

Findings = Mapping[int, Sequence[RowError]]


def check(conn: Connection, by: int, rows: Sequence[PlannedRow]) -> Findings:
    """Line → why the row cannot be carried out any more; lines that can are left out."""
    changing = [row for row in rows if row.outcome in ("created", "updated")]
    owners = _owners(conn, {key for row in changing for _, key in _keys(row)})
    states = _states(conn, {row.person_id for row in changing if row.person_id is not None})
    guarded = set() if roles.holds(conn, by, "roles.edit") else roles.holders(conn, "roles.edit")
    findings: dict[int, list[RowError]] = defaultdict(list)
    for row in changing:
        if row.person_id is not None and states.get(row.person_id, "left") == "left":
            findings[row.line].append(row_error(ROW, "person_left"))
            continue
        touched = [column for column in (*IDENTIFIERS, Column.KIND) if column in row.changed]
        if row.person_id in guarded and touched:
            findings[row.line].append(row_error(touched[0], "protected"))
            continue
        if row.person_id == by and Column.KIND in row.changed:
            findings[row.line].append(row_error(Column.KIND, "oneself"))
            continue
        for column, key in _keys(row):
            owner = owners.get(key)
            if owner is not None and owner != row.person_id:
                findings[row.line].append(row_error(column, "sign_in_name_taken"))
            elif owner is None and column not in row.changed:
                findings[row.line].append(row_error(column, "changed_meanwhile"))
    return findings


def _keys(row: PlannedRow) -> Iterable[tuple[Column, str]]:
    values = row.values
    for column, text in zip(IDENTIFIERS, (values.staff_number, values.phone, values.email), strict=True):
        if text:
            yield column, sign_in_key(text)


def _owners(conn: Connection, keys: set[str]) -> Mapping[str, int]:
    found = conn.execute(select(SignInName.name, SignInName.person_id).where(SignInName.name.in_(keys)))
    return {row.name: row.person_id for row in found}


def _states(conn: Connection, ids: set[int]) -> Mapping[int, str]:
    found = conn.execute(select(Person.id, Person.state).where(Person.id.in_(ids)))
    return {row.id: row.state for row in found}
