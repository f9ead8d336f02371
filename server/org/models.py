"""Who there is: persons, departments, who sits where, who reports to whom. Tables only; their use-cases are in `server/people`."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Person(Base):
    """`kind` employee | external | bot; `state` invited (no password yet) | active | left. Sign-in names live in `sign_in_name`."""

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
    __table_args__ = (
        CheckConstraint("kind IN ('employee', 'external', 'bot')", name="kind"),
        CheckConstraint("state IN ('invited', 'active', 'left')", name="state"),
        Index(None, "name"),
    )


class SignInName(Base):
    """One row per phone, staff number and e-mail, so that the three together stay unique (W31). Lower case."""

    __tablename__ = "sign_in_name"
    name: Mapped[str] = mapped_column(String(254), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class Department(Base):
    """A node of the tree. `path` is the names from the root, joined by `/`."""

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    path: Mapped[str] = mapped_column(String(600), unique=True)


class DepartmentClosure(Base):
    """Every (department, department at or below it) pair, so that «and below» is a join."""

    __tablename__ = "department_closure"
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True, index=True)


class PersonDepartment(Base):
    """Many-to-many with one main department per person (W31)."""

    __tablename__ = "person_department"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True, index=True)
    is_main: Mapped[bool] = mapped_column(Boolean)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    since: Mapped[datetime]
