"""Signing in by phone, staff number or e-mail, with a second step where a second factor is on; the first password by invitation."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from server.auth import delays, passwords, second_factor, sessions
from server.auth.models import SignInStep
from server.auth.sessions import Origin
from server.events.envelope import EVERYONE, Event
from server.kit.clock import real_now
from server.kit.problems import NotFound, SecondFactorNeeded, WrongCredentials, WrongState
from server.org.models import Person, SignInName
from server.people.cell_values import sign_in_key
from server.people.invitations import Invitation, hash_token
from server.people.present import person_puts
from server.permissions.actor import load_actor
from server.work.company import Company
from server.work.work import Work

STEP_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Halfway:
    """The password was right; `step` and a code are the rest of the way."""

    step: str
    until: datetime


async def sign_in(company: Company, typed: str, password: str, origin: Origin) -> tuple[int, str]:
    """The person and the token of a new session. Unknown names cost the same work.

    Raises `WrongCredentials`, `TooSoon`, or `SecondFactorNeeded` when the password was right and a code is still to come.
    """
    login = sign_in_key(typed)
    keys = delays.keys(login, origin.address)

    def look(conn: Connection) -> tuple[int, str | None] | None:
        delays.check(conn, keys, real_now())
        row = conn.execute(
            select(Person.id, Person.password_hash)
            .join(SignInName, SignInName.person_id == Person.id)
            .where(SignInName.name == login, Person.state == "active")
        ).first()
        return (row.id, row.password_hash) if row else None

    person = await company.read(look)
    right = await passwords.verify(person[1] if person else None, password, delays.place(origin.address))

    def enter(work: Work) -> Halfway | str | None:
        # Looked at again under a lock: the password may have been changed, or the person have left, meanwhile.
        good = right and person is not None and _is_still(work, person[0], person[1])
        delays.settle(work.conn, keys, real_now(), good)
        return admit(work, person[0], origin) if good and person is not None else None

    found = (await company.write(enter)).value
    if isinstance(found, Halfway):
        raise SecondFactorNeeded(step=found.step, until=found.until)
    if person is None or found is None:
        raise WrongCredentials()
    return person[0], found


def _is_still(work: Work, person_id: int, password_hash: str | None) -> bool:
    row = work.conn.execute(
        select(Person.password_hash)
        .where(Person.id == person_id, Person.state == "active")
        .with_for_update(read=True)
    ).first()
    return row is not None and row.password_hash == password_hash


def admit(work: Work, person_id: int, origin: Origin, *, how: str = "password") -> Halfway | str:
    """A session's token for who has shown a password or a link; `Halfway` where the second factor is still to be shown."""
    if second_factor.is_on(work.conn, person_id):
        return _halfway(work, person_id)
    return enter(work, person_id, origin, how)


def enter(work: Work, person_id: int, origin: Origin, how: str = "password") -> str:
    """A session's token for who has shown everything. Raises `WrongState` for a person who is not active."""
    actor = load_actor(work.conn, person_id)
    if actor is None:
        raise WrongState("This person does not sign in here.", reason="not_active")
    must_enrol = how != "openid" and second_factor.is_needed(work.conn, actor)
    return sessions.begin(work, person_id, origin.device, origin=origin, how=how, must_enrol=must_enrol)


def _halfway(work: Work, person_id: int) -> Halfway:
    step, until = secrets.token_urlsafe(32), real_now() + STEP_LASTS
    work.conn.execute(
        insert(SignInStep).values(token_hash=hash_token(step), person_id=person_id, expires_at=until)
    )
    return Halfway(step, until)


async def finish(company: Company, step: str, code: str, origin: Origin) -> tuple[int, str]:
    """The second step. Raises `WrongState` when the first is too long ago, `WrongCredentials` or `TooSoon`."""

    def turn(work: Work) -> tuple[int, str] | None:
        row = work.conn.execute(
            select(SignInStep.id, SignInStep.person_id)
            .where(SignInStep.token_hash == hash_token(step), SignInStep.expires_at > real_now())
            .with_for_update()
        ).first()
        if row is None:
            raise WrongState(
                "Please begin with your password again.", reason="step_over", next_step="sign_in"
            )
        good = second_factor.take(work, row.person_id, code)
        delays.settle(work.conn, delays.code_keys(row.person_id, origin.address), real_now(), good)
        if not good:
            return None
        work.conn.execute(delete(SignInStep).where(SignInStep.id == row.id))
        return row.person_id, enter(work, row.person_id, origin)

    entered = (await company.write(turn)).value
    if entered is None:
        raise WrongCredentials("This code is not right, or was used already.")
    return entered


def forget_steps(conn: Connection, now: datetime) -> int:
    return conn.execute(delete(SignInStep).where(SignInStep.expires_at < now)).rowcount


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


async def accept(company: Company, token: str, password: str, origin: Origin) -> tuple[int, str]:
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
        return person_id, enter(work, person_id, origin, "link")

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
