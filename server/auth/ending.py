"""Ending everything that lets somebody in: for who leaves, and for an account that may be in wrong hands."""

from sqlalchemy import delete, select, update

from server.auth import sessions
from server.auth.models import AccessToken, PasswordReset, Session, SignInStep
from server.kit.clock import real_now
from server.people.invitations import Invitation
from server.work.work import Work


def end_everything(work: Work, person_id: int) -> None:
    """Sessions and access tokens end (their sockets within a second, on every process), half-done sign-ins and pending links too."""
    end_devices(work, person_id)
    end_tokens(work, person_id)
    for link in (Invitation, PasswordReset):
        work.conn.execute(delete(link).where(link.person_id == person_id, link.used_at.is_(None)))


def end_devices(work: Work, person_id: int, *, but: int = 0) -> int:
    """Signs the person out everywhere, `but` for one session. Answers how many devices."""
    work.conn.execute(delete(SignInStep).where(SignInStep.person_id == person_id))
    query = select(Session.id).where(
        Session.person_id == person_id, Session.kind == "device", Session.id != but
    )
    ending = list(work.conn.execute(query).scalars())
    sessions.end_those(work, ending, work.trace.actor_id)
    return len(ending)


def end_tokens(work: Work, person_id: int) -> int:
    """Revokes the person's access tokens. Answers how many."""
    revoked = work.conn.execute(
        update(AccessToken)
        .where(AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None))
        .values(revoked_at=real_now())
    )
    query = select(Session.id).where(Session.person_id == person_id, Session.kind == "token")
    sessions.end_those(work, list(work.conn.execute(query).scalars()), work.trace.actor_id)
    return revoked.rowcount
