"""The index: one row per searchable thing, looked up through FTS5 (`search_terms`) on SQLite and a GIN index on PostgreSQL."""

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import DERIVED, Base


class SearchEntry(Base):
    """`id` is made of the thing's time, so that newest first is the key's order (`server/search/places.py`).

    `terms` are the words of `server/search/terms.py` and the tokens that say who may find it.
    """

    __tablename__ = "search_entry"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int] = mapped_column(BigInteger)
    terms: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR, "postgresql"))
    __table_args__ = (
        Index(None, "kind", "thing_id", unique=True),
        Index("ix_search_entry_terms", "terms", postgresql_using="gin").ddl_if(dialect="postgresql"),
        {"info": {DERIVED: "rebuild_search"}},
    )
