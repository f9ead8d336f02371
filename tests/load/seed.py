"""A company to measure with: people in departments, signed in, straight into the tables. The same seed gives the same company.

The server must have started once on that database (it makes the tables and the roles) and, with SQLite, must be stopped.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, insert, select

from server.auth.models import Session
from server.events.envelope import EVERYONE, department_stream, person_stream
from server.events.models import LogHead, StreamGrant
from server.org.models import Department, DepartmentClosure, Person, PersonDepartment, SignInName
from server.people.invitations import hash_token
from server.permissions.models import PersonRole, Role
from tests.load.bulk import insert_many, settle

DIVISIONS = 20
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Company:
    """Ids of what was made. `departments_of` and `heard_by` (own departments and all above) are by person."""

    seed: int
    people: list[int]
    departments: list[int]
    departments_of: dict[int, list[int]]
    heard_by: dict[int, list[int]]

    def token(self, person: int) -> str:
        return token(self.seed, person)

    def cookie(self, person: int) -> str:
        """The header line that signs a request in as this person."""
        return f"Cookie: tenfour_session={self.token(person)}\r\n"


def token(seed: int, person: int) -> str:
    return f"bench-{seed}-{person}"


def make_company(engine: Engine, *, seed: int, people: int, departments: int, in_six: int = 0) -> Company:
    """`in_six` of the people (the first ones) sit in exactly six departments, the others in one to three."""
    dice = random.Random(seed)
    first_person, first_department, head, member = starting_points(engine)
    parents = tree(first_department, departments)
    insert_tree(engine, parents)
    leaves = [one for one, parent in parents.items() if parent in parents and parents[parent] is not None]
    leaves = leaves or list(parents)
    persons = list(range(first_person, first_person + people))
    places: dict[int, list[int]] = {}
    for order, person in enumerate(persons):
        count = min(len(leaves), 6 if order < in_six else dice.choices((1, 2, 3), (80, 15, 5))[0])
        places[person] = dice.sample(leaves, count)
    heard = {person: above(parents, own) for person, own in places.items()}
    insert_people(engine, dice, persons, places, member)
    insert_many(
        engine,
        StreamGrant,
        ("person_id", "stream", "from_seq"),
        ((person, stream, head) for person in persons for stream in streams(person, heard[person])),
    )
    expires = datetime.now(UTC) + timedelta(days=30)
    insert_many(
        engine,
        Session,
        ("person_id", "token_hash", "device", "created_at", "last_seen_at", "expires_at"),
        ((one, hash_token(token(seed, one)), "bench", NOW, datetime.now(UTC), expires) for one in persons),
    )
    settle(engine, Person, Department, Session)
    return Company(seed, persons, list(parents), places, heard)


def make_boss(engine: Engine, person: int) -> None:
    """Gives the person the role that may invite others."""
    with engine.begin() as connection:
        role = connection.execute(select(Role.id).where(Role.code == "boss")).scalar_one()
        connection.execute(insert(PersonRole).values(person_id=person, role_id=role))


def starting_points(engine: Engine) -> tuple[int, int, int, int]:
    """First free person and department id, head of the log, id of the role every employee has."""
    with engine.connect() as connection:
        person = connection.execute(select(func.max(Person.id))).scalar() or 0
        department = connection.execute(select(func.max(Department.id))).scalar() or 0
        head = connection.execute(select(LogHead.seq)).scalar_one()
        member = connection.execute(select(Role.id).where(Role.code == "member")).scalar_one()
    return person + 1, department + 1, head, member


def tree(first: int, count: int) -> dict[int, int | None]:
    """Parent by department: one root, divisions below it, teams below them."""
    parents: dict[int, int | None] = {first: None}
    for order in range(1, count):
        parents[first + order] = first if order <= DIVISIONS else first + 1 + (order - 1) % DIVISIONS
    return parents


def above(parents: dict[int, int | None], departments: list[int]) -> list[int]:
    """The departments and all above them, each once."""
    found: dict[int, None] = {}
    for one in departments:
        at: int | None = one
        while at is not None:
            found[at] = None
            at = parents[at]
    return list(found)


def streams(person: int, heard: list[int]) -> Iterator[str]:
    yield person_stream(person)
    yield EVERYONE
    yield from (department_stream(one) for one in heard)


def insert_tree(engine: Engine, parents: dict[int, int | None]) -> None:
    def path(one: int | None) -> str:
        if one is None:
            return ""
        return f"{path(parents[one])}/{one}部".lstrip("/")

    insert_many(
        engine,
        Department,
        ("id", "name", "parent_id", "path"),
        ((one, f"{one}部", parent, path(one)) for one, parent in parents.items()),
    )
    insert_many(
        engine,
        DepartmentClosure,
        ("ancestor_id", "descendant_id"),
        ((ancestor, one) for one in parents for ancestor in above(parents, [one])),
    )


def insert_people(
    engine: Engine, dice: random.Random, persons: list[int], places: dict[int, list[int]], member: int
) -> None:
    names = {one: dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN) for one in persons}
    insert_many(
        engine,
        Person,
        ("id", "kind", "state", "name", "title", "staff_number", "language", "created_at"),
        ((one, "employee", "active", names[one], "员工", f"b{one}", "zh-Hans", NOW) for one in persons),
    )
    insert_many(engine, SignInName, ("name", "person_id"), ((f"b{one}", one) for one in persons))
    insert_many(engine, PersonRole, ("person_id", "role_id"), ((one, member) for one in persons))
    insert_many(
        engine,
        PersonDepartment,
        ("person_id", "department_id", "is_main", "position", "since"),
        (
            (one, department, order == 0, order, NOW)
            for one in persons
            for order, department in enumerate(places[one])
        ),
    )
