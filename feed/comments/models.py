"""Comments of a post, numbered densely per post; what they said before they were changed; who likes them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Id


class Comment(Base):
    """Flat, in the order of their numbers; `reply_to` is the id of the comment that this one answers.

    `mentions`, `files` and `cards` («» for none) are JSON as on the wire. `by_id` wrote it for the author (W34). One that was deleted keeps
    its number and holds no words any more; they are in `comment_version`. `likes` always equals a recount.
    """

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[str] = mapped_column(Text)
    files: Mapped[str] = mapped_column(Text, server_default="")
    cards: Mapped[str] = mapped_column(Text, server_default="")
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    likes: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("post_id", "number"),)


class CommentVersion(Base):
    """What version `version` of a comment said, kept when it was changed or deleted. `at` is when it was written."""

    __tablename__ = "comment_version"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[str] = mapped_column(Text)
    files: Mapped[str] = mapped_column(Text)
    cards: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[datetime]


class CommentLike(Base):
    """Who likes a comment: at most once each."""

    __tablename__ = "comment_like"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (Index(None, "comment_id", "at"),)
