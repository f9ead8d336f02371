"""Work logs: what templates ask for, what was handed in for which period, to whom, and who was called for one."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class LogTemplate(Base):
    """`rhythm` day | week | month. `fields` is JSON as on the wire, `last_key` the greatest key that one of them ever had.

    `due_days`: a log is in time until the end of so many working days after its period. `code` names one that the house brought along.
    One that is no longer offered stays: what was handed in names it.
    """

    __tablename__ = "log_template"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str | None] = mapped_column(String(16), unique=True)
    rhythm: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60))
    due_days: Mapped[int] = mapped_column(Integer)
    fields: Mapped[str] = mapped_column(Text)
    last_key: Mapped[int] = mapped_column(Integer)
    is_active: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("rhythm IN ('day', 'week', 'month')", name="rhythm"),
        CheckConstraint("due_days >= 0", name="due_days"),
    )


class WorkLog(Base):
    """Somebody's log of one period, which begins on this day; gone when its post is deleted, so that another can be handed in."""

    __tablename__ = "work_log"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("log_template.id"))
    period: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("person_id", "template_id", "period"),
        Index(None, "template_id", "period"),
    )


class WorkLogRecipient(Base):
    """To whom it was handed in. Only they score it, each for themselves; null: not yet."""

    __tablename__ = "work_log_recipient"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    score: Mapped[int | None] = mapped_column(Integer)
    scored_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        CheckConstraint("(score IS NULL) = (scored_at IS NULL)", name="scored_at"),
    )


class LogCall(Base):
    """Somebody was called for a log that they had not handed in: a to-do until they have."""

    __tablename__ = "log_call"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("log_template.id"), primary_key=True)
    period: Mapped[date] = mapped_column(Date, primary_key=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
