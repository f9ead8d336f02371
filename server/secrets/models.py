"""Which keys this company's sealed values are written with: what a start with another key is recognised by."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class SecretKey(Base):
    """`id` follows from the key; `proof` is a known text sealed with it. The key itself is never stored here."""

    __tablename__ = "secret_key"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    proof: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
