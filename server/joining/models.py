"""The company's link for who wants to join, and who asked through it (W32)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class JoinLink(Base):
    """One row (id 1). The token lies here in clear: it hangs on a wall, opens nothing by itself, and must be shown again."""

    __tablename__ = "join_link"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    is_on: Mapped[bool]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class JoinRequest(Base):
    """`state` pending | approved | refused | aside. *Aside*: the sign-in name is somebody's, or asked already; it waits unseen, and the
    asker's page looks the same, so that nobody learns who is here.

    `login_key` is the sign-in name in comparable form, `token_hash` belongs to the asker's page, `password_hash` is emptied with the
    decision. `times`: how often this sign-in name asked.
    """

    __tablename__ = "join_request"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    login_key: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    note: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(10))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    times: Mapped[int] = mapped_column(Integer, server_default="1")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(300), server_default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'approved', 'refused', 'aside')", name="state"),
        Index(
            "uq_join_request_waiting",
            "login_key",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(None, "state", "id"),
    )
