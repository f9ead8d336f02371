"""Inviting: one new person from the directory, and handing links over by mail where a mail server is set."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from server.mail import outbox
from server.mail.outbox import Recipient
from server.org.models import Person
from server.people.invitations import invite, link
from server.people.letters import INVITATION
from server.people.newcomers import Names, Place, add, drawn
from server.people.present import PersonView, persons
from server.permissions.actor import Actor
from server.work.work import Work


class LinkView(msgspec.Struct):
    """Shown once; only its hash is kept. `mailed`: it is also on its way to the person's address."""

    link: str
    expires_at: datetime
    mailed: bool = False


class InvitedView(msgspec.Struct):
    """`invitation` is null when the same request is repeated: the link was shown already."""

    person: PersonView
    invitation: LinkView | None


def invite_newcomer(work: Work, actor: Actor, names: Names, place: Place, *, mail: bool) -> InvitedView:
    """A new person in state `invited`, and the link. Raises `Invalid`."""
    person_id = add(work, actor.id, drawn(names, place))
    work.audit("person.invited", ("person", person_id), kind=place.kind)
    return InvitedView(persons(work.conn, [person_id])[0], make_link(work, actor, person_id, mail=mail))


def make_link(work: Work, actor: Actor, person_id: int, *, mail: bool) -> LinkView:
    """A fresh link; the older one is dead. Raises `NotFound` or `WrongState`."""
    tokens, expires = invite(work, actor.id, [person_id])
    work.audit("invitation.made", ("person", person_id))
    mailed = mail_links(work, tokens, expires) if mail else []
    return LinkView(link(work.company.settings.public_url, tokens[person_id]), expires, bool(mailed))


def mail_links(work: Work, tokens: Mapping[int, str], expires: datetime) -> Sequence[int]:
    """Puts each person's link into the outbox. Answers to whom: who has no address gets none."""
    base = work.company.settings.public_url
    mailed = []
    for row in _people(work.conn, list(tokens)):
        to = Recipient(row.name, row.email or "", row.language, row.id)
        login = row.phone or row.staff_number or row.email or ""
        if outbox.put(work, INVITATION, to, expires, link=link(base, tokens[row.id]), login=login):
            mailed.append(row.id)
    return mailed


def _people(conn: Connection, ids: Sequence[int]) -> Sequence[Person]:
    columns = (Person.id, Person.name, Person.email, Person.phone, Person.staff_number, Person.language)
    found: list[Person] = []
    for start in range(0, len(ids), 500):
        query = select(*columns).where(Person.id.in_(ids[start : start + 500])).order_by(Person.id)
        found += conn.execute(query).all()  # type: ignore[arg-type]
    return found
