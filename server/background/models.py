"""How far each reaction has come in the log."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class ReactionCursor(Base):
    """The highest log number this reaction has dealt with."""

    __tablename__ = "reaction_cursor"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
