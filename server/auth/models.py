"""Sessions and sign-in delays. Real time throughout."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Session(Base):
    """A signed-in device. The token is known to the device only; here lies its hash."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInDelay(Base):
    """Failed attempts for an account at an address, an address, an account; `until` is when the next try is looked at."""

    __tablename__ = "sign_in_delay"
    key: Mapped[str] = mapped_column(String(400), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime]
    last_at: Mapped[datetime]
