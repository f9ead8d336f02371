"""What was done, by whom, on behalf of whom, to what, when, from where (SEC-05). Written in the act; only sealing adds to it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class AuditEntry(Base):
    """`act` is `noun.verb_in_the_past`, `details` a JSON object without personal values: ids, codes, counts.

    `seq` is the log number from which the act is visible. The sealing job gives `sealed` (1, 2, 3 …) and `hash`, which covers the
    row and the hash before it.
    """

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    behalf_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(500), server_default="")
    details: Mapped[str] = mapped_column(Text, server_default="{}")
    address: Mapped[str] = mapped_column(String(64), server_default="")
    device: Mapped[str] = mapped_column(String(300), server_default="")
    seq: Mapped[int | None] = mapped_column(BigInteger)
    sealed: Mapped[int | None] = mapped_column(Integer, unique=True)
    hash: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "actor_id", "id"),
        Index(None, "object_kind", "object_id", "id"),
    )


class AuditSeal(Base):
    """One row (id 1): the newest sealed number and its hash, so that a log with its end cut off does not verify."""

    __tablename__ = "audit_seal"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
