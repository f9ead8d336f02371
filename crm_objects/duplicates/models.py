"""Keys of records, what is hard besides what is declared, and what was kept in spite of a likeness."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from crm_objects.engine.walking import WalkPlace
from server.db.base import DERIVED, Base, Id

FILL = "fill_identity_keys"


class IdentityKey(Base):
    """A record has this value in one of the fields of a key (`field` is the key's name). `hash`: 16 bytes of an HMAC with the server's
    key `made_with`, so that a stolen database tells no numbers (security.md); during key rotation a value has a row for each.

    Many records may share a soft one. `is_sole`: written when it was hard; of two who write it at once the index lets one pass. What was
    there before it became hard, and what a job filled in, is not sole, but found like any other. The primary key is the look-up's index.
    """

    __tablename__ = "identity_key"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    made_with: Mapped[str] = mapped_column(String(16))
    is_sole: Mapped[bool] = mapped_column(Boolean)
    __table_args__ = (
        Index(
            "uq_identity_key_sole",
            "kind",
            "field",
            "hash",
            unique=True,
            sqlite_where=text("is_sole"),
            postgresql_where=text("is_sole"),
        ),
        Index("ix_identity_key_record", "kind", "record_id"),
        {"info": {DERIVED: FILL}},
    )


class IdentityFill(WalkPlace, Base):
    """How far the keys of a kind are filled, and with what (`filling.py`)."""

    __tablename__ = "identity_fill"
    __table_args__ = ({"info": {DERIVED: FILL}},)


class DuplicateSetting(Base):
    """One row (id 1). `hard` is JSON: the keys that an administrator made hard, as `kind.key`. `names_owner`: who asks is told whose the
    record is that they may not read (W16)."""

    __tablename__ = "duplicate_setting"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hard: Mapped[str] = mapped_column(Text, server_default="[]")
    names_owner: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[int] = mapped_column(Integer, server_default="1")


class DuplicateVerdict(Base):
    """A record was kept in spite of another that is like it in `field`: `verdict` different | same, and why (W15)."""

    __tablename__ = "duplicate_verdict"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    other_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("verdict IN ('different', 'same')", name="verdict"),
        Index("ix_duplicate_verdict_record", "kind", "record_id", "id"),
        Index("ix_duplicate_verdict_other", "kind", "other_id"),
        Index("ix_duplicate_verdict_newest", "kind", "id"),
    )
