"""People of the demo company by staff number: their ids, and sessions that need no password check."""

from typing import Any

from sqlalchemy import Connection, Table, func, select, text, update

from feed.models import Post
from server.auth import sessions
from server.db.base import Base
from server.events import log
from server.events.envelope import Event
from server.org.models import Department, Person
from server.people.founding import NewPerson, make_people
from server.people.membership import settle
from server.work.work import Work
from tests.house import Client, House

ADMINISTRATOR, BOSS, HEAD, MANAGER = "1002", "1001", "1003", "1004"
SELLER, SECOND_SELLER, OTHER_MANAGER, OUTSIDER = "1005", "1006", "1008", "1013"


async def person_id(house: House, staff_number: str) -> int:
    query = select(Person.id).where(Person.staff_number == staff_number)
    return await house.company.read(lambda conn: conn.execute(query).scalar_one())


async def department_id(house: House, path: str) -> int:
    query = select(Department.id).where(Department.path == path)
    return await house.company.read(lambda conn: conn.execute(query).scalar_one())


async def enter(house: House, staff_number: str) -> Client:
    """A client with a session of this person, made without the sign-in's costly password check."""
    someone = await person_id(house, staff_number)
    return await enter_as(house, someone)


async def enter_as(house: House, person: int) -> Client:
    client = house.anonymous()
    token = (await house.company.write(lambda work: sessions.begin(work, person, "test"))).value
    client.http.cookies.set("tenfour_session", token, domain="127.0.0.1")
    client.me = await client.get("/api/me")
    return client


def cookie(client: Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.http.cookies.items())


async def make_person(house: House, number: str, kind: str = "employee", *roles: str) -> int:
    """An active person without a password, outside every department."""

    def turn(work: Work) -> int:
        made = make_people(work, [NewPerson(f"P{number}", number, password_hash="x")], roles or ("member",))[
            0
        ]
        work.conn.execute(update(Person).where(Person.id == made).values(kind=kind))
        return made

    made = (await house.company.write(turn)).value
    if kind != "employee":  # hears no longer what everybody inside does
        await house.company.write(
            lambda work: settle(work, work.record(Event("directory.changed", [])), [made])
        )
    return made


# Not part of what an act changes: what the house does for itself in the background.
_OWN = {
    "job",
    "alembic_version",
    "reaction_cursor",
    "search_entry",
    "audit_seal",
    "record_allowance",
    "identity_fill",
    "worked_out",
}


async def everything(house: House) -> dict[str, tuple[object, ...]]:
    """Every row of every table, and the head of the log: what a refused request must leave as it was."""

    def look(conn: Connection) -> dict[str, tuple[object, ...]]:
        return {
            table.name: tuple(sorted(map(repr, conn.execute(select(*_columns(table))))))
            for table in Base.metadata.sorted_tables
            if table.name not in _OWN
        } | {"head": (log.head(conn),)}

    return await house.company.read(look)


def _columns(table: Table) -> list[Any]:
    """All but what sealing adds later by itself."""
    return [
        column
        for column in table.columns
        if (table.name, column.name) not in {("audit_entry", "sealed"), ("audit_entry", "hash")}
    ]


async def counts(house: House) -> dict[str, int]:
    """How many rows each table has, and the head of the log: the quick look."""

    def look(conn: Connection) -> dict[str, int]:
        names = [table.name for table in Base.metadata.sorted_tables if table.name not in _OWN]
        query = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS n FROM {name}" for name in names)
        return {row.name: row.n for row in conn.execute(text(query))} | {"head": log.head(conn)}

    return await house.company.read(look)


async def newest_post(house: House) -> int:
    return await house.company.read(lambda conn: conn.execute(select(func.max(Post.id))).scalar_one())
