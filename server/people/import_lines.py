"""The second pass of a staff import: managers who stand further down in the list, and those of people who were there before.

Set from the top downwards, so that no turn leaves a circle behind. Called by `import_run` when all people are there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select, update

from server.events.envelope import EVERYONE, Event
from server.org.models import Person
from server.people import import_changes
from server.people.headings import Column
from server.people.import_codes import RowError, row_error
from server.people.import_results import as_json
from server.people.import_rows import BATCH, lock
from server.people.models import StaffImport, StaffImportRow
from server.people.present import person_puts
from server.people.staff_plan import PlannedRow
from server.work.work import Work

_SHOWN_CHAIN = 10


@dataclass(frozen=True)
class Wanted:
    """`manager_id` None: the manager's own row was refused while the import ran; it is `manager_line`."""

    line: int
    person_id: int
    manager_id: int | None
    manager_line: int


def waiting(conn: Connection, import_id: int, plan: Sequence[PlannedRow]) -> list[list[Wanted]]:
    """Whose manager is not set yet, managers before their people, in slices of one turn each."""
    people = _people_told(conn, import_id)
    lines = {row.id: row.manager_id for row in conn.execute(select(Person.id, Person.manager_id))}
    wanted: dict[int, Wanted] = {}
    for row in plan:
        manager = row.values.manager
        if row.line not in people or manager is None or Column.MANAGER not in row.changed:
            continue
        person_id, sets_manager = people[row.line]
        manager_id = manager.person_id or people.get(manager.line or 0, (None, False))[0]
        if sets_manager and (manager_id is None or lines[person_id] != manager_id):
            wanted[person_id] = Wanted(row.line, person_id, manager_id, manager.line or 0)
    ordered = list(_from_the_top(wanted))
    return [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]


def _people_told(conn: Connection, import_id: int) -> Mapping[int, tuple[int, bool]]:
    """Line → the person made or changed, and whether the row still sets a manager."""
    found = conn.execute(
        select(StaffImportRow.line, StaffImportRow.person_id, StaffImportRow.changed).where(
            StaffImportRow.import_id == import_id,
            StaffImportRow.outcome.in_(("created", "updated")),
            StaffImportRow.person_id.is_not(None),
        )
    )
    return {row.line: (row.person_id, Column.MANAGER in msgspec.json.decode(row.changed)) for row in found}


def _from_the_top(wanted: Mapping[int, Wanted]) -> Iterator[Wanted]:
    passed: set[int] = set()
    for start in wanted:
        upwards: list[Wanted] = []
        person: int | None = start
        while person is not None and person in wanted and person not in passed:
            passed.add(person)
            upwards.append(wanted[person])
            person = wanted[person].manager_id
        yield from reversed(upwards)


def set_managers(work: Work, import_id: int, wanted: Sequence[Wanted]) -> None:
    """One slice. What became impossible since the plan is told in the row."""
    running = lock(work.conn, import_id)
    if running is None:
        return
    company = _Lines(work.conn)
    pairs = []
    for one in wanted:
        if one.manager_id is not None and company.manager[one.person_id] == one.manager_id:
            continue  # a twin of this job was faster
        error = company.error_of(one)
        if error is not None:
            _tell(work.conn, import_id, one.line, error)
        elif one.manager_id is not None:
            company.manager[one.person_id] = one.manager_id
            pairs.append((one.person_id, one.manager_id))
    if pairs:
        import_changes.set_managers(work, pairs)
        puts = person_puts(work.conn, [person_id for person_id, _ in pairs])
        work.record(Event("directory.changed", [EVERYONE], puts, actor=running.created_by))
    work.conn.execute(update(StaffImport).where(StaffImport.id == import_id).values(tries=0))


class _Lines:
    """Everyone's manager in this turn. Each has at most one, so a circle is found by walking upwards."""

    def __init__(self, conn: Connection) -> None:
        rows = conn.execute(select(Person.id, Person.manager_id, Person.state, Person.name)).all()
        self.manager: dict[int, int | None] = {row.id: row.manager_id for row in rows}
        self._left = {row.id for row in rows if row.state == "left"}
        self._names = {row.id: row.name for row in rows}

    def error_of(self, one: Wanted) -> RowError | None:
        if one.manager_id is None:
            return row_error(Column.MANAGER, "manager_refused", line=one.manager_line)
        if one.manager_id in self._left:
            return row_error(Column.MANAGER, "manager_left")
        above = self._above(one.manager_id)
        if one.person_id not in above:
            return None
        circle = [one.person_id, *above[: above.index(one.person_id)]]
        names = [self._names[person] for person in circle]
        if len(names) > _SHOWN_CHAIN:
            names = [*names[: _SHOWN_CHAIN - 1], "…"]
        return row_error(Column.MANAGER, "manager_cycle", chain=" → ".join([*names, names[0]]))

    def _above(self, start: int) -> list[int]:
        """The chain from `start` upwards, `start` included."""
        chain: dict[int, None] = {}
        person: int | None = start
        while person is not None and person not in chain:
            chain[person] = None
            person = self.manager.get(person)
        return list(chain)


def _tell(conn: Connection, import_id: int, line: int, error: RowError) -> None:
    """The row keeps what it did; one that only set the manager is refused after all."""
    here = (StaffImportRow.import_id == import_id) & (StaffImportRow.line == line)
    row = conn.execute(select(StaffImportRow.outcome, StaffImportRow.changed).where(here)).one()
    changed = [Column(one) for one in msgspec.json.decode(row.changed) if one != Column.MANAGER]
    outcome = row.outcome if changed else "refused"
    conn.execute(
        update(StaffImportRow)
        .where(here)
        .values(outcome=outcome, changed=as_json(changed), errors=as_json([error]))
    )
    if outcome != row.outcome:
        conn.execute(
            update(StaffImport)
            .where(StaffImport.id == import_id)
            .values(updated=StaffImport.updated - 1, refused=StaffImport.refused + 1)
        )
