"""The staff list's way into the directory: one row per upload, one per line that has been dealt with. Used by the import files."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class StaffImport(Base):
    """`state` queued | running | done | failed. Lines below `next_line` are dealt with.

    `data` is the uploaded file until it is read, `plan` what its rows will do until that is done; then both are emptied.
    `tries` counts starts without progress. `new_departments` is a JSON array of paths, the first few hundred of `new_department_count`;
    `missing` counts the employees whom no row is about (`staff_import_missing`).
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
    makes_departments: Mapped[bool] = mapped_column(Boolean, server_default=true())
    new_departments: Mapped[str] = mapped_column(Text, server_default="[]")
    new_department_count: Mapped[int] = mapped_column(Integer, server_default="0")
    missing: Mapped[int] = mapped_column(Integer, server_default="0")
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


class StaffImportMissing(Base):
    """An employee whom no row of the list is about. They are named to the administrator, never touched."""

    __tablename__ = "staff_import_missing"
    import_id: Mapped[int] = mapped_column(ForeignKey("staff_import.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class PersonPicture(Base):
    """A person's present picture in one size: a square WebP of `size` pixels. `hash` covers all its sizes."""

    __tablename__ = "person_picture"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    size: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)
