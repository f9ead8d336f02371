"""Pools, their people and their departments (POOL-01 … 03, W6). Where a record lies is the record's own `pool_id`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, true
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Pool(Base):
    """Of one kind of record, called by a name of its own. `may_change_owner`: whether a held record whose home it is may get another owner
    in the ordinary way (M18). A retired one holds nothing and is nobody's home."""

    __tablename__ = "pool"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    may_change_owner: Mapped[bool] = mapped_column(server_default=true())
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "kind", "name", unique=True),)


class PoolPerson(Base):
    """Somebody named one by one: `admin` enters and gives out, `member` sees."""

    __tablename__ = "pool_person"
    pool_id: Mapped[int] = mapped_column(ForeignKey("pool.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("role IN ('admin', 'member')", name="role"),
        Index(None, "person_id", "pool_id"),
    )


class PoolDepartment(Base):
    """Who sits in it or below is a member, and it is the home of what they own: of one pool of a kind at most."""

    __tablename__ = "pool_department"
    pool_id: Mapped[int] = mapped_column(ForeignKey("pool.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    __table_args__ = (Index(None, "department_id", "kind", unique=True),)
