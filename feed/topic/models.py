"""Topics of posts, by their folded names, and the official ones with all the names they have had."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class PostTopic(Base):
    """A topic that a post names as it stands now: `key` is folded (`server/kit/topics.py`), `name` as it is written there.

    A topic is nothing but its name, so that asking for one tells nobody whether somebody used it. Gone with the post.
    """

    __tablename__ = "post_topic"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True, index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(30))
    __table_args__ = (Index(None, "author_id", "post_id"), {"sqlite_with_rowid": False})


class OfficialTopic(Base):
    """One that an administrator keeps (FEED-06). `retired_at`: no longer offered; what was written stays."""

    __tablename__ = "official_topic"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class TopicName(Base):
    """Every name that an official topic has or had, folded: what was written under an earlier one is still found."""

    __tablename__ = "topic_name"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("official_topic.id"), index=True)
