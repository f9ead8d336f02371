"""Access tokens for programs: what they may do, how long; shown once, hashed at rest, ended with their sockets.

A token is a session that a program holds: it is found, used and ended as a device's session is.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from server.auth import sessions
from server.auth.models import AccessToken, Session
from server.auth.present import TokenView, token
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.clock import real_now
from server.kit.problems import NotFound, WrongState, invalid
from server.kit.text import clean
from server.people.invitations import hash_token
from server.permissions.actor import Actor, load_actor
from server.permissions.rules import Rule
from server.work.company import Company
from server.work.work import Work

PREFIX = "tft_"
MOST = 50


def grantable(company: Company) -> dict[str, Rule]:
    """What a token may be given: every rule that programs may pass, by its scope."""
    rules = [thing.rule for module in company.modules for thing in module.things if hasattr(thing, "rule")]
    return {rule.scope: rule for rule in sorted(rules, key=lambda rule: rule.scope) if rule.is_for_programs}


def make(work: Work, actor: Actor, person_id: int, name: str, scopes: Sequence[str], days: int) -> TokenView:
    """A token that acts as this person, with at most what the person holds. Raises `Invalid`, `WrongState`."""
    name = clean(name, "name", limit=100, single_line=True)
    person = load_actor(work.conn, person_id)
    if person is None:
        raise WrongState("This person does not sign in here.", reason="not_active")
    wanted = _checked(work.company, person, scopes)
    now, secret = real_now(), PREFIX + secrets.token_urlsafe(32)
    _must_have_room(work.conn, person_id)
    expires = now + timedelta(days=days)
    session_id = work.conn.execute(
        insert(Session)
        .values(
            person_id=person_id,
            token_hash=hash_token(secret),
            kind="token",
            how="token",
            device=name,
            created_at=now,
            last_seen_at=now,
            expires_at=expires,
        )
        .returning(Session.id)
    ).scalar_one()
    row = work.conn.execute(
        insert(AccessToken)
        .values(
            person_id=person_id,
            session_id=session_id,
            name=name,
            scopes=json.dumps(wanted),
            made_by=actor.id,
            created_at=now,
            expires_at=expires,
        )
        .returning(AccessToken.__table__)
    ).one()
    work.audit("token.made", ("person", person_id), token=row.id, scopes=wanted, days=days)
    return token(row, now, secret)


def _checked(company: Company, person: Actor, scopes: Sequence[str]) -> list[str]:
    known = grantable(company)
    if not scopes:
        raise invalid("scopes", "required", "A token that may do nothing is of no use.")
    for scope in scopes:
        if scope not in known or (known[scope].capability and not person.can(known[scope].capability)):
            raise invalid("scopes", "not_held", "A token has at most what its person holds.", scope=scope)
    return sorted(set(scopes))


def _must_have_room(conn: Connection, person_id: int) -> None:
    query = select(AccessToken.id).where(
        AccessToken.person_id == person_id,
        AccessToken.revoked_at.is_(None),
        AccessToken.expires_at > real_now(),
    )
    if len(conn.execute(query.limit(MOST)).all()) >= MOST:
        raise WrongState(f"At most {MOST} tokens at a time; revoke one first.", reason="too_many", limit=MOST)


def of_person(
    conn: Connection, person_id: int, limit: int | None, cursor: str
) -> tuple[list[TokenView], str | None]:
    """Those that were not revoked, newest first; the ones that ran out say so."""
    size, before = page_size(limit), decode_cursor(cursor, int)
    query = (
        select(AccessToken.__table__)
        .where(AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None))
        .order_by(AccessToken.id.desc())
        .limit(size + 1)
    )
    if before is not None:
        query = query.where(AccessToken.id < before[0])
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return [token(row, real_now()) for row in rows[:size]], following


def one(conn: Connection, token_id: int) -> TokenView:
    return token(
        conn.execute(select(AccessToken.__table__).where(AccessToken.id == token_id)).one(), real_now()
    )


def revoke(work: Work, person_id: int, token_id: int) -> None:
    """Ends one token and its sockets. Raises `NotFound` for another person's, or one that is revoked."""
    row = work.conn.execute(
        update(AccessToken)
        .where(
            AccessToken.id == token_id, AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None)
        )
        .values(revoked_at=real_now())
        .returning(AccessToken.session_id)
    ).first()
    if row is None:
        raise NotFound()
    sessions.end_those(work, [row.session_id] if row.session_id else [], work.trace.actor_id)
    work.audit("token.revoked", ("person", person_id), token=token_id)
