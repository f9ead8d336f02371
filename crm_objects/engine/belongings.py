"""What some records have besides: a registration, relations to others of their kind, calls. It goes when they go for good."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Connection, ForeignKey, Index, String, Text, delete, or_
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class RecordRegistration(Base):
    """What a registry said of a record's company when it was last asked: whoever reads the record reads it. `data` is JSON."""

    __tablename__ = "record_registration"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    provider: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(String(100))
    data: Mapped[str] = mapped_column(Text)
    fetched_at: Mapped[datetime]
    fetched_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class RecordRelation(Base):
    """How a record stands to another of its kind (CONT-06). Of a sort that goes both ways the smaller id comes first."""

    __tablename__ = "record_relation"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    from_id: Mapped[int] = mapped_column(BigInteger)
    to_id: Mapped[int] = mapped_column(BigInteger)
    sort: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="two"),
        Index("ix_record_relation_ends", "kind", "from_id", "to_id", "sort", unique=True),
        Index(None, "kind", "to_id"),
    )


class RecordCall(Base):
    """Somebody dialled a number of a record by one tap (W13). `connected`: what they said afterwards."""

    __tablename__ = "record_call"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    field: Mapped[str] = mapped_column(String(40))
    connected: Mapped[bool | None]
    __table_args__ = (Index(None, "kind", "record_id", "id"),)


def forget(conn: Connection, kind: str, record_id: int) -> None:
    """The record is deleted for good."""
    for one in (RecordRegistration, RecordCall):
        conn.execute(delete(one).where(one.kind == kind, one.record_id == record_id))
    ends = or_(RecordRelation.from_id == record_id, RecordRelation.to_id == record_id)
    conn.execute(delete(RecordRelation).where(RecordRelation.kind == kind, ends))
