"""Where somebody is signed in: looking, ending one, ending all others."""

from sqlalchemy import Connection, select

from server.auth import sessions
from server.auth.ending import end_devices
from server.auth.models import Session
from server.auth.present import DeviceView, device
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.clock import real_now
from server.kit.problems import NotFound
from server.permissions.actor import Actor
from server.work.work import Work

_SHOWN = (
    Session.id,
    Session.device,
    Session.address,
    Session.how,
    Session.created_at,
    Session.last_seen_at,
    Session.expires_at,
)


def mine(
    conn: Connection, actor: Actor, limit: int | None, cursor: str
) -> tuple[list[DeviceView], str | None]:
    """The actor's devices, the newest sign-in first."""
    size, before = page_size(limit), decode_cursor(cursor, int)
    query = (
        select(*_SHOWN)
        .where(Session.person_id == actor.id, Session.kind == "device", Session.expires_at > real_now())
        .order_by(Session.id.desc())
        .limit(size + 1)
    )
    if before is not None:
        query = query.where(Session.id < before[0])
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return [device(row, actor.session_id) for row in rows[:size]], following


def end_one(work: Work, actor: Actor, session_id: int) -> None:
    """Signs one of the actor's devices out. Raises `NotFound` for somebody else's."""
    mine_still = (Session.id == session_id) & (Session.person_id == actor.id) & (Session.kind == "device")
    if sessions.end_those(work, [session_id], actor.id, only=mine_still) == 0:
        raise NotFound()


def end_others(work: Work, actor: Actor) -> int:
    """Signs the actor out everywhere but here. Answers how many devices."""
    return end_devices(work, actor.id, but=actor.session_id)
