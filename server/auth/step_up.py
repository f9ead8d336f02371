"""Showing again who is there, before a dangerous act: with the password or a code of the second factor."""

from sqlalchemy import Connection, select, update

from server.auth import delays, passwords, second_factor
from server.auth.models import Session
from server.kit.clock import real_now
from server.kit.problems import WrongCredentials, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work


def ways(conn: Connection, person_id: int) -> tuple[bool, bool]:
    """Whether this person can confirm with a password, with a code."""
    has_password = (
        conn.execute(select(Person.password_hash).where(Person.id == person_id)).scalar() is not None
    )
    return has_password, second_factor.is_on(conn, person_id)


async def confirm(company: Company, actor: Actor, password: str, code: str, address: str) -> None:
    """This session counts as freshly confirmed. Raises `WrongCredentials` or `TooSoon`; wrong tries are slowed as at the door."""
    if bool(password) == bool(code):
        raise invalid("password", "required", "The password or a code, one of them.")
    keys = delays.code_keys(actor.id, address) if code else delays.keys(f"person {actor.id}", address)

    def look(conn: Connection) -> str | None:
        delays.check(conn, keys, real_now())
        return conn.execute(select(Person.password_hash).where(Person.id == actor.id)).scalar()

    stored = await company.read(look)
    right = bool(password) and await passwords.verify(stored, password, delays.place(address))

    def turn(work: Work) -> bool:
        good = right or (bool(code) and second_factor.take(work, actor.id, code))
        delays.settle(work.conn, keys, real_now(), good)
        if good:
            work.conn.execute(
                update(Session).where(Session.id == actor.session_id).values(confirmed_at=real_now())
            )
        return good

    if not (await company.write(turn)).value:
        raise WrongCredentials()
