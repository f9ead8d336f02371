"""The way in before anybody is there, and who has had enough of the guided start."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class SetupLink(Base):
    """One row (id 1), written at a start that finds nobody: the hash of the printed token."""

    __tablename__ = "setup_link"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StartDismissal(Base):
    """Who has put the guided start away."""

    __tablename__ = "start_dismissal"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    dismissed_at: Mapped[datetime]
