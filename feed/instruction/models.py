"""An instruction, and how far each of its recipients is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class Instruction(Base):
    """The tally always equals a recount of `instruction_person`: `asked` counts open, received and done."""

    __tablename__ = "instruction"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    due_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        CheckConstraint("received >= 0 AND done >= 0 AND received + done <= asked", name="tally"),
    )


class InstructionPerson(Base):
    """State open | received | done | withdrawn (the post was deleted, or is no longer for them) | left. Each answer is kept with its
    first time."""

    __tablename__ = "instruction_person"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("state IN ('open', 'received', 'done', 'withdrawn', 'left')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at"),
        Index(None, "person_id", "state", "post_id"),
    )
