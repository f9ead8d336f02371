"""Durable jobs: rows written in the act's own transaction, worked off by a runner (delivery.md §2)."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class JobRow(Base):
    """`state` waiting | running | done | failed; `run_at` is product time, `lease_until` real time. `dedupe_key` makes the effect once."""

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    args: Mapped[str] = mapped_column(Text)
    run_at: Mapped[datetime]
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(Integer)
    last_error: Mapped[str] = mapped_column(Text, server_default="")
    __table_args__ = (Index(None, "state", "run_at"),)
