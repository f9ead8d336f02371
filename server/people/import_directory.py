"""The directory as it is now, as plain values for `staff_plan`. Called by the import before it plans."""

from collections import defaultdict

from sqlalchemy import Connection, select

from server.org.models import Department, Person, PersonDepartment
from server.people.snapshot import Directory, DirectoryDepartment, DirectoryPerson


def read_directory(conn: Connection) -> Directory:
    """Everyone, people who left included, and all departments, from one snapshot."""
    sits_in = _departments_of_everyone(conn)
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
            ).order_by(Person.id)
        )
    )
    return Directory(people, read_departments(conn))


def read_departments(conn: Connection) -> tuple[DirectoryDepartment, ...]:
    rows = conn.execute(select(Department.id, Department.name, Department.parent_id).order_by(Department.id))
    return tuple(DirectoryDepartment(row.id, row.name, row.parent_id) for row in rows)


def _departments_of_everyone(conn: Connection) -> dict[int, list[int]]:
    """The main one first."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in conn.execute(
        select(PersonDepartment.person_id, PersonDepartment.department_id).order_by(
            PersonDepartment.is_main.desc(), PersonDepartment.position, PersonDepartment.department_id
        )
    ):
        found[row.person_id].append(row.department_id)
    return found
