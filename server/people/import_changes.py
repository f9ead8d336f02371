"""Writing planned changes to people who are there already: fields, sign-in names, departments, managers. Called by the import's turns."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table, bindparam, select, update

from server.events.envelope import Event
from server.org.models import Person
from server.people import sign_in_names
from server.people.cell_values import sign_in_key
from server.people.headings import Column
from server.people.membership import settle
from server.people.places import head, seat
from server.people.spelling import sound_of
from server.people.staff_plan import DepartmentPath, PlannedRow
from server.people.standing import change_kind
from server.people.versions import bump
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
# Under which name a column counts in `person.field_versions`; who heads what is the department's.
_VERSIONED = {Column.DEPARTMENT: "department_ids", Column.MANAGER: "manager_id"}


def apply(
    work: Work, event: Event, rows: Sequence[PlannedRow], sits_in: Mapping[DepartmentPath, int]
) -> set[int]:
    """Everything but the managers. Who moved ceases to hear the old departments at `event`, and hears the new ones from there.

    Answers the departments whose heads changed.
    """
    _write_fields(work, rows)
    turned = {person_of(row): row.values.kind or "" for row in rows if Column.KIND in row.changed}
    for person_id, kind in turned.items():
        change_kind(work, person_id, kind)
    moved = {person_of(row): departments_of(row, sits_in) for row in rows if Column.DEPARTMENT in row.changed}
    led = seat(work, moved)
    headed: dict[int, Sequence[int]] = {one: () for one, kind in turned.items() if kind == "external"}
    headed |= {person_of(row): heads_of(row, sits_in) for row in rows if Column.HEADS in row.changed}
    led |= head(work, headed)
    settle(work, event, {*moved, *turned})
    bump(
        work.conn,
        {
            person_of(row): [
                _VERSIONED.get(column, column.value)
                for column in row.changed
                if column not in (Column.HEADS, Column.MANAGER)
            ]
            for row in rows
        },
    )
    return led


def person_of(row: PlannedRow) -> int:
    assert row.person_id is not None
    return row.person_id


def departments_of(row: PlannedRow, sits_in: Mapping[DepartmentPath, int]) -> list[int]:
    """The main one first."""
    return list(dict.fromkeys(sits_in[path] for path in row.values.departments or ()))


def heads_of(row: PlannedRow, sits_in: Mapping[DepartmentPath, int]) -> list[int]:
    return [sits_in[path] for path in row.values.heads or ()]


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
        after[-1]["b_pinyin"], after[-1]["b_initials"] = sound_of(after[-1]["b_name"])
    conn.execute(
        update(_PERSON)
        .where(_PERSON.c.id == bindparam("b_id"))
        .values({field: bindparam(f"b_{column}") for column, field in _FIELDS.items()})
        .values(pinyin=bindparam("b_pinyin"), initials=bindparam("b_initials")),
        after,
    )
    sign_in_names.write(
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


def set_managers(work: Work, pairs: Iterable[tuple[int, int]]) -> None:
    """(person, manager) each. Whoever has reports by now holds the role `manager`, whoever has none left loses it."""
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
    bump(work.conn, {one["b_id"]: ["manager_id"] for one in values})
