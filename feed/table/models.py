"""The library of prepared tables, and the tables that posts carry, row by row."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class PreparedTable(Base):
    """One that can be put into a post (FEED-10). `columns` is JSON as on the wire; `place` orders the library.

    A post carries a copy, so that nothing of this row is asked for what was posted. `retired_at`: no longer offered.
    """

    __tablename__ = "prepared_table"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(200), server_default="")
    columns: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(Integer, server_default="0")
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class PostTable(Base):
    """That a post carries a table; what it asks for stands in the post's `carried_table`. `row_count` always equals a recount.

    `by_readers`: whoever may read the post fills in rows too. Whoever fills one in or takes one away locks this row, and no other of
    the post's.
    """

    __tablename__ = "post_table"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    by_readers: Mapped[bool] = mapped_column(Boolean, server_default=false())
    row_count: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (CheckConstraint("row_count >= 0", name="row_count"),)


class TableRow(Base):
    """What somebody filled in: `cells` is JSON, a text for each column in their order («» for none)."""

    __tablename__ = "table_row"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    cells: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "post_id", "id"),)
