"""Which registry is asked, and the company's own directory of companies."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import DERIVED, Base, Id


class RegistryChoice(Base):
    """One row (id 1) once an administrator has chosen. `provider` empty: none is asked."""

    __tablename__ = "registry_choice"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    provider: Mapped[str] = mapped_column(String(40))


class RegistryEdition(Base):
    """A directory that was put in: `data` until it is loaded, or `path` on the server's disk. The newest that is `ready` is asked."""

    __tablename__ = "registry_edition"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    path: Mapped[str] = mapped_column(String(1000), server_default="")
    state: Mapped[str] = mapped_column(String(12))
    rows: Mapped[int] = mapped_column(Integer, server_default="0")
    refused: Mapped[int] = mapped_column(Integer, server_default="0")
    problem: Mapped[str] = mapped_column(String(40), server_default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'loading', 'ready', 'failed', 'replaced')", name="state"),
    )


class RegistryCompany(Base):
    """A line of a directory. `data` is JSON, a `Registration`."""

    __tablename__ = "registry_company"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("registry_edition.id"))
    name: Mapped[str] = mapped_column(String(200))
    credit_code: Mapped[str] = mapped_column(String(40), server_default="")
    data: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index(None, "edition_id", "name"),
        Index(None, "edition_id", "credit_code"),
        Index(None, "edition_id", "id"),
    )


class RegistryEntry(Base):
    """The words of a line's name, looked up through FTS5 (`registry_terms`) on SQLite and a GIN index on PostgreSQL."""

    __tablename__ = "registry_entry"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    terms: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR, "postgresql"))
    __table_args__ = (
        Index("ix_registry_entry_terms", "terms", postgresql_using="gin").ddl_if(dialect="postgresql"),
        {"info": {DERIVED: "rebuild_registry"}},
    )
