"""What was told to whom, how each wants to be told, and reminders."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Notice(Base):
    """One fact that concerns people. `key` makes it once (NOTI-10). No words of the thing: those are shown by its card (NOTI-11)."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(100), unique=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    about_kind: Mapped[str] = mapped_column(String(30))
    about_id: Mapped[int] = mapped_column(BigInteger)
    within_kind: Mapped[str] = mapped_column(String(30), server_default="")
    within_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    number: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    urgent: Mapped[bool] = mapped_column(Boolean, server_default=false())


class NoticeRecipient(Base):
    """`alerted`: it was also said aloud, not only laid into the inbox."""

    __tablename__ = "notice_recipient"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True, index=True)
    alerted: Mapped[bool]


class NoticeMark(Base):
    """Up to which notice somebody has read the inbox; it only grows."""

    __tablename__ = "notice_mark"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    read_id: Mapped[int] = mapped_column(BigInteger)


class NoticePreference(Base):
    """How somebody wants to be told: quiet hours in minutes of the company's day; `kinds` as JSON, kind → alert | inbox | off."""

    __tablename__ = "notice_preference"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    quiet_from: Mapped[int | None] = mapped_column(Integer)
    quiet_to: Mapped[int | None] = mapped_column(Integer)
    kinds: Mapped[str] = mapped_column(Text, server_default="{}")


class Reminder(Base):
    """At `at` the people are reminded of the thing. `state` waiting | fired | cancelled."""

    __tablename__ = "reminder"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    about_kind: Mapped[str] = mapped_column(String(30))
    about_id: Mapped[int] = mapped_column(BigInteger)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(16))
    __table_args__ = (CheckConstraint("state IN ('waiting', 'fired', 'cancelled')", name="state"),)


class ReminderPerson(Base):
    """One reminded person; an open to-do from the moment it fires until `done_at`."""

    __tablename__ = "reminder_person"
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    done_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "person_id", "done_at"),)
