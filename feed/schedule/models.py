"""Schedule items, who is invited and what they answered, their reminders, and the secret addresses of calendars."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class Schedule(Base):
    """`begins_at` and `ends_at` are those of the first occurrence, to which `repeat` («» for none, JSON as on the wire) adds others on
    the days of `zone`; `skipped` (JSON) are days whose occurrence was cancelled. `until_at` is when the last one ends, null: never.

    `first_day` and `last_day` are set for what takes whole days. `reminders` (JSON) are minutes before. State planned | cancelled.

    `sequence` counts changes of time, place and state, as calendars want it; `asking` how often the invited were asked, last at
    `asked_at`: again whenever the time moves.
    """

    __tablename__ = "schedule"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uid: Mapped[str] = mapped_column(String(32))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    until_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(200))
    repeat: Mapped[str] = mapped_column(Text)
    skipped: Mapped[str] = mapped_column(Text)
    reminders: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    sequence: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime]
    asking: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
        CheckConstraint("ends_at > begins_at", name="times"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="days"),
        Index(None, "author_id", "until_at"),
    )


class ScheduleGuest(Base):
    """One invited person. State open (asked) | answered | ended (cancelled, deleted or over without an answer) | left.

    `answer` («» for none) accepted | tentative | declined, with a `word`, was given to asking number `answered_for`: to an earlier one
    when the time has moved since.
    """

    __tablename__ = "schedule_guest"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(String(16), server_default="")
    word: Mapped[str] = mapped_column(String(200), server_default="")
    answered_at: Mapped[datetime | None]
    answered_for: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'ended', 'left')", name="state"),
        CheckConstraint("answer IN ('', 'accepted', 'tentative', 'declined')", name="answer"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_at"),
        Index(None, "person_id", "state", "post_id"),
    )


class ScheduleReminder(Base):
    """A reminder (`notifications`) that was set for the occurrence beginning at `begins_at`, so many minutes before."""

    __tablename__ = "schedule_reminder"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    begins_at: Mapped[datetime] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(Integer, primary_key=True)
    ends_at: Mapped[datetime]
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id"), index=True)


class CalendarFeed(Base):
    """The secret address under which a calendar program reads somebody's items; only its hash is kept."""

    __tablename__ = "calendar_feed"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
