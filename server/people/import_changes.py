"""Writing planned changes to people who are there already: fields, sign-in names, departments, managers. Called by the import's turns."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table, bindparam, delete, insert, select, update

from server.events.envelope import Event
from server.org.models import Person, PersonDepartment, SignInName
from server.people.cell_values import sign_in_key
from server.people.headings import Column
from server.people.membership import settle
from server.people.staff_plan import DepartmentPath, PlannedRow
from server.permissions.automatic import managers_now, settle_managers
from server.work.work import Work

_PERSON: Table = Person.__table__  # type: ignore[assignment]
_FIELDS = {
    Column.NAME: _PERSON.c.name,
    Column.STAFF_NUMBER: _PERSON.c.staff_number,
    Column.PHONE: _PERSON.c.phone,
    Column.EMAIL: _PERSON.c.email,
    Column.TITLE: _PERSON.c.title,
}


def apply(
    work: Work, event: Event, rows: Sequence[PlannedRow], sits_in: Mapping[DepartmentPath, int]
) -> None:
    """Everything but the managers. Who moved ceases to hear the old departments at `event`, and hears the new ones from there."""
    _write_fields(work, rows)
    moved = [row for row in rows if Column.DEPARTMENT in row.changed]
    _move(work, {person_of(row): departments_of(row, sits_in) for row in moved})
    settle(work, event, [person_of(row) for row in moved])


def person_of(row: PlannedRow) -> int:
    assert row.person_id is not None
    return row.person_id


def departments_of(row: PlannedRow, sits_in: Mapping[DepartmentPath, int]) -> list[int]:
    """The main one first."""
    return list(dict.fromkeys(sits_in[path] for path in row.values.departments or ()))


def _write_fields(work: Work, rows: Sequence[PlannedRow]) -> None:
    conn = work.conn
    told = {person_of(row): row for row in rows if any(column in _FIELDS for column in row.changed)}
    if not told:
        return
    now = conn.execute(
        select(_PERSON.c.id, *_FIELDS.values()).where(_PERSON.c.id.in_(told)).order_by(_PERSON.c.id)
    ).mappings()
    after = []
    for person in now:
        row = told[person["id"]]
        after.append(
            {"b_id": person["id"]}
            | {
                f"b_{column}": getattr(row.values, column) if column in row.changed else person[column]
                for column in _FIELDS
            }
        )
    conn.execute(
        update(_PERSON)
        .where(_PERSON.c.id == bindparam("b_id"))
        .values({field: bindparam(f"b_{column}") for column, field in _FIELDS.items()}),
        after,
    )
    _write_sign_in_names(
        work,
        {
            person["b_id"]: {
                sign_in_key(text)
                for text in (person["b_staff_number"], person["b_phone"], person["b_email"])
                if text
            }
            for person in after
        },
    )


def _write_sign_in_names(work: Work, wanted: Mapping[int, set[str]]) -> None:
    """A name that is somebody else's by now breaks the unique key, and with it the turn (`import_run` looks again)."""
    held: dict[int, set[str]] = {person_id: set() for person_id in wanted}
    conn = work.conn
    for row in conn.execute(
        select(SignInName.name, SignInName.person_id).where(SignInName.person_id.in_(wanted))
    ):
        held[row.person_id].add(row.name)
    gone = [name for person_id, names in held.items() for name in names - wanted[person_id]]
    new = [
        {"name": name, "person_id": person_id}
        for person_id, names in wanted.items()
        for name in sorted(names - held[person_id])
    ]
    if gone:
        conn.execute(delete(SignInName).where(SignInName.name.in_(gone)))
    if new:
        conn.execute(insert(SignInName), new)
    for person_id, names in held.items():
        if names != wanted[person_id]:
            work.audit("person.sign_in_names_changed", ("person", person_id), names=len(wanted[person_id]))


def _move(work: Work, wanted: Mapping[int, Sequence[int]]) -> None:
    """The list's departments replace the person's; `since` stays where the person stays."""
    if not wanted:
        return
    of_these = PersonDepartment.person_id.in_(wanted)
    since = {
        (row.person_id, row.department_id): row.since
        for row in work.conn.execute(
            select(PersonDepartment.person_id, PersonDepartment.department_id, PersonDepartment.since).where(
                of_these
            )
        )
    }
    work.conn.execute(delete(PersonDepartment).where(of_these))
    work.conn.execute(
        insert(PersonDepartment),
        [
            {
                "person_id": person_id,
                "department_id": department_id,
                "is_main": place == 0,
                "position": place,
                "since": since.get((person_id, department_id), work.now),
            }
            for person_id, departments in wanted.items()
            for place, department_id in enumerate(departments)
        ],
    )


def set_managers(work: Work, pairs: Iterable[tuple[int, int]]) -> None:
    """(person, manager) each. Whoever has reports gets the role `manager` besides the others."""
    values = [{"b_id": person_id, "b_manager": manager_id} for person_id, manager_id in pairs]
    if not values:
        return
    concerned = managers_now(work.conn, [one["b_id"] for one in values]) | {
        one["b_manager"] for one in values
    }
    work.conn.execute(
        update(_PERSON).where(_PERSON.c.id == bindparam("b_id")).values(manager_id=bindparam("b_manager")),
        values,
    )
    settle_managers(work, concerned)
