"""What makes a post an announcement."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class Announcement(Base):
    """`effective_at` null: with its publication; `expires_at` null: never. `pinned`: stands above the timeline until it expires."""

    __tablename__ = "announcement"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    pinned: Mapped[bool] = mapped_column(Boolean)
    effective_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "expires_at IS NULL OR effective_at IS NULL OR effective_at < expires_at", name="order"
        ),
        Index(None, "pinned", "post_id"),
    )
