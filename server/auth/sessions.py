"""Who is behind a cookie; beginning and ending sessions. Ending one closes its sockets through the log, on every process."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from server.auth.models import Session
from server.config.settings import Settings
from server.db.hot import Hot
from server.events.envelope import Event
from server.kit.clock import real_now
from server.people.invitations import hash_token
from server.permissions.actor import Actor, load_actor
from server.work.work import Work

TOUCH_EVERY = timedelta(hours=1)
_SESSION = Hot(
    select(Session.id, Session.person_id).where(
        Session.token_hash == bindparam("hash"), Session.expires_at > bindparam("now")
    )
)


def cookie_name(secure: bool) -> str:
    return "__Host-tenfour_session" if secure else "tenfour_session"


def token_in(headers: Mapping[str, str], secure: bool) -> str:
    """The session token of a request, or an empty text. Under TLS only the `__Host-` cookie counts: no other host can have set it.

    Other cookies may be spelled as they like; ours holds nothing that needs quoting.
    """
    for cookie in headers.get("cookie", "").split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == cookie_name(secure):
            return value
    return ""


def authenticate(conn: Connection, headers: Mapping[str, str], secure: bool) -> Actor | None:
    """The active person behind the request's session, or None."""
    token = token_in(headers, secure)
    if not token:
        return None
    found = _SESSION.rows(conn, {"hash": hash_token(token), "now": real_now()})
    return load_actor(conn, found[0][1], found[0][0]) if found else None


def begin(work: Work, person_id: int, device: str) -> str:
    """A new session; answers its token, to be put into the cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    now = real_now()
    work.conn.execute(
        insert(Session).values(
            person_id=person_id,
            token_hash=hash_token(token),
            device=device[:300],
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=work.company.settings.session_days),
        )
    )
    return token


def touch(work: Work, session_id: int) -> None:
    """Somebody is here: the session lives on from now. Written at most once an hour."""
    now = real_now()
    work.conn.execute(
        update(Session)
        .where(Session.id == session_id, Session.last_seen_at < now - TOUCH_EVERY)
        .values(last_seen_at=now, expires_at=now + timedelta(days=work.company.settings.session_days))
    )


def is_stale(conn: Connection, session_id: int) -> bool:
    """Whether `touch` would change anything: a look without a writing turn."""
    query = select(Session.id).where(
        Session.id == session_id, Session.last_seen_at < real_now() - TOUCH_EVERY
    )
    return conn.execute(query).first() is not None


def end(work: Work, actor: Actor) -> None:
    """Signs this device out and cuts its sockets. On no stream: the person's other devices go on."""
    work.conn.execute(delete(Session).where(Session.id == actor.session_id))
    work.record(Event("session.ended", [], actor=actor.id, ends_sessions=[actor.session_id]))


def forget_expired(conn: Connection, now: datetime) -> int:
    """Deletes sessions that have run out. Answers how many."""
    return conn.execute(delete(Session).where(Session.expires_at < now)).rowcount


def set_cookie(settings: Settings, token: str) -> str:
    age = settings.session_days * 86_400
    flags = "; Secure" if settings.secure else ""
    return f"{cookie_name(settings.secure)}={token}; Max-Age={age}; Path=/; HttpOnly; SameSite=Lax{flags}"


def drop_cookie(settings: Settings) -> str:
    flags = "; Secure" if settings.secure else ""
    return f"{cookie_name(settings.secure)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax{flags}"
