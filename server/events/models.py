"""The log and who hears it. One head row numbers everything a company does; spans say from where to where a person hears a stream."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class LogHead(Base):
    """One row (id 1): the newest number given out and the epoch that a restore changes."""

    __tablename__ = "log_head"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[str] = mapped_column(String(32))


class LoggedEvent(Base):
    """One numbered fact. `body` is the encoded envelope as clients get it, `control` what hubs must do on passing it."""

    __tablename__ = "event"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(Text)
    control: Mapped[str | None] = mapped_column(Text)
    merge_key: Mapped[str | None] = mapped_column(String(64))


class EventStream(Base):
    """A row per subject of an event, usually one to five; never one per reader of a company-wide post."""

    __tablename__ = "event_stream"
    stream: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    __table_args__ = (Index(None, "seq"), {"sqlite_with_rowid": False})


class StreamGrant(Base):
    """`person` hears `stream` from `from_seq` to `to_seq` (open: null), both included."""

    __tablename__ = "stream_grant"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    stream: Mapped[str] = mapped_column(String(64), primary_key=True)
    from_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    to_seq: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        Index(
            "uq_stream_grant_open",
            "person_id",
            "stream",
            unique=True,
            sqlite_where=to_seq.is_(None),
            postgresql_where=to_seq.is_(None),
        ),
        Index("ix_stream_grant_stream_to_seq", "stream", "to_seq"),
    )
