"""What all kinds of records share: team, history, follow-ups, what was revealed, stars and saved views."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from crm_objects.engine.walking import WalkPlace
from server.db.base import DERIVED, Base, Id

REWORK = "rework_records"


class RecordTeam(Base):
    """Who besides the owner takes part in a record (OBJ-13). `role` co_follower | after_sales | member, `access` read | write."""

    __tablename__ = "record_team"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    access: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("role IN ('co_follower', 'after_sales', 'member')", name="role"),
        CheckConstraint("access IN ('read', 'write')", name="access"),
        Index(None, "person_id", "kind", "record_id"),
    )


class RecordHistory(Base):
    """One act on a record (OBJ-12), kept as long as the record. `changes` is JSON: `[field, from, to]`, whole;
    what of it somebody sees is decided when they read it.

    `by_id`: who pressed, when for another.
    """

    __tablename__ = "record_history"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500), server_default="")
    changes: Mapped[str] = mapped_column(Text, server_default="[]")
    __table_args__ = (Index(None, "kind", "record_id", "id"),)


class RecordFollowup(Base):
    """What was done with or for a customer (OBJ-16).

    `counts`: it moves the clock of its record (W7, M49), as was decided when it was written. One that a sales record made (`post_id`) has
    no text here: the post's readers alone read what it says.
    """

    __tablename__ = "record_followup"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sort: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    counts: Mapped[bool] = mapped_column(Boolean, server_default=false())
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    __table_args__ = (
        CheckConstraint(
            "sort IN ('visit', 'call', 'online', 'training', 'installation', 'other')", name="sort"
        ),
        Index(None, "kind", "record_id", "id"),
        Index(None, "post_id", unique=True),
    )


class FollowupRule(Base):
    """One row (id 1) once somebody has set it: how many letters a follow-up says at least, to count as one (M49)."""

    __tablename__ = "followup_rule"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    least: Mapped[int] = mapped_column(Integer)


class RevealCount(Base):
    """How many masked values somebody had shown to them on a day of the company's time zone (N19)."""

    __tablename__ = "reveal_count"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class RecordStar(Base):
    """Somebody keeps a record at hand."""

    __tablename__ = "record_star"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class RecordColumns(Base):
    """Which columns somebody wants to see in the lists of a kind that everybody has. JSON as on the wire."""

    __tablename__ = "record_columns"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)


class RecordBulk(Base):
    """One act on many records. JSON: `asked` the act as on the wire, `records` `[id, version, owner]` of each as it was chosen,
    `refused` `[id, code, reason]`; `done` of them were gone through."""

    __tablename__ = "record_bulk"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    asked: Mapped[str] = mapped_column(Text)
    records: Mapped[str] = mapped_column(Text)
    refused: Mapped[str] = mapped_column(Text, server_default="[]")
    done: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (Index(None, "person_id", "created_at"),)


class RecordView(Base):
    """A list as somebody wants to see it again: `base` is the view of everybody's that it begins with, `position` its place among one's
    own. `filter` and `columns` are JSON as on the wire."""

    __tablename__ = "record_view"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    base: Mapped[str] = mapped_column(String(20), server_default="all")
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    filter: Mapped[str] = mapped_column(Text)
    sort: Mapped[str] = mapped_column(String(60))
    columns: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index(None, "person_id", "kind", "id"),)


class RecordField(Base):
    """A field that an administrator added to a kind, called `c` and its id. `words` and `choices` are JSON as on the wire.

    A retired one keeps its values and is shown nowhere.
    """

    __tablename__ = "record_field"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    type: Mapped[str] = mapped_column(String(16))
    cls: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    choices: Mapped[str] = mapped_column(Text)
    last_choice: Mapped[int] = mapped_column(Integer)
    is_required: Mapped[bool]
    position: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class CustomValue(Base):
    """A value of such a field, for filtering and sorting; what is read is in the record's `custom`. Each type has a column of its own."""

    __tablename__ = "custom_value"
    field_id: Mapped[int] = mapped_column(ForeignKey("record_field.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    text: Mapped[str | None] = mapped_column(String(300))
    number: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index(None, "field_id", "text", "record_id"),
        Index(None, "field_id", "number", "record_id"),
        Index(None, "field_id", "day", "record_id"),
    )


class WorkedOut(WalkPlace, Base):
    """How far what follows from other fields is worked out by which formulas (`reworking.py`)."""

    __tablename__ = "worked_out"
    __table_args__ = ({"info": {DERIVED: REWORK}},)
