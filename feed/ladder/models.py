"""Which asks have a ladder, and each step that was taken: whom it was about, who was told, when."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class ReceiptLadder(Base):
    """The ladder of a post's receipts. Its times follow from `started_at` and the ask's due time (`plan.py`); `round` grows whenever it
    begins anew, and steps of earlier rounds count no more."""

    __tablename__ = "receipt_ladder"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    is_on: Mapped[bool] = mapped_column(Boolean)
    round: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime]


class LadderStep(Base):
    """`step` nudge (the person was told) | deputy | manager (`told_id` was, about the person). Each once in a round, whatever happens to
    the job. `ended_at`: it no longer waits on who was told: they are done with it, or nothing is missing any more; of a nudge at once."""

    __tablename__ = "ladder_step"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    round: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    step: Mapped[str] = mapped_column(String(16))
    told_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("step IN ('nudge', 'deputy', 'manager')", name="step"),
        UniqueConstraint("post_id", "round", "person_id", "step"),
        Index(None, "ended_at", "told_id"),
    )
