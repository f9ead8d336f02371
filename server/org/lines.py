"""Questions about the tree and the reporting line, as query conditions on `Person.id`."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from server.db.hot import Hot
from server.org.models import DepartmentClosure, Person, PersonDepartment

DEPTH = 30
_HEARD = Hot(
    select(DepartmentClosure.ancestor_id)
    .join(PersonDepartment, PersonDepartment.department_id == DepartmentClosure.descendant_id)
    .where(PersonDepartment.person_id == bindparam("person"))
    .distinct()
)


def below(person_id: int) -> Select[int]:
    """Everyone who reports to this person, directly or through others; not the person."""
    line = select(Person.id, Person.manager_id).where(Person.manager_id == person_id).cte(recursive=True)
    line = line.union(select(Person.id, Person.manager_id).join(line, Person.manager_id == line.c.id))
    return select(line.c.id)


def managers_of(person_id: int) -> Select[int]:
    """The chain of managers upwards; not the person."""
    own = select(Person.manager_id.label("id")).where(Person.id == person_id, Person.manager_id.is_not(None))
    chain = own.cte(recursive=True)
    chain = chain.union(
        select(Person.manager_id.label("id"))
        .join(chain, Person.id == chain.c.id)
        .where(Person.manager_id.is_not(None))
    )
    return select(chain.c.id)


def members_of(department_ids: Collection[int] | Select[int]) -> Select[int]:
    """Persons who sit in these departments or below them."""
    return (
        select(PersonDepartment.person_id)
        .join(DepartmentClosure, DepartmentClosure.descendant_id == PersonDepartment.department_id)
        .where(DepartmentClosure.ancestor_id.in_(department_ids))
    )


def colleagues_of(person_id: int) -> Select[int]:
    """Persons who share a department with this one."""
    own = select(PersonDepartment.department_id).where(PersonDepartment.person_id == person_id)
    return select(PersonDepartment.person_id).where(PersonDepartment.department_id.in_(own))


def departments_heard_by(conn: Connection, person_id: int) -> list[int]:
    """The person's departments and all above them: whose posts reach this person."""
    return [row[0] for row in _HEARD.rows(conn, {"person": person_id})]


def is_working_here() -> ColumnElement[bool]:
    """Employees who have not left: the members of «everyone»."""
    return (Person.kind == "employee") & (Person.state != "left")
