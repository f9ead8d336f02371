"""The only row → JSON of persons and departments."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, bindparam, select

from server.db.hot import Hot, among
from server.events.envelope import Put
from server.kit.clock import real_now
from server.org.models import Absence, Department, Person, PersonDepartment
from server.people.policies import MAY_READ_PEOPLE
from server.permissions.actor import Actor


class AwayView(msgspec.Struct, frozen=True):
    """Away on these days of the company's time zone, both included. Whether it is so today, the reader tells by the date."""

    from_day: date
    to_day: date
    deputy_id: int | None


class PersonView(msgspec.Struct, frozen=True):
    """A colleague as every employee may see one. `away`: absences that have not ended, soonest first; `picture` is the hash in its
    address, empty without one."""

    id: int
    name: str
    kind: Literal["employee", "external", "bot"]
    title: str
    staff_number: str
    phone: str
    email: str
    department_ids: list[int]
    manager_id: int | None
    state: Literal["invited", "active", "left"]
    left_at: datetime | None
    away: list[AwayView]
    about: str
    picture: str
    version: int


class DepartmentView(msgspec.Struct, frozen=True):
    """`heads` are persons who sit in it; `position` orders siblings. A removed one keeps its name for what was addressed to it."""

    id: int
    name: str
    parent_id: int | None
    path: str
    position: int
    heads: list[int]
    state: Literal["active", "removed"]
    version: int


PERSON_COLUMNS = (
    Person.id,
    Person.name,
    Person.kind,
    Person.title,
    Person.staff_number,
    Person.phone,
    Person.email,
    Person.manager_id,
    Person.state,
    Person.left_at,
    Person.about,
    Person.picture,
    Person.version,
)
MOST_CHANGES = 200
# Lists of people stand beside nearly everything that is shown.
_PERSONS = Hot(select(*PERSON_COLUMNS).where(among(Person.id, "ids")))
_PLACES = Hot(
    select(PersonDepartment.person_id, PersonDepartment.department_id)
    .where(among(PersonDepartment.person_id, "ids"))
    .order_by(PersonDepartment.is_main.desc(), PersonDepartment.position, PersonDepartment.department_id)
)
_ABSENCES = Hot(
    select(Absence.person_id, Absence.from_day, Absence.to_day, Absence.deputy_id)
    .where(among(Absence.person_id, "ids"), Absence.to_day >= bindparam("since"))
    .order_by(Absence.from_day)
)

_TREE = select(Department.__table__).order_by(Department.position, Department.path)
_HEADS_OF = (
    select(PersonDepartment.department_id, PersonDepartment.person_id)
    .where(PersonDepartment.is_head)
    .order_by(PersonDepartment.since, PersonDepartment.person_id)
)
_ALL_DEPARTMENTS, _ALL_HEADS = Hot(_TREE), Hot(_HEADS_OF)
_DEPARTMENTS = Hot(_TREE.where(among(Department.id, "ids")))
_HEADS = Hot(_HEADS_OF.where(among(PersonDepartment.department_id, "ids")))


def persons(conn: Connection, ids: Iterable[int]) -> list[PersonView]:
    """The persons with these ids, in the order asked, unknown ones left out. Three queries."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    rows = {row.id: row for row in _PERSONS.named(conn, {"ids": wanted})}
    departments = departments_of(conn, wanted)
    away = _away(conn, wanted)
    return [_view(rows[one], departments[one], away[one]) for one in wanted if one in rows]


def departments_of(conn: Connection, ids: Iterable[int]) -> dict[int, list[int]]:
    """Department ids of each person, the main one first."""
    found: dict[int, list[int]] = defaultdict(list)
    for person_id, department_id in _PLACES.rows(conn, {"ids": ids}):
        found[person_id].append(department_id)
    return found


def _away(conn: Connection, ids: Iterable[int]) -> dict[int, list[AwayView]]:
    """Absences of each person that may matter anywhere on earth today; a day too many does no harm."""
    found: dict[int, list[AwayView]] = defaultdict(list)
    since = real_now().date() - timedelta(days=1)
    for row in _ABSENCES.named(conn, {"ids": ids, "since": since}):
        found[row.person_id].append(AwayView(row.from_day, row.to_day, row.deputy_id))
    return found


def _view(row: Any, departments: list[int], away: list[AwayView]) -> PersonView:
    return PersonView(
        row.id,
        row.name,
        row.kind,
        row.title,
        row.staff_number or "",
        row.phone or "",
        row.email or "",
        departments,
        row.manager_id,
        row.state,
        row.left_at,
        away,
        row.about,
        row.picture,
        row.version,
    )


def person_puts(conn: Connection, ids: Iterable[int]) -> list[Put]:
    """Persons as changes, for `also` and events."""
    return [Put("person", view.id, view) for view in persons(conn, ids)]


def person_puts_for(conn: Connection, actor: Actor, ids: Iterable[int]) -> list[Put]:
    """Persons as this viewer may know them: who does not see the directory gets names and titles, of others than oneself."""
    found = persons(conn, ids)
    if not MAY_READ_PEOPLE.lets(actor):
        found = [view if view.id == actor.id else as_outside(view) for view in found]
    return [Put("person", view.id, view) for view in found]


def as_outside(view: PersonView) -> PersonView:
    """Without contact, number, place in the company and absences; `version` would tell when one of them changes."""
    return msgspec.structs.replace(
        view, staff_number="", phone="", email="", department_ids=[], manager_id=None, away=[], version=0
    )


def departments(conn: Connection, ids: Collection[int] | None = None) -> list[DepartmentView]:
    """All departments, or those with these ids: parents before children, siblings in their order, removed ones last."""
    wanted = {} if ids is None else {"ids": ids}
    heads, found = (_ALL_HEADS, _ALL_DEPARTMENTS) if ids is None else (_HEADS, _DEPARTMENTS)
    led_by: dict[int, list[int]] = defaultdict(list)
    for department_id, person_id in heads.rows(conn, wanted):
        led_by[department_id].append(person_id)
    views = [_department(row, led_by[row.id]) for row in found.named(conn, wanted)]
    return list(_from_the_top([view for view in views if view.state == "active"])) + [
        view for view in views if view.state == "removed"
    ]


def _department(row: Any, heads: list[int]) -> DepartmentView:
    path, state = (row.path, "active") if row.removed_at is None else (row.name, "removed")
    return DepartmentView(row.id, row.name, row.parent_id, path, row.position, heads, state, row.version)  # type: ignore[arg-type]


def _from_the_top(views: list[DepartmentView]) -> Iterator[DepartmentView]:
    """Depth first; one whose parent is not among them is a root here."""
    present = {view.id for view in views}
    below: dict[int | None, list[DepartmentView]] = defaultdict(list)
    for view in views:
        below[view.parent_id if view.parent_id in present else None].append(view)
    waiting = below[None][::-1]
    while waiting:
        view = waiting.pop()
        yield view
        waiting += below[view.id][::-1]


def department_puts(conn: Connection, ids: Collection[int]) -> list[Put]:
    """Departments as changes."""
    return [Put("department", view.id, view) for view in departments(conn, ids)]
