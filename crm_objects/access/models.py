"""Shares of single records, questions for access, and what cards showed when they were sent."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class RecordShare(Base):
    """Somebody may read one record until `ends` (CHAT-09): microseconds of the product's time since 1970, so that the right ends by itself
    at that moment. A row that has ended is nothing; a job removes it and tells of it."""

    __tablename__ = "record_share"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends: Mapped[int] = mapped_column(BigInteger)
    granted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    __table_args__ = (
        Index("uq_record_share_person", "kind", "record_id", "person_id", unique=True),
        Index("ix_record_share_person", "person_id", "kind", "record_id"),
    )


class AccessRequest(Base):
    """Somebody saw only the stub of a record's card and asks for it (N1). `state` open | granted | refused | withdrawn; `outcome` says
    how: day | month | team | refused, or why nobody decides any more: voided | deleted | merged | can_read | left."""

    __tablename__ = "access_request"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decider_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(16), server_default="")
    reason: Mapped[str] = mapped_column(String(200), server_default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("state IN ('open', 'granted', 'refused', 'withdrawn')", name="state"),
        Index(
            "ix_access_request_open",
            "kind",
            "record_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_access_request_person", "person_id", "kind", "record_id", "id"),
        Index("ix_access_request_decider", "decider_id", "state"),
    )


class RecordSnapshot(Base):
    """What a card of a record of this version showed (N3), whole: `shown` is JSON, field → kept value. What of it somebody sees is decided
    when they read it."""

    __tablename__ = "record_snapshot"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    shown: Mapped[str] = mapped_column(Text)
