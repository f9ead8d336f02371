"""The staff list's way into the directory: one row per upload, one per line that has been dealt with. Used by the import files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class StaffImport(Base):
    """`state` queued | running | done | failed. Lines below `next_line` are dealt with.

    `data` is the uploaded file until it is read, `plan` what its rows will do until that is done; then both are emptied.
    `tries` counts starts without progress.
    """

    __tablename__ = "staff_import"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    dry_run: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    plan: Mapped[bytes | None] = mapped_column(LargeBinary)
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    created: Mapped[int] = mapped_column(Integer, server_default="0")
    updated: Mapped[int] = mapped_column(Integer, server_default="0")
    unchanged: Mapped[int] = mapped_column(Integer, server_default="0")
    refused: Mapped[int] = mapped_column(Integer, server_default="0")
    next_line: Mapped[int] = mapped_column(Integer, server_default="0")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    problem: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    links_shown_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),)


class StaffImportRow(Base):
    """What became of one line of the list; `changed` and `errors` are JSON arrays."""

    __tablename__ = "staff_import_row"
    import_id: Mapped[int] = mapped_column(ForeignKey("staff_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    staff_number: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed: Mapped[str] = mapped_column(Text)
    errors: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_staff_import_row_outcome", "import_id", "outcome", "line"),)
