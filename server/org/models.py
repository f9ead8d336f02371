"""Who there is: persons, departments, who sits where, who reports to whom, who is away, who acts for whom. Tables only; their
use-cases are in `server/people`."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Person(Base):
    """`kind` employee | external | bot; `state` invited (no password yet) | active | left. Sign-in names live in `sign_in_name`.

    `field_versions` is a JSON object: field → the `version` at which it last changed. `pinyin` and `initials` follow from the name
    (`server/people/spelling.py`); `picture` is the hash of the one in `person_picture`, empty without one.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(100), server_default="")
    staff_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(10), server_default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    field_versions: Mapped[str] = mapped_column(Text, server_default="{}")
    about: Mapped[str] = mapped_column(String(200), server_default="")
    pinyin: Mapped[str] = mapped_column(String(400), server_default="")
    initials: Mapped[str] = mapped_column(String(200), server_default="")
    picture: Mapped[str] = mapped_column(String(64), server_default="")
    __table_args__ = (
        CheckConstraint("kind IN ('employee', 'external', 'bot')", name="kind"),
        CheckConstraint("state IN ('invited', 'active', 'left')", name="state"),
        Index(None, "name"),
        Index(None, "pinyin", "id"),
    )


class SignInName(Base):
    """One row per phone, staff number and e-mail, so that the three together stay unique (W31). Lower case."""

    __tablename__ = "sign_in_name"
    name: Mapped[str] = mapped_column(String(254), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Department(Base):
    """A node of the tree. `path` is the names from the root, joined by `/`; `position` its place among its siblings.

    A removed one keeps its name for what was addressed to it, is nobody's parent, and holds the path `/ID`, which no other can have.
    """

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    path: Mapped[str] = mapped_column(String(600), unique=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    removed_at: Mapped[datetime | None]


class DepartmentClosure(Base):
    """Every (department, department at or below it) pair, so that «and below» is a join."""

    __tablename__ = "department_closure"
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True, index=True)


class PersonDepartment(Base):
    """Many-to-many with one main department per person (W31). A department may have several heads."""

    __tablename__ = "person_department"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True, index=True)
    is_main: Mapped[bool] = mapped_column(Boolean)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    since: Mapped[datetime]
    is_head: Mapped[bool] = mapped_column(Boolean, server_default=false())


class Absence(Base):
    """Somebody is away from `from_day` to `to_day`, both included, days of the company's time zone (W35). Never two at once.

    `reason` vacation | sick | travel | other is for the person and those above, never for colleagues.
    """

    __tablename__ = "absence"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date] = mapped_column(Date)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("from_day <= to_day", name="days"),
        CheckConstraint("reason IN ('vacation', 'sick', 'travel', 'other')", name="reason"),
        Index(None, "person_id", "from_day", unique=True),
    )


class Delegation(Base):
    """`deputy` may act for `principal` in these `kinds` (words joined by blanks) from day to day, both included (W34).

    `ended_at`: ended early; from then on it is dead.
    """

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    kinds: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("to_day IS NULL OR from_day <= to_day", name="days"),
        CheckConstraint("principal_id <> deputy_id", name="two_people"),
    )
