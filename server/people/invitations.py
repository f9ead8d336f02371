"""Single-use links with which a new person sets a password. Only the hash of the token is kept; a new link replaces the older."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id
from server.kit.clock import real_now
from server.kit.problems import NotFound, WrongState
from server.org.models import Person
from server.work.work import Work

VALID = timedelta(days=7)


class Invitation(Base):
    """Times are real time: a link's life is a matter of security, not of business."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def hash_token(token: str) -> str:
    """Tokens have 256 bits of their own, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(work: Work, by: int, person_ids: Sequence[int]) -> tuple[dict[int, str], datetime]:
    """One fresh token per invited person (in clear, to be shown once) and when they expire.

    Raises `NotFound` for an unknown person, `WrongState` for one who already set a password or left.
    """
    states: dict[int, str] = {}
    for start in range(0, len(person_ids), 500):
        chunk = person_ids[start : start + 500]
        # Locked: of two who make a link for the same person at once, the later one replaces the other's.
        rows = work.conn.execute(
            select(Person.id, Person.state).where(Person.id.in_(chunk)).order_by(Person.id).with_for_update()
        )
        states.update({row.id: row.state for row in rows})
    for person_id in person_ids:
        if person_id not in states:
            raise NotFound()
        if states[person_id] != "invited":
            raise WrongState("This person has already set a password.", next_step="password_reset")
    now = real_now()
    tokens = {person_id: secrets.token_urlsafe(32) for person_id in person_ids}
    for start in range(0, len(person_ids), 500):
        chunk = person_ids[start : start + 500]
        work.conn.execute(
            delete(Invitation).where(Invitation.person_id.in_(chunk), Invitation.used_at.is_(None))
        )
    if tokens:
        work.conn.execute(
            insert(Invitation),
            [
                {
                    "person_id": person_id,
                    "token_hash": hash_token(token),
                    "created_by": by,
                    "created_at": now,
                    "expires_at": now + VALID,
                }
                for person_id, token in tokens.items()
            ],
        )
    return tokens, now + VALID


def link(base_url: str, token: str) -> str:
    """The address to hand over. The base comes from the settings, never from a request."""
    return f"{base_url}/join/{token}"
