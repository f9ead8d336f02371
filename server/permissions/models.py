"""Roles as rows: several per person, they add up, deny by default, no negative rules (security.md §1)."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Role(Base):
    """Shipped roles have the codes of `roles.py`; one that nobody has edited follows what is shipped (`is_edited`)."""

    __tablename__ = "role"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    is_edited: Mapped[bool] = mapped_column(Boolean, server_default=false())
    __table_args__ = (Index(None, "name", unique=True),)


class RoleCapability(Base):
    """A capability `noun.verb` within a scope."""

    __tablename__ = "role_capability"
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(String(60), primary_key=True)
    scope: Mapped[str] = mapped_column(String(30), primary_key=True)


class PersonRole(Base):
    """`is_given` by somebody, `is_automatic` because of reports or a department; the row is there while either holds."""

    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True, index=True)
    is_given: Mapped[bool] = mapped_column(Boolean, server_default=true())
    is_automatic: Mapped[bool] = mapped_column(Boolean, server_default=false())
