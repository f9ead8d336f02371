"""Who a provider's account is here: by its subject, else once by its verified e-mail. Nobody is ever made up."""

from sqlalchemy import Connection, func, insert, select, update

from server.auth.models import OpenIdName
from server.auth.openid.claims import Claims
from server.auth.sessions import Origin
from server.auth.sign_in import enter as enter_session
from server.events.envelope import EVERYONE, Event
from server.kit.clock import real_now
from server.org.models import Person
from server.people.present import person_puts
from server.work.work import Work


class Unmatched(Exception):
    """Nobody here. `reason`: unknown, unverified or left."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def enter(work: Work, issuer: str, about: Claims, origin: Origin) -> str:
    """The token of a new session. The provider asked for its own second factor; ours is not asked. Raises `Unmatched`."""
    person_id = _linked(work.conn, issuer, about.subject)
    if person_id is None:
        person_id = _matched(work.conn, issuer, about)
        work.conn.execute(
            insert(OpenIdName).values(
                issuer=issuer, subject=about.subject, person_id=person_id, created_at=real_now()
            )
        )
        work.audit("openid.linked", ("person", person_id))
    state = work.conn.execute(
        select(Person.state).where(Person.id == person_id).with_for_update(read=True)
    ).scalar_one()
    if state == "left":
        raise Unmatched("left")
    if state == "invited":
        _arrive(work, person_id)
    return enter_session(work, person_id, origin, "openid")


def _linked(conn: Connection, issuer: str, subject: str) -> int | None:
    query = select(OpenIdName.person_id).where(OpenIdName.issuer == issuer, OpenIdName.subject == subject)
    return conn.execute(query).scalar()


def _matched(conn: Connection, issuer: str, about: Claims) -> int:
    if not about.email:
        raise Unmatched("unverified" if about.has_email else "unknown")
    person = conn.execute(
        select(Person.id, Person.state).where(func.lower(Person.email) == about.email, Person.kind != "bot")
    ).first()
    if person is None:
        raise Unmatched("unknown")
    if person.state == "left":
        raise Unmatched("left")
    # Another account of that provider is this person already: an address that was given on to somebody else opens nothing.
    taken = select(OpenIdName.subject).where(OpenIdName.issuer == issuer, OpenIdName.person_id == person.id)
    if conn.execute(taken).first() is not None:
        raise Unmatched("unknown")
    return int(person.id)


def _arrive(work: Work, person_id: int) -> None:
    """The first time of somebody who was invited: without a password, by this way alone."""
    changed = work.conn.execute(
        update(Person).where(Person.id == person_id, Person.state == "invited").values(state="active")
    )
    if changed.rowcount:
        work.record(Event("person.changed", [EVERYONE], person_puts(work.conn, [person_id]), actor=person_id))
