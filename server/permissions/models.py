"""Roles as rows: several per person, they add up, deny by default, no negative rules (security.md §1)."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Role(Base):
    __tablename__ = "role"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))


class RoleCapability(Base):
    """A capability `noun.verb` within a scope."""

    __tablename__ = "role_capability"
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(String(60), primary_key=True)
    scope: Mapped[str] = mapped_column(String(30), primary_key=True)


class PersonRole(Base):
    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True, index=True)
