"""Conversations, who is in them from which number to which, and the messages, numbered densely per conversation."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Conversation(Base):
    """`kind` direct | group. `direct_key` («3-17») makes a direct conversation unique. `last_number` is the newest message's.

    `closed` says why nobody writes here any more: «left», the other of the two has left the company.
    """

    __tablename__ = "conversation"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100), server_default="")
    direct_key: Mapped[str | None] = mapped_column(String(50), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    last_number: Mapped[int] = mapped_column(BigInteger, server_default="0")
    everyone_number: Mapped[int] = mapped_column(BigInteger, server_default="0")
    active_at: Mapped[datetime]
    closed: Mapped[str] = mapped_column(String(16), server_default="")
    __table_args__ = (CheckConstraint("kind IN ('direct', 'group')", name="kind"),)


class Membership(Base):
    """One row per person who is or was in; `from_number`..`to_number` is the span being read now, older spans are in `membership_span`.

    `read_number` only grows. `mentioned_number` is the newest message that names this person. `muted`: nothing is said aloud.
    """

    __tablename__ = "membership"
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    from_number: Mapped[int] = mapped_column(BigInteger)
    to_number: Mapped[int | None] = mapped_column(BigInteger)
    read_number: Mapped[int] = mapped_column(BigInteger)
    mentioned_number: Mapped[int] = mapped_column(BigInteger, server_default="0")
    muted: Mapped[bool] = mapped_column(Boolean, server_default=false())
    joined_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("state IN ('active', 'removed')", name="state"),
        CheckConstraint("(state = 'removed') = (to_number IS NOT NULL)", name="span"),
        Index(None, "person_id", "state"),
    )


class MembershipSpan(Base):
    """A closed span of somebody who left and came back: that history stays readable."""

    __tablename__ = "membership_span"
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    from_number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    to_number: Mapped[int] = mapped_column(BigInteger)


class Message(Base):
    """`kind` text | system. `mentions`, `files` and `cards` («» for none) are JSON as on the wire. `seq` is its event's (P7)."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    seq: Mapped[int | None] = mapped_column(BigInteger)
    files: Mapped[str] = mapped_column(Text, server_default="")
    cards: Mapped[str] = mapped_column(Text, server_default="")
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("client_id", "author_id"),
    )
