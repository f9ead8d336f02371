"""Asking to join through the company's link, and the asker's page that waits for the answer. Nobody is signed in here."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from server.api.inputs import Line
from server.auth import delays, passwords
from server.joining import events, link
from server.joining.models import JoinRequest
from server.joining.present import request
from server.kit.clock import real_now
from server.kit.problems import NotFound, RateLimited, invalid
from server.kit.text import clean
from server.people import cell_values
from server.people.cell_values import sign_in_key
from server.people.invitations import hash_token
from server.people.newcomers import taken_names
from server.permissions.holders import holders
from server.work.company import Company, profile_of
from server.work.work import Work

MAX_NOTE = 200
MOST_WAITING = 1_000
# Rows that nobody needs any more: what was decided, and what lies aside.
KEPT = timedelta(days=30)


class Ask(msgspec.Struct, forbid_unknown_fields=True):
    """`login` is a phone number or an e-mail address; with it and `password` one signs in once let in."""

    name: Line
    login: Line
    password: Line
    note: Line = ""
    language: Literal["zh-Hans", "en"] = "zh-Hans"


class JoiningView(msgspec.Struct):
    """Where a link leads."""

    company: str


class AskedView(msgspec.Struct):
    """`token` belongs to the asker's page alone; only its hash is kept."""

    token: str


class AnswerView(msgspec.Struct):
    """What the asker may know. `reason` is what the administrator wrote with a refusal."""

    state: Literal["pending", "approved", "refused"]
    company: str
    name: str
    login: str
    reason: str


def look(conn: Connection, token: str) -> JoiningView:
    """Raises `NotFound`."""
    link.must_lead_here(conn, token)
    return JoiningView(profile_of(conn).name)


async def ask(company: Company, token: str, wanted: Ask, address: str) -> AskedView:
    """One request. The same answer, and the same work, whether or not somebody has this sign-in name already.

    Raises `NotFound`, `Invalid`, or `TooSoon` when too many asked from this address.
    """
    name = clean(wanted.name, "name", limit=cell_values.MAX_NAME, single_line=True)
    note = clean(wanted.note, "note", limit=MAX_NOTE, required=False, single_line=True)
    phone, email = cell_values.phone(wanted.login), cell_values.email(wanted.login)
    if phone is None and email is None:
        raise invalid("login", "phone_or_email", "A phone number or an e-mail address.")
    login = phone or email or ""
    keys = [f"joining:{delays.place(address)}"]

    def open_for(conn: Connection) -> None:
        link.must_lead_here(conn, token)
        delays.check(conn, keys, real_now())

    await company.read(open_for)
    passwords.check_strength(wanted.password, (name, wanted.login, login))
    hashed = await passwords.hash_password(wanted.password, delays.place(address))
    secret = secrets.token_urlsafe(32)
    values = {
        "token_hash": hash_token(secret),
        "name": name,
        "login_key": sign_in_key(login),
        "phone": phone or "",
        "email": "" if phone else email,
        "note": note,
        "language": wanted.language,
        "password_hash": hashed,
    }

    def turn(work: Work) -> None:
        link.must_lead_here(work.conn, token)
        delays.settle(work.conn, keys, real_now(), right=False)
        _keep(work, values)

    await company.write(turn)
    return AskedView(secret)


def _keep(work: Work, values: dict[str, Any]) -> None:
    key = values["login_key"]
    waiting = (JoinRequest.login_key == key) & (JoinRequest.state == "pending")
    again = work.conn.execute(
        update(JoinRequest)
        .where(waiting)
        .values(times=JoinRequest.times + 1)
        .returning(*JoinRequest.__table__.columns)
    ).first()
    is_aside = again is not None or bool(taken_names(work.conn, [key]))
    count = select(func.count()).where(JoinRequest.state.in_(("pending", "aside")))
    if work.conn.execute(count).scalar_one() >= MOST_WAITING:
        raise RateLimited(
            "Too many requests are waiting for an answer.", limit=MOST_WAITING, retry_after=3_600
        )
    row = work.conn.execute(
        insert(JoinRequest)
        .values(**values, state="aside" if is_aside else "pending", times=1, asked_at=work.now)
        .returning(*JoinRequest.__table__.columns)
    ).one()
    shown = again if again is not None else None if is_aside else row
    if shown is not None:
        work.record(events.asked(request(shown), holders(work.conn, "people.admit")))


def answer(conn: Connection, token: str) -> AnswerView:
    """What became of the request with this secret. Raises `NotFound`."""
    row = conn.execute(
        select(JoinRequest.__table__).where(JoinRequest.token_hash == hash_token(token))
    ).first()
    if row is None:
        raise NotFound("This request is not known (any more).", next_step="ask_again")
    state: Literal["pending", "approved", "refused"] = "pending" if row.state == "aside" else row.state
    return AnswerView(state, profile_of(conn).name, row.name, row.phone or row.email, row.reason)


def forget(conn: Connection, now: datetime) -> int:
    """Old requests that were decided or lie aside. Answers how many."""
    old = (JoinRequest.state != "pending") & (
        func.coalesce(JoinRequest.decided_at, JoinRequest.asked_at) < now - KEPT
    )
    return conn.execute(delete(JoinRequest).where(old)).rowcount
