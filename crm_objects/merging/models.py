"""Which record was merged into which, and every row that went along, as it was: until the merge can be undone no more."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class RecordMerge(Base):
    """`other_id` was merged into `record_id`, which got `version` by it. `kept` is JSON (`undoing.py: Kept`). `ended_at`: it was undone, by
    `ended_by`, or its time was over, by nobody."""

    __tablename__ = "record_merge"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    other_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime]
    kept: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        Index("ix_record_merge_into", "kind", "record_id", "id"),
        Index(
            "uq_record_merge_open",
            "kind",
            "other_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_record_merge_until", "ended_at", "until"),
    )


class RecordMergeRow(Base):
    """One row that a merge moved. `at` is the pointer (`pointers.py`), `row_id` the row, or what stands for it there; `was` is JSON where
    the row itself became another."""

    __tablename__ = "record_merge_row"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("record_merge.id"))
    at: Mapped[str] = mapped_column(String(80))
    row_id: Mapped[int] = mapped_column(BigInteger)
    was: Mapped[str] = mapped_column(Text, server_default="")
    __table_args__ = (Index("ix_record_merge_row_at", "merge_id", "at", "row_id"),)
