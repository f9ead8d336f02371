"""The company's stickers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Sticker(Base):
    """A picture with a name, which hangs on it as a file; `file` is JSON as on the wire. `place` orders them.

    `retired_at`: offered no longer; what was sent shows it still, so rows stay for good.
    """

    __tablename__ = "sticker"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    file: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(Integer, server_default="0")
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
