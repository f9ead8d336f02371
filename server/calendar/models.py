"""What the company changed of the calendar: single days, its week, its hours (W28)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class CalendarDay(Base):
    """A day that the company itself declares: `kind` holiday | workday. Stands above the state's and the week's say."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("kind IN ('holiday', 'workday')", name="kind"),)


class WorkingWeek(Base):
    """One row (id 1), from the first change on: the weekdays as digits (1 Monday … 7 Sunday) and the hours in minutes of the day."""

    __tablename__ = "working_week"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    days: Mapped[str] = mapped_column(String(7))
    begins: Mapped[int] = mapped_column(Integer)
    ends: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    __table_args__ = (CheckConstraint("begins >= 0 AND begins < ends AND ends <= 1440", name="hours"),)
