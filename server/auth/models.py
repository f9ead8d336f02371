"""Sessions, second factors, access tokens, sign-in delays, links for a new password. Real time throughout."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Session(Base):
    """A signed-in device, or an access token in use. The token is known to its holder only; here lies its hash.

    `kind` device | token; `how` password | link | openid: how it began. `is_phone` chooses the idle limit. `confirmed_at`: when it was last
    shown who is there. `must_enrol`: nothing may be done before a second factor is set up. `renews`: the next request gets another
    token; until `earlier_until` the one before it (`earlier_hash`) counts too.
    """

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16), server_default="device")
    how: Mapped[str] = mapped_column(String(16), server_default="password")
    address: Mapped[str] = mapped_column(String(64), server_default="")
    is_phone: Mapped[bool] = mapped_column(Boolean, server_default=false())
    confirmed_at: Mapped[datetime | None]
    must_enrol: Mapped[bool] = mapped_column(Boolean, server_default=false())
    renews: Mapped[bool] = mapped_column(Boolean, server_default=false())
    earlier_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    earlier_until: Mapped[datetime | None]
    # No number twice: hubs remember ended sessions by theirs.
    __table_args__ = {"sqlite_autoincrement": True}


class SignInStep(Base):
    """A password was right and the second factor is still to come: minutes long, and no session."""

    __tablename__ = "sign_in_step"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    expires_at: Mapped[datetime]


class SecondFactor(Base):
    """One-time passwords (RFC 6238). `secret` is sealed; `last_step` is the newest time step that was used; on once confirmed."""

    __tablename__ = "second_factor"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """Stands in for the second factor once. A used one is gone."""

    __tablename__ = "recovery_code"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class OpenIdName(Base):
    """Whom an OpenID provider's subject is here: once matched by verified e-mail, then by this row."""

    __tablename__ = "openid_name"
    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(300), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("person_id", "issuer"),)


class AccessToken(Base):
    """What a person or a bot gave out for programs. `scopes` is a JSON array; without `session_id` it has ended."""

    __tablename__ = "access_token"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Bot(Base):
    """What a person of kind bot is for, and who answers for it."""

    __tablename__ = "bot"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class SignInDelay(Base):
    """Failed attempts for an account at an address, an address, an account; `until` is when the next try is looked at."""

    __tablename__ = "sign_in_delay"
    key: Mapped[str] = mapped_column(String(400), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime]
    last_at: Mapped[datetime]


class PasswordReset(Base):
    """Times are real time. `created_by` is the administrator; None when it was asked for at the door."""

    __tablename__ = "password_reset"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
