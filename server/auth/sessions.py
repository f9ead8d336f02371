"""Who is behind a cookie or an access token; beginning and ending sessions. Ending one closes its sockets through the log, on every
process."""

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, delete, insert, or_, select, update

from server.auth.cookies import bearer_in, token_in
from server.auth.devices import is_carried
from server.auth.models import AccessToken, Session
from server.config.settings import Settings
from server.db.hot import Hot
from server.events.envelope import Event
from server.kit.clock import real_now
from server.people.invitations import hash_token
from server.permissions.actor import Actor, load_actor
from server.work.work import Work

TOUCH_EVERY = timedelta(minutes=15)
STEP_UP_LASTS = timedelta(minutes=10)


def _found_by(*where: ColumnElement[bool]) -> Hot:
    query = (
        select(
            Session.id,
            Session.person_id,
            (Session.confirmed_at > bindparam("fresh")).label("is_confirmed"),
            (Session.last_seen_at < bindparam("due")).label("is_due"),
            Session.must_enrol,
            (
                Session.renews
                & or_(Session.earlier_until.is_(None), Session.earlier_until <= bindparam("now"))
            ).label("renews"),
            AccessToken.scopes,
        )
        .outerjoin(AccessToken, AccessToken.session_id == Session.id)
        .where(*where, Session.expires_at > bindparam("now"), Session.kind == bindparam("kind"))
    )
    return Hot(query)


_BY_TOKEN = _found_by(Session.token_hash == bindparam("hash"))
_BY_EARLIER_TOKEN = _found_by(
    Session.earlier_hash == bindparam("hash"), Session.earlier_until > bindparam("now")
)
_BY_NUMBER = _found_by(Session.id == bindparam("session"))


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody signs in. `replaces` is the session token that this browser held until now."""

    device: str = ""
    address: str = ""
    replaces: str = ""


def authenticate(conn: Connection, headers: Mapping[str, str], secure: bool) -> Actor | None:
    """The active person behind the request's access token or session, or None. Who brings a token has no cookie."""
    bearer = bearer_in(headers)
    if bearer is not None:
        return _behind(conn, bearer, "token")
    return _behind(conn, token_in(headers, secure), "device")


def again(conn: Connection, actor: Actor) -> Actor | None:
    """The same session looked at anew, whatever its token is by now; None when it has ended."""
    kind = "token" if actor.by_token else "device"
    found = _BY_NUMBER.rows(conn, {"session": actor.session_id, "kind": kind, **_times()})
    return _actor(conn, found[0], kind) if found else None


def _behind(conn: Connection, token: str, kind: str) -> Actor | None:
    if not token:
        return None
    wanted = {"hash": hash_token(token), "kind": kind, **_times()}
    found = _BY_TOKEN.rows(conn, wanted)
    if found:
        return _actor(conn, found[0], kind)
    earlier = _BY_EARLIER_TOKEN.rows(conn, wanted) if kind == "device" else []
    actor = _actor(conn, earlier[0], kind) if earlier else None
    return replace(actor, renews=True) if actor else None


def _times() -> dict[str, datetime]:
    now = real_now()
    return {"now": now, "fresh": now - STEP_UP_LASTS, "due": now - TOUCH_EVERY}


def _actor(conn: Connection, row: Any, kind: str) -> Actor | None:
    session_id, person_id, is_confirmed, is_due, must_enrol, renews, scopes = row
    actor = load_actor(conn, person_id, session_id)
    if actor is None:
        return None
    if kind == "token":
        if scopes is None:
            return None
        return replace(actor.limited_to(frozenset(json.loads(scopes))), is_due=bool(is_due))
    return replace(
        actor,
        is_confirmed=bool(is_confirmed),
        must_enrol=bool(must_enrol),
        is_due=bool(is_due),
        renews=bool(renews),
    )


def begin(
    work: Work,
    person_id: int,
    device: str,
    *,
    origin: Origin | None = None,
    how: str = "password",
    must_enrol: bool = False,
) -> str:
    """A new session; answers its token, to be put into the cookie and nowhere else. The one it replaces ends."""
    token = secrets.token_urlsafe(32)
    now = real_now()
    if origin is not None and origin.replaces:
        end_those(work, of_token(work.conn, origin.replaces))
    carried = is_carried(device)
    work.conn.execute(
        insert(Session).values(
            person_id=person_id,
            token_hash=hash_token(token),
            device=device[:300],
            address=(origin.address if origin else "")[:64],
            how=how,
            is_phone=carried,
            must_enrol=must_enrol,
            created_at=now,
            last_seen_at=now,
            confirmed_at=now,
            expires_at=now + idle_limit(work.company.settings, carried),
        )
    )
    return token


def idle_limit(settings: Settings, carried: bool) -> timedelta:
    """How long a device may be silent before it is signed out."""
    return timedelta(days=settings.session_days) if carried else timedelta(hours=settings.desk_session_hours)


def touch(work: Work, session_id: int) -> None:
    """Somebody is here: the device's session lives on from now, a token's end stays. Written at most four times an hour."""
    now, settings = real_now(), work.company.settings
    lives_until = case(
        (Session.kind == "token", Session.expires_at),
        (Session.is_phone, now + idle_limit(settings, True)),
        else_=now + idle_limit(settings, False),
    )
    touched = work.conn.execute(
        update(Session)
        .where(Session.id == session_id, Session.last_seen_at < now - TOUCH_EVERY)
        .values(last_seen_at=now, expires_at=lives_until)
    )
    if touched.rowcount:
        work.conn.execute(
            update(AccessToken).where(AccessToken.session_id == session_id).values(last_used_at=now)
        )


def is_stale(conn: Connection, session_id: int) -> bool:
    """Whether `touch` would change anything: a look without a writing turn."""
    query = select(Session.id).where(
        Session.id == session_id, Session.last_seen_at < real_now() - TOUCH_EVERY
    )
    return conn.execute(query).first() is not None


def end(work: Work, actor: Actor) -> None:
    """Signs this device out and cuts its sockets. On no stream: the person's other devices go on."""
    end_those(work, [actor.session_id], actor.id)


def of_token(conn: Connection, token: str) -> list[int]:
    """The device's session behind a cookie's value: one or none."""
    hashed = hash_token(token)
    earlier = (Session.earlier_hash == hashed) & (Session.earlier_until > real_now())
    query = select(Session.id).where(or_(Session.token_hash == hashed, earlier), Session.kind == "device")
    return list(conn.execute(query).scalars())


def end_those(
    work: Work,
    session_ids: Collection[int],
    actor_id: int | None = None,
    only: ColumnElement[bool] | None = None,
) -> int:
    """Ends these sessions, of which `only` holds, and cuts their sockets on every process. Answers how many there still were."""
    ids, ended = list(session_ids), list[int]()
    for start in range(0, len(ids), 500):
        where = Session.id.in_(ids[start : start + 500])
        gone = delete(Session).where(where if only is None else only & where).returning(Session.id)
        ended += work.conn.execute(gone).scalars()
    if ended:
        work.record(Event("session.ended", [], actor=actor_id, ends_sessions=ended))
    return len(ended)


def end_expired(work: Work, now: datetime) -> int:
    """Ends sessions that have run out, their sockets too. Answers how many."""
    late = list(work.conn.execute(select(Session.id).where(Session.expires_at < now).limit(1_000)).scalars())
    return end_those(work, late, only=Session.expires_at < now)
