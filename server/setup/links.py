"""The one-time link that a start prints while nobody is in the company. Called by `serve` and by `beginning`."""

import secrets

from sqlalchemy import Connection, delete, insert, select, update

from server.kit.clock import real_now
from server.kit.problems import NotFound, WrongState
from server.people.founding import has_people
from server.people.invitations import hash_token
from server.setup.models import SetupLink
from server.work.company import Company
from server.work.work import Work


def standing(company: Company) -> str:
    """What a start says: the link when nobody can sign in yet, else an empty text. The link of an earlier start is dead."""
    if company.db.snapshot(has_people):
        return ""
    token = company.write_now(fresh)
    return (
        "Nobody is in this company yet. Set it up here (the link works once, until somebody is there):\n"
        f"  {company.settings.public_url}/setup/{token}"
    )


def fresh(work: Work) -> str:
    """A new token; the earlier one is dead."""
    token = secrets.token_urlsafe(32)
    work.conn.execute(delete(SetupLink))
    work.conn.execute(insert(SetupLink).values(id=1, token_hash=hash_token(token), created_at=real_now()))
    return token


def must_be_open(conn: Connection, token: str) -> None:
    """Raises `NotFound` for a link that is not the printed one, `WrongState` when somebody is there already."""
    row = conn.execute(select(SetupLink.used_at).where(SetupLink.token_hash == hash_token(token))).first()
    if row is None:
        raise NotFound("This link is not the newest one that the server printed.", next_step="restart_server")
    if row.used_at is not None or has_people(conn):
        raise _already()


def use(work: Work, token: str) -> None:
    """Of two who press at once, one. Raises as `must_be_open`."""
    used = work.conn.execute(
        update(SetupLink)
        .where(SetupLink.token_hash == hash_token(token), SetupLink.used_at.is_(None))
        .values(used_at=real_now())
    )
    if used.rowcount != 1 or has_people(work.conn):
        must_be_open(work.conn, token)
        raise _already()


def _already() -> WrongState:
    return WrongState("The company is set up already.", reason="set_up", next_step="sign_in")
