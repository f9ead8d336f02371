"""Files, what each hangs on, and how much room everybody has taken."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class File(Base):
    """One upload: state uploading → ready → attached, or gone. `key` is where its bytes lie («» when they are away).

    `charged` is what it counts against the room; `size` and `sha256` are of what is kept, so a picture's differ from what was sent.
    """

    __tablename__ = "file"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    form: Mapped[str] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(BigInteger)
    charged: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("state IN ('uploading', 'ready', 'attached', 'gone')", name="state"),
        Index(None, "state", "created_at"),
    )


class FileLink(Base):
    """What an attached file hangs on (`post`, `message`): its rights are that thing's."""

    __tablename__ = "file_link"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    ref_id: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (Index(None, "kind", "ref_id"),)


class FileRoom(Base):
    """Bytes charged to a person, and under id 0 to the company as a whole."""

    __tablename__ = "file_room"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    used: Mapped[int] = mapped_column(BigInteger)
