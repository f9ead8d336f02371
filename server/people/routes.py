"""The directory's routes, and links for new people."""

from typing import Literal

import msgspec

from server.api.inputs import EntityId, Line
from server.api.paging import Page
from server.api.route import Answer, Await, Items, Made, Nothing, Read, Write, awaits, get, post
from server.people import directory
from server.people.inviting import InvitedView, LinkView, invite_newcomer, make_link
from server.people.newcomers import Names, Place
from server.people.policies import MAY_IMPORT, MAY_READ_PEOPLE
from server.people.present import DepartmentView, PersonView, departments


class PeopleQuery(Page, forbid_unknown_fields=True):
    q: Line = ""
    department: EntityId | None = None
    ids: Line | None = None
    state: Literal["invited", "active", "left"] | None = None


class AskLink(msgspec.Struct, forbid_unknown_fields=True):
    """`mail` sends it to the person's address as well, where a mail server is set."""

    mail: bool = False


class NewInvitation(Names):
    """Somebody new; what is left out is empty."""

    place: Place = msgspec.field(default_factory=Place)
    mail: bool = False


def list_people(call: Read[None, PeopleQuery]) -> Items[PersonView]:
    """Colleagues by search, department or ids; those who left only by id or `state`."""
    query = call.query
    if query.ids is not None:
        return Items(directory.by_ids(call.conn, query.ids, query.q))
    return Items(
        *directory.search(call.conn, query.q, query.department, query.limit, query.cursor, query.state)
    )


def show_person(call: Read[None, Nothing]) -> PersonView:
    """One colleague."""
    return directory.one(call.conn, call.id())


def list_departments(call: Read[None, Nothing]) -> Items[DepartmentView]:
    """The whole tree, parents first."""
    return Items(departments(call.conn))


def invite_one(call: Write[NewInvitation, Nothing]) -> Made:
    """Invite one new person; the single-use link is shown once, and mailed on request."""
    body = call.body
    made = invite_newcomer(call.work, call.actor, body, body.place, mail=body.mail)
    return Made(("person", made.person.id), made)


async def new_link(call: Await[AskLink, Nothing]) -> Answer:
    """A fresh single-use link for somebody who has not set a password; replaces the older."""
    done = await call.write(lambda work: make_link(work, call.actor, call.id(), mail=call.body.mail))
    return Answer(done.value, done.seq)


ROUTES = [
    get("/api/people", MAY_READ_PEOPLE, list_people, output=Items[PersonView], query=PeopleQuery),
    get("/api/people/{id:int}", MAY_READ_PEOPLE, show_person, output=PersonView),
    get("/api/departments", MAY_READ_PEOPLE, list_departments, output=Items[DepartmentView]),
    post(
        "/api/people",
        MAY_IMPORT,
        invite_one,
        again=lambda call, earlier: InvitedView(directory.one(call.conn, earlier.ref_id), None),
        output=InvitedView,
        body=NewInvitation,
    ),
    awaits(
        "POST",
        "/api/people/{id:int}/invitation",
        MAY_IMPORT,
        new_link,
        output=LinkView,
        body=AskLink,
        status=201,
    ),
]
