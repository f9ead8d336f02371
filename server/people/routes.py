"""The directory's routes, and links for new people."""

from datetime import datetime

import msgspec

from server.api.inputs import EntityId, Line
from server.api.route import Answer, Await, Items, Nothing, Read, awaits, get
from server.people import directory
from server.people.invitations import invite, link
from server.people.policies import MAY_IMPORT, MAY_READ_PEOPLE
from server.people.present import DepartmentView, PersonView, departments
from server.work.work import Work


class PeopleQuery(msgspec.Struct, forbid_unknown_fields=True):
    q: Line = ""
    department: EntityId | None = None
    ids: Line | None = None
    limit: int | None = None
    cursor: Line = ""


class LinkView(msgspec.Struct):
    """Shown once; only its hash is kept."""

    link: str
    expires_at: datetime


def list_people(call: Read[None, PeopleQuery]) -> Items[PersonView]:
    """Colleagues by search, department or ids."""
    query = call.query
    if query.ids is not None:
        return Items(directory.by_ids(call.conn, query.ids))
    return Items(*directory.search(call.conn, query.q, query.department, query.limit, query.cursor))


def show_person(call: Read[None, Nothing]) -> PersonView:
    """One colleague."""
    return directory.one(call.conn, call.id())


def list_departments(call: Read[None, Nothing]) -> Items[DepartmentView]:
    """The whole tree, parents first."""
    return Items(departments(call.conn))


async def new_link(call: Await[Nothing, Nothing]) -> Answer:
    """A fresh single-use link for somebody who has not set a password; replaces the older."""

    def turn(work: Work) -> tuple[dict[int, str], datetime]:
        made = invite(work, call.actor.id, [call.id()])
        work.audit("invitation.made", ("person", call.id()))
        return made

    done = await call.write(turn)
    tokens, expires = done.value
    return Answer(LinkView(link(call.company.settings.public_url, tokens[call.id()]), expires), done.seq)


ROUTES = [
    get("/api/people", MAY_READ_PEOPLE, list_people, output=Items[PersonView], query=PeopleQuery),
    get("/api/people/{id:int}", MAY_READ_PEOPLE, show_person, output=PersonView),
    get("/api/departments", MAY_READ_PEOPLE, list_departments, output=Items[DepartmentView]),
    awaits("POST", "/api/people/{id:int}/invitation", MAY_IMPORT, new_link, output=LinkView, status=201),
]
