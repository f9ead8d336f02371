"""The directory as it is now, as plain values for `staff_plan`. Called by the import before it plans."""

from collections import defaultdict

from sqlalchemy import Connection, select

from server.org.models import Department, Person, PersonDepartment
from server.people.snapshot import Directory, DirectoryDepartment, DirectoryPerson


def read_directory(conn: Connection) -> Directory:
    """Everyone, people who left included, and all departments, from one snapshot."""
    sits_in, heads = _departments_of_everyone(conn)
    people = tuple(
        DirectoryPerson(
            row.id,
            row.name,
            row.staff_number or "",
            row.phone or "",
            row.email or "",
            row.title,
            tuple(sits_in[row.id]),
            row.manager_id,
            row.state,
            row.kind,
            tuple(heads[row.id]),
        )
        for row in conn.execute(
            select(
                Person.id,
                Person.name,
                Person.staff_number,
                Person.phone,
                Person.email,
                Person.title,
                Person.manager_id,
                Person.state,
                Person.kind,
            ).order_by(Person.id)
        )
    )
    return Directory(people, read_departments(conn))


def read_departments(conn: Connection) -> tuple[DirectoryDepartment, ...]:
    rows = conn.execute(
        select(Department.id, Department.name, Department.parent_id)
        .where(Department.removed_at.is_(None))
        .order_by(Department.id)
    )
    return tuple(DirectoryDepartment(row.id, row.name, row.parent_id) for row in rows)


def _departments_of_everyone(conn: Connection) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Where everyone sits, the main one first, and what they head of it."""
    found: dict[int, list[int]] = defaultdict(list)
    heads: dict[int, list[int]] = defaultdict(list)
    for row in conn.execute(
        select(PersonDepartment.person_id, PersonDepartment.department_id, PersonDepartment.is_head).order_by(
            PersonDepartment.is_main.desc(), PersonDepartment.position, PersonDepartment.department_id
        )
    ):
        found[row.person_id].append(row.department_id)
        if row.is_head:
            heads[row.person_id].append(row.department_id)
    return found, heads
