"""Which thing refers to which, one row for each pair. Made of the referring things' own rows, so it can be made anew."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import DERIVED, Base, Id


class Link(Base):
    """`how` card (the source carries the target's card) | text (the target's address stands in its text). `at` is the source's time."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(BigInteger)
    target_kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[int] = mapped_column(BigInteger)
    how: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "target_kind", "target_id"),
        Index(None, "target_kind", "target_id", "at", "id"),
        {"info": {DERIVED: "rebuild_links"}},
    )
