"""What an administrator may do about somebody's ways in: look, sign out everywhere, take away a lost second factor or all tokens."""

import msgspec
from sqlalchemy import Connection, func, select

from server.auth import second_factor
from server.auth.ending import end_devices, end_tokens
from server.auth.models import AccessToken, Session
from server.kit.clock import real_now
from server.kit.problems import NotFound
from server.org.models import Person
from server.work.work import Work


class AccessView(msgspec.Struct):
    """How many devices are signed in and how many tokens work; whether a second factor is on."""

    devices: int
    tokens: int
    second_factor: bool


def access_of(conn: Connection, person_id: int) -> AccessView:
    """Raises `NotFound`."""
    must_exist(conn, person_id)
    now = real_now()
    devices = select(func.count(Session.id)).where(
        Session.person_id == person_id, Session.kind == "device", Session.expires_at > now
    )
    tokens = select(func.count(AccessToken.id)).where(
        AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None), AccessToken.expires_at > now
    )
    return AccessView(
        conn.execute(devices).scalar_one(),
        conn.execute(tokens).scalar_one(),
        second_factor.is_on(conn, person_id),
    )


def sign_out(work: Work, person_id: int) -> None:
    """Everywhere, at once. Raises `NotFound`."""
    must_exist(work.conn, person_id)
    ended = end_devices(work, person_id)
    work.audit("sessions.ended", ("person", person_id), devices=ended)


def revoke_tokens(work: Work, person_id: int) -> None:
    """Raises `NotFound`."""
    must_exist(work.conn, person_id)
    work.audit("tokens.revoked", ("person", person_id), tokens=end_tokens(work, person_id))


def reset_second_factor(work: Work, person_id: int) -> None:
    """For a lost phone: the password alone lets in again, and who must have a factor is led to a new one. Raises `NotFound`."""
    must_exist(work.conn, person_id)
    second_factor.switch_off(work, person_id, "second_factor.reset")


def must_exist(conn: Connection, person_id: int) -> None:
    if conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
        raise NotFound()
