"""Making persons and departments: used by the staff import, the demo and the first administrator."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from server.events.envelope import Event
from server.kit.problems import Duplicate, invalid
from server.org.models import Department, DepartmentClosure, Person, PersonDepartment, SignInName
from server.people import cell_values
from server.people.cell_values import sign_in_key
from server.people.invitations import invite
from server.people.membership import hold_org, settle
from server.people.spelling import sound_of
from server.permissions import roles
from server.permissions.automatic import settle_heads
from server.work.work import Work


@dataclass(frozen=True)
class NewPerson:
    """Identifiers are normalised already; an empty text means none. `department_ids`: the main one first; `heads` are among them."""

    name: str
    staff_number: str = ""
    phone: str = ""
    email: str = ""
    title: str = ""
    department_ids: Sequence[int] = ()
    password_hash: str | None = None
    kind: str = "employee"
    manager_id: int | None = None
    language: str = ""
    heads: Collection[int] = ()

    @property
    def sign_in_names(self) -> list[str]:
        return list(
            dict.fromkeys(sign_in_key(one) for one in (self.phone, self.staff_number, self.email) if one)
        )


def make_people(
    work: Work, people: Sequence[NewPerson], role_codes: Sequence[str] = ("member",)
) -> list[int]:
    """Stores persons with sign-in names, departments and roles; opens their streams with one event. Answers their ids in order.

    The roles are those of employees; an outsider gets `external` alone.
    """
    if not people:
        return []
    ids = list(
        work.conn.execute(
            insert(Person).returning(Person.id, sort_by_parameter_order=True),
            [
                {
                    "kind": one.kind,
                    "state": "active" if one.password_hash else "invited",
                    "name": one.name,
                    "title": one.title,
                    "staff_number": one.staff_number or None,
                    "phone": one.phone or None,
                    "email": one.email or None,
                    "manager_id": one.manager_id,
                    "language": one.language,
                    "password_hash": one.password_hash,
                    "created_at": work.now,
                    "pinyin": sound_of(one.name)[0],
                    "initials": sound_of(one.name)[1],
                }
                for one in people
            ],
        ).scalars()
    )
    names = [
        {"name": name, "person_id": person_id}
        for person_id, one in zip(ids, people, strict=True)
        for name in one.sign_in_names
    ]
    if names:
        work.conn.execute(insert(SignInName), names)
    places = [
        {
            "person_id": person_id,
            "department_id": department_id,
            "is_main": place == 0,
            "position": place,
            "since": work.now,
            "is_head": department_id in one.heads,
        }
        for person_id, one in zip(ids, people, strict=True)
        for place, department_id in enumerate(one.department_ids)
    ]
    if places:
        work.conn.execute(insert(PersonDepartment), places)
    employees = [person_id for person_id, one in zip(ids, people, strict=True) if one.kind == "employee"]
    for code in role_codes:
        roles.give(work.conn, code, employees)
    roles.give(work.conn, "external", sorted(set(ids) - set(employees)))
    settle_heads(work, [person_id for person_id, one in zip(ids, people, strict=True) if one.heads])
    settle(work, work.record(Event("directory.changed", [])), ids)
    return ids


def make_departments(work: Work, paths: Sequence[Sequence[str]]) -> Mapping[tuple[str, ...], int]:
    """The departments on these paths (each a list of names from the root), made where missing. Answers path → id for all of them."""
    known: dict[tuple[str, ...], int] = {}
    hold_org(work.conn)
    for row in work.conn.execute(
        select(Department.id, Department.path).where(Department.removed_at.is_(None))
    ):
        known[tuple(row.path.split("/"))] = row.id
    wanted = {tuple(path[:depth]) for path in paths for depth in range(1, len(path) + 1)}
    for node in sorted(wanted, key=len):
        if node not in known:
            known[node] = make_department(work, node, known.get(node[:-1]))
    return {node: known[node] for node in wanted}


def make_department(work: Work, path: tuple[str, ...], parent_id: int | None) -> int:
    """Behind its siblings."""
    last = select(func.max(Department.position)).where(Department.parent_id.is_not_distinct_from(parent_id))
    position = (work.conn.execute(last).scalar() or 0) + 1
    department_id = work.conn.execute(
        insert(Department)
        .values(name=path[-1], parent_id=parent_id, path="/".join(path), position=position)
        .returning(Department.id)
    ).scalar_one()
    ancestors = [department_id]
    if parent_id is not None:
        ancestors += work.conn.execute(
            select(DepartmentClosure.ancestor_id).where(DepartmentClosure.descendant_id == parent_id)
        ).scalars()
    work.conn.execute(
        insert(DepartmentClosure),
        [{"ancestor_id": ancestor, "descendant_id": department_id} for ancestor in ancestors],
    )
    return department_id


def spell_everybody(conn: Connection) -> None:
    """At start: pinyin and initials of people who were there before these columns were."""
    rows = conn.execute(select(Person.id, Person.name).where(Person.pinyin == "")).all()
    if rows:
        table: Table = Person.__table__  # type: ignore[assignment]
        conn.execute(
            update(table)
            .where(table.c.id == bindparam("b_id"))
            .values(pinyin=bindparam("b_pinyin"), initials=bindparam("b_initials")),
            [
                {"b_id": row.id, "b_pinyin": sound_of(row.name)[0], "b_initials": sound_of(row.name)[1]}
                for row in rows
            ],
        )


def has_people(conn: Connection) -> bool:
    """Whether anybody is in the company yet."""
    return conn.execute(select(Person.id).limit(1)).first() is not None


def found_administrator(work: Work, name: str, login: str) -> str:
    """An invited administrator with this sign-in name; answers the token of the link. Raises `Duplicate` or `Invalid`."""
    if work.conn.execute(select(SignInName.name).where(SignInName.name == login)).first() is not None:
        raise Duplicate(f"Somebody already signs in as {login}.")
    person_id = make_people(work, [called(name, login)], ["member", "administrator"])[0]
    work.audit("administrator.made", ("person", person_id))
    tokens, _ = invite(work, person_id, [person_id])
    work.audit("administrator.founded", ("person", person_id))
    return tokens[person_id]


def called(name: str, login: str) -> NewPerson:
    """Somebody with one sign-in name: a phone, an e-mail or a staff number, whichever it looks like. Raises `Invalid` on `login`."""
    phone, email = cell_values.phone(login), cell_values.email(login)
    if phone is not None:
        return NewPerson(name, phone=phone)
    if email is not None:
        return NewPerson(name, email=email)
    number = cell_values.staff_number(login)
    if "@" in number:
        raise invalid("login", "email_invalid", "This is not an e-mail address.")
    if not number or len(number) > cell_values.MAX_STAFF_NUMBER or not cell_values.is_storable(number):
        raise invalid("login", "identifier", "A phone number, an e-mail address or a staff number.")
    return NewPerson(name, staff_number=number)
