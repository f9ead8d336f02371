"""A task: one state for all its people, and a list to tick off."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class Task(Base):
    """State open | done; `done_by` is who finished it, the first of several. `returned_from` was the last who was to do it and has left:
    it is its author's again."""

    __tablename__ = "task"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    due_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_from: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at"),
    )


class TaskPerson(Base):
    """Who is to do it."""

    __tablename__ = "task_person"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    __table_args__ = (Index(None, "person_id", "post_id"),)


class TaskItem(Base):
    """One line of a task's list, numbered from 1; ticked off by the first who does."""

    __tablename__ = "task_item"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
