"""What became of rows, as stored for the administrator. Called by the turns of a staff import."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, insert, update

from server.people.headings import Column
from server.people.import_codes import RowError
from server.people.models import StaffImport, StaffImportRow
from server.people.staff_plan import Outcome, PlannedRow


@dataclass(frozen=True)
class Result:
    """`outcome`, `changed` and `errors` are the plan's unless something happened in between."""

    row: PlannedRow
    outcome: Outcome
    person_id: int | None
    changed: Sequence[Column]
    errors: Sequence[RowError]

    @staticmethod
    def planned(row: PlannedRow) -> "Result":
        return Result(row, row.outcome, row.person_id, row.changed, row.errors)


def store(conn: Connection, import_id: int, results: Sequence[Result], next_line: int) -> None:
    """Rows, sums and progress, in the turn that carried them out."""
    conn.execute(
        insert(StaffImportRow),
        [
            {
                "import_id": import_id,
                "line": result.row.line,
                "outcome": result.outcome,
                "name": result.row.values.name,
                "staff_number": result.row.values.staff_number or "",
                "person_id": result.person_id,
                "changed": as_json(result.changed),
                "errors": as_json(result.errors),
            }
            for result in results
        ],
    )
    count = Counter(result.outcome for result in results)
    conn.execute(
        update(StaffImport)
        .where(StaffImport.id == import_id)
        .values(
            created=StaffImport.created + count["created"],
            updated=StaffImport.updated + count["updated"],
            unchanged=StaffImport.unchanged + count["unchanged"],
            refused=StaffImport.refused + count["refused"],
            next_line=next_line,
            tries=0,
        )
    )


def as_json(values: Sequence[Column] | Sequence[RowError]) -> str:
    return msgspec.json.encode(list(values)).decode()
