"""A session's token becomes another one when its person's rights do: with the next request, in the same cookie (security.md §3).

The new token follows from the old one and the server's key. So every answer within the grace brings the same cookie: requests on their way
at once agree, and an answer that got lost costs nobody the session.
"""

import base64
from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import or_, select, update

from server.auth.cookies import set_cookie, token_in
from server.auth.models import Session
from server.kit.clock import real_now
from server.people.invitations import hash_token
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work

GRACE = timedelta(seconds=60)
AT_ONCE = 500


def mark(work: Work, person_ids: Collection[int]) -> None:
    """The devices of these persons get new tokens, each with its next request."""
    ids = list(person_ids)
    for start in range(0, len(ids), AT_ONCE):
        theirs = Session.person_id.in_(ids[start : start + AT_ONCE]) & (Session.kind == "device")
        work.conn.execute(update(Session).where(theirs, Session.renews.is_(False)).values(renews=True))


async def renewed(company: Company, actor: Actor, headers: Mapping[str, str]) -> str:
    """The cookie with the session's new token; empty when the session is gone or the token is another one already."""
    old = token_in(headers, company.settings.secure)
    raw = company.secrets.derived("session token", old)
    new = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    exchanged = (await company.write(lambda work: _exchange(work, actor.session_id, old, new))).value
    return set_cookie(company.settings, new) if exchanged else ""


def _exchange(work: Work, session_id: int, old: str, new: str) -> bool:
    """Whether `new` is the session's token now: made so by this request or by one beside it."""
    now, hashed = real_now(), hash_token(new)
    work.conn.execute(
        update(Session)
        .where(
            Session.id == session_id,
            Session.token_hash == hash_token(old),
            Session.renews,
            or_(Session.earlier_until.is_(None), Session.earlier_until <= now),
        )
        .values(token_hash=hashed, earlier_hash=Session.token_hash, earlier_until=now + GRACE, renews=False)
    )
    query = select(Session.id).where(Session.id == session_id, Session.token_hash == hashed)
    return work.conn.execute(query).first() is not None
