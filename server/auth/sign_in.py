"""Signing in by phone, staff number or e-mail, and setting the first password with an invitation."""

from sqlalchemy import Connection, select, update

from server.auth import delays, passwords, sessions
from server.events.envelope import EVERYONE, Event
from server.kit.clock import real_now
from server.kit.problems import NotFound, WrongCredentials, WrongState
from server.org.models import Person, SignInName
from server.people.cell_values import sign_in_key
from server.people.invitations import Invitation, hash_token
from server.people.present import person_puts
from server.work.company import Company
from server.work.work import Work


async def sign_in(company: Company, typed: str, password: str, address: str, device: str) -> tuple[int, str]:
    """The person and the token of a new session. Raises `WrongCredentials` or `TooSoon`; unknown names cost the same work."""
    login = sign_in_key(typed)
    keys = delays.keys(login, address)

    def look(conn: Connection) -> tuple[int, str | None] | None:
        delays.check(conn, keys, real_now())
        row = conn.execute(
            select(Person.id, Person.password_hash)
            .join(SignInName, SignInName.person_id == Person.id)
            .where(SignInName.name == login, Person.state == "active")
        ).first()
        return (row.id, row.password_hash) if row else None

    person = await company.read(look)
    right = await passwords.verify(person[1] if person else None, password, delays.place(address))

    def enter(work: Work) -> str | None:
        delays.settle(work.conn, keys, real_now(), right and person is not None)
        return sessions.begin(work, person[0], device) if right and person is not None else None

    token = (await company.write(enter)).value
    if person is None or token is None:
        raise WrongCredentials()
    return person[0], token


def invited(conn: Connection, token: str) -> tuple[int, str, str]:
    """(person, name, sign-in name) of a link that still works. Raises `NotFound`, or `WrongState` for a used or expired one."""
    row = conn.execute(
        select(Invitation.used_at, Invitation.expires_at, Person.id, Person.name, Person.state)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.token_hash == hash_token(token))
    ).first()
    if row is None:
        raise NotFound("This link is unknown; perhaps a newer one replaced it.", next_step="ask_new_link")
    if row.used_at is not None or row.state != "invited":
        raise _used()
    if row.expires_at < real_now():
        raise WrongState("This link has expired.", reason="link_expired", next_step="ask_new_link")
    names = list(
        conn.execute(
            select(SignInName.name).where(SignInName.person_id == row.id).order_by(SignInName.name)
        ).scalars()
    )
    phone = conn.execute(select(Person.phone).where(Person.id == row.id)).scalar()
    return row.id, row.name, phone or (names[0] if names else "")


async def accept(company: Company, token: str, password: str, device: str) -> tuple[int, str]:
    """Sets the first password and signs in. The link works once, whoever is faster."""
    _, name, login = await company.read(lambda conn: invited(conn, token))
    passwords.check_strength(password, (name, login))
    hashed = await passwords.hash_password(password)

    def turn(work: Work) -> tuple[int, str]:
        person_id, _, _ = invited(work.conn, token)
        activate(work, person_id, hashed)  # the person's row first, as whoever replaces the link does
        used = work.conn.execute(
            update(Invitation)
            .where(Invitation.token_hash == hash_token(token), Invitation.used_at.is_(None))
            .values(used_at=real_now())
        )
        if used.rowcount != 1:
            raise _used()
        return person_id, sessions.begin(work, person_id, device)

    return (await company.write(turn)).value


def activate(work: Work, person_id: int, password_hash: str) -> None:
    """From invited to active with this password; colleagues see it at once. Raises `WrongState` for all but the first."""
    changed = work.conn.execute(
        update(Person)
        .where(Person.id == person_id, Person.state == "invited")
        .values(password_hash=password_hash, state="active")
    )
    if changed.rowcount != 1:
        raise _used()
    work.record(Event("person.changed", [EVERYONE], person_puts(work.conn, [person_id]), actor=person_id))


def _used() -> WrongState:
    return WrongState("This link was already used.", reason="link_used", next_step="sign_in")
