"""Votes inside posts: the options with their counts, who voted, and, where it is not secret, who chose what."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base


class Poll(Base):
    """`voters` and the options' `votes` always equal a recount. `since` is the version of the post from which the options are these.

    `closed_at`: its author closed it before `closes_at`. Whoever votes locks this row, and no other of the post's.
    """

    __tablename__ = "poll"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    several: Mapped[bool] = mapped_column(Boolean, server_default=false())
    anonymous: Mapped[bool] = mapped_column(Boolean, server_default=false())
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    since: Mapped[int] = mapped_column(Integer, server_default="1")
    voters: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (CheckConstraint("voters >= 0", name="voters"),)


class PollOption(Base):
    """One option, by its place from 0."""

    __tablename__ = "poll_option"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(String(100))
    votes: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (CheckConstraint("votes >= 0", name="votes"),)


class PollVoter(Base):
    """That somebody voted, at most once: nothing else is here in clear, no time and no order.

    Of an anonymous vote `sealed` holds what was chosen, so that it can be changed: always as long, sealed for this row (`ballot` names it)
    with the server's key, which is not in the database. It is emptied when the vote ends, and then nobody knows it any more; until then
    whoever holds the database *and* the key file could open it. Whoever watches the database at work while people vote one by one, or
    reads its files row by row, can guess from what changes together; the rows are written anew at the end, sorted.
    """

    __tablename__ = "poll_voter"
    ballot: Mapped[str] = mapped_column(String(40), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("post_id", "person_id"), {"sqlite_with_rowid": False})


class PollChoice(Base):
    """Who chose what, of named votes alone."""

    __tablename__ = "poll_choice"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    __table_args__ = (Index(None, "post_id", "person_id"), {"sqlite_with_rowid": False})
