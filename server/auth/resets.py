"""Links with which somebody who forgot the password sets a new one: asked for by mail, or made by an administrator.

Only the hash of the token is kept; a new link replaces the older. Setting a password this way signs nobody in: a second factor,
where there is one, is asked for at the door as always.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server.auth import delays, passwords
from server.auth.letters import RESET
from server.auth.models import PasswordReset
from server.auth.own_password import must_not_be_weak, store
from server.kit.clock import real_now
from server.kit.problems import Forbidden, NotFound, WrongState
from server.mail import outbox
from server.mail.outbox import Recipient
from server.org.models import Person, SignInName
from server.people import invitations
from server.people.cell_values import sign_in_key
from server.people.invitations import hash_token
from server.permissions.actor import Actor, load_actor
from server.permissions.capabilities import covers
from server.work.company import Company
from server.work.work import Work

JOB = "mail_password_reset"
BY_MAIL = timedelta(hours=1)
BY_HAND = timedelta(hours=24)
# A second mail within this time is not sent: nobody fills another's mailbox.
MAIL_PAUSE = timedelta(minutes=5)


def link(base_url: str, token: str) -> str:
    return f"{base_url}/reset/{token}"


async def ask(company: Company, typed: str, address: str) -> None:
    """Somebody forgot a password. The same answer and the same work whether or not the name is known: what follows happens in a job.

    Raises `TooSoon`: asking counts like a failed sign-in at this address.
    """
    login = sign_in_key(typed)
    keys = delays.keys(f"forgot {login}", address)
    person_id = await company.read(lambda conn: _whose(conn, keys, login))

    def turn(work: Work) -> None:
        now = real_now()
        delays.settle(work.conn, keys, now, right=False)
        work.enqueue(JOB, {"person": person_id}, key=f"{JOB}/{secrets.token_hex(16)}")

    await company.write(turn)


def _whose(conn: Connection, keys: list[str], login: str) -> int:
    """0 for nobody."""
    delays.check(conn, keys, real_now())
    found = conn.execute(select(SignInName.person_id).where(SignInName.name == login)).scalar()
    return found or 0


async def mail_link(company: Company, args: dict[str, Any]) -> None:
    """The job behind `ask`."""
    await company.write(lambda work: _mail_link(work, int(args["person"])))


def _mail_link(work: Work, person_id: int) -> None:
    row = work.conn.execute(
        select(Person.name, Person.email, Person.language)
        .where(Person.id == person_id, Person.state == "active", Person.email.is_not(None))
        .with_for_update()
    ).first()
    if row is None or not outbox.is_possible(work.company.settings):
        return
    recent = select(PasswordReset.id).where(
        PasswordReset.person_id == person_id, PasswordReset.created_at > real_now() - MAIL_PAUSE
    )
    if work.conn.execute(recent).first() is not None:
        return
    token, expires = _make(work, person_id, None, BY_MAIL)
    to = Recipient(row.name, row.email, row.language, person_id)
    outbox.put(work, RESET, to, expires, link=link(work.company.settings.public_url, token))


def make_link(work: Work, actor: Actor, person_id: int) -> tuple[str, datetime]:
    """A link for a colleague who cannot get in, to be handed over. Raises `NotFound`, `WrongState`, or `Forbidden` for somebody whose
    roles allow more than the actor may give: else a password were a way to other people's rights."""
    query = select(Person.state, Person.kind).where(Person.id == person_id).with_for_update()
    row = work.conn.execute(query).first()
    if row is None:
        raise NotFound()
    if row.state != "active" or row.kind == "bot":
        state = row.state if row.kind != "bot" else "bot"
        step = "invitation" if state == "invited" else "ask_administrator"
        raise WrongState("This person has no password to set anew.", reason=f"person_{state}", next_step=step)
    whose = load_actor(work.conn, person_id)
    if not actor.can("roles.edit") and (whose is None or not _covers(actor, whose)):
        raise Forbidden("This person's roles allow more than yours.", next_step="ask_administrator")
    token, expires = _make(work, person_id, actor.id, BY_HAND)
    work.audit("password.reset_link_made", ("person", person_id))
    return link(work.company.settings.public_url, token), expires


def make_link_by_operator(work: Work, login: str) -> tuple[str, str, datetime]:
    """(name, link, until when) for whoever signs in by this name; who has no password yet gets a fresh invitation instead.

    Raises `NotFound`, or `WrongState` for who has left.
    """
    row = work.conn.execute(
        select(Person.id, Person.name, Person.state)
        .join(SignInName, SignInName.person_id == Person.id)
        .where(SignInName.name == sign_in_key(login))
        .with_for_update(of=Person)
    ).first()
    if row is None:
        raise NotFound(f"Nobody signs in as {login}.")
    if row.state == "left":
        raise WrongState(f"{row.name} has left the company.", reason="person_left")
    base = work.company.settings.public_url
    if row.state == "invited":
        tokens, expires = invitations.invite(work, row.id, [row.id])
        work.audit("invitation.made", ("person", row.id))
        return row.name, invitations.link(base, tokens[row.id]), expires
    token, expires = _make(work, row.id, None, BY_HAND)
    work.audit("password.reset_link_made", ("person", row.id))
    return row.name, link(base, token), expires


def _covers(actor: Actor, other: Actor) -> bool:
    return all(
        covers(actor.scopes(name), scope) for name, scopes in other.capabilities.items() for scope in scopes
    )


def _make(work: Work, person_id: int, by: int | None, valid: timedelta) -> tuple[str, datetime]:
    token, now = secrets.token_urlsafe(32), real_now()
    work.conn.execute(
        delete(PasswordReset).where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
    )
    work.conn.execute(
        insert(PasswordReset).values(
            person_id=person_id,
            token_hash=hash_token(token),
            created_by=by,
            created_at=now,
            expires_at=now + valid,
        )
    )
    return token, now + valid


def found(conn: Connection, token: str) -> tuple[int, str]:
    """(person, name) of a link that still works. Raises `NotFound`, or `WrongState` for a used or expired one."""
    row = conn.execute(
        select(PasswordReset.used_at, PasswordReset.expires_at, Person.id, Person.name, Person.state)
        .join(Person, Person.id == PasswordReset.person_id)
        .where(PasswordReset.token_hash == hash_token(token))
    ).first()
    if row is None:
        raise NotFound("This link is unknown; perhaps a newer one replaced it.", next_step="ask_new_link")
    if row.used_at is not None or row.state != "active":
        raise _used()
    if row.expires_at < real_now():
        raise WrongState("This link has expired.", reason="link_expired", next_step="ask_new_link")
    return row.id, row.name


async def carry_out(company: Company, token: str, password: str, write: Any) -> None:
    """Sets the new password, once, and signs the person out everywhere. `write` is the route's own turn. Raises as `found`, and
    `Invalid` for a weak password, which leaves the link as it is."""
    person_id, _ = await company.read(lambda conn: found(conn, token))
    await company.read(lambda conn: must_not_be_weak(conn, person_id, password))
    hashed = await passwords.hash_password(password)

    def turn(work: Work) -> None:
        person, _ = found(work.conn, token)
        used = work.conn.execute(
            update(PasswordReset)
            .where(PasswordReset.token_hash == hash_token(token), PasswordReset.used_at.is_(None))
            .values(used_at=real_now())
        )
        if used.rowcount != 1:
            raise _used()
        store(work, person, hashed, by="link")

    await write(turn)


def _used() -> WrongState:
    return WrongState("This link was already used.", reason="link_used", next_step="sign_in")
