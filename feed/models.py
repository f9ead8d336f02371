"""Posts, whom they are addressed to, and who must confirm them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
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

from server.db.base import Base, Id


class Post(Base):
    """`mentions`, `files`, `cards`, `details`, `poll`, `carried_table` and `topics` («» for none) are JSON as on the wire; `by_id` is who
    published it for the author (W34).

    `seq` is the log number of its publication (who was in a department then may read it). `comments` (those that were not deleted) and
    `likes` always equal a recount; `last_comment` is the number of the newest comment, deleted or not.

    `details` is what the kind shows to every reader (`feed/kinds.py`), `poll` what its vote does (`feed/poll`): written from their own
    tables, which are asked instead. `carried_table` is what its table asks for (`feed/table`).

    `urgent`: what is told about it is said aloud in quiet hours too (W46).

    One that was deleted keeps its row and reaches nobody: its audience's rows are gone, `addressed` (JSON) says what they were.
    """

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    mentions: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    seq: Mapped[int | None] = mapped_column(BigInteger)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    files: Mapped[str] = mapped_column(Text, server_default="")
    comments: Mapped[int] = mapped_column(Integer, server_default="0")
    last_comment: Mapped[int] = mapped_column(BigInteger, server_default="0")
    likes: Mapped[int] = mapped_column(Integer, server_default="0")
    cards: Mapped[str] = mapped_column(Text, server_default="")
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    addressed: Mapped[str] = mapped_column(Text, server_default="")
    title: Mapped[str] = mapped_column(String(200), server_default="")
    details: Mapped[str] = mapped_column(Text, server_default="")
    poll: Mapped[str] = mapped_column(Text, server_default="")
    topics: Mapped[str] = mapped_column(Text, server_default="")
    carried_table: Mapped[str] = mapped_column(Text, server_default="")
    urgent: Mapped[bool] = mapped_column(Boolean, server_default=false())
    __table_args__ = (Index(None, "kind", "id"),)


class PostAudience(Base):
    """What was named, never expanded (FEED-15): `everyone`, `department:3`, `person:17`, and `author:5` for the author's own view.

    `seq` is the log number from which the post is addressed so, null: from its publication.
    """

    __tablename__ = "post_audience"
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True, index=True)
    seq: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


class ReceiptAsk(Base):
    """What is asked on a post since this version, as it was named, and the tally, which always equals a recount of `receipt`.

    `counts_from`: what confirms an earlier version counts no more, because the author asked again (N4).
    `by_deputy`: a receipt that somebody gives for another counts (W34). `question` («» for none) is JSON as on the wire (N7).
    `bound`: who comes to belong to those named is asked too, who leaves them is released (N6).
    """

    __tablename__ = "receipt_ask"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    named: Mapped[str] = mapped_column(Text)
    reminded_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    read: Mapped[int] = mapped_column(Integer)
    withdrawn: Mapped[int] = mapped_column(Integer)
    left: Mapped[int] = mapped_column(Integer)
    by_deputy: Mapped[bool] = mapped_column(Boolean, server_default=false())
    counts_from: Mapped[int] = mapped_column(Integer, server_default="1")
    question: Mapped[str] = mapped_column(Text, server_default="")
    bound: Mapped[bool] = mapped_column(Boolean, server_default=false())
    __table_args__ = (
        CheckConstraint("done >= 0 AND read >= 0 AND done + read <= asked", name="tally"),
        Index(None, "bound", "post_id"),
    )


class Receipt(Base):
    """One required person on one version: state open | done | withdrawn | left. Done at most once, with the first time (RCPT-10).

    `by_id` is who gave it for the person (W34), `confirmed` which version of the post they had before them (0 while it is not given).
    """

    __tablename__ = "receipt"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    read_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'withdrawn', 'left')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at"),
        Index(None, "person_id", "state", "post_id"),
    )


class ReceiptAnswer(Base):
    """What somebody answered with their receipt, JSON as on the wire; `version` is the one of the post that they confirmed (N7)."""

    __tablename__ = "receipt_answer"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer)
    answer: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("post_id", "person_id", "version"),)


class PostLike(Base):
    """Who likes a post: at most once each."""

    __tablename__ = "post_like"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    __table_args__ = (Index(None, "post_id", "at"),)


class PostFollow(Base):
    """Who wants to be told of a post's comments (FEED-17), or, `follows` false, no longer although they wrote there."""

    __tablename__ = "post_follow"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    follows: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime]
    __table_args__ = (Index(None, "person_id", "post_id"),)


class PostMark(Base):
    """What one person noted on a post for themselves, seen by nobody else: `favourite` (FEED-18), `hidden` from their timeline (W10)."""

    __tablename__ = "post_mark"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True, index=True)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("kind IN ('favourite', 'hidden')", name="kind"),
        {"sqlite_with_rowid": False},
    )


class PostMention(Base):
    """Whom a post names as it stands now, by subject as in `PostAudience`: found without reading the posts."""

    __tablename__ = "post_mention"
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True, index=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class PostVersion(Base):
    """What version `version` of a post said and carried, kept when it was changed. `at` is when it was written.

    `addressed` (JSON) says to whom, where the change was one of the audience too; «»: to whom the next version is.
    """

    __tablename__ = "post_version"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(200), server_default="")
    poll: Mapped[str] = mapped_column(Text, server_default="")
    files: Mapped[str] = mapped_column(Text, server_default="")
    cards: Mapped[str] = mapped_column(Text, server_default="")
    addressed: Mapped[str] = mapped_column(Text, server_default="")
    details: Mapped[str] = mapped_column(Text, server_default="")


class EarlierFile(Base):
    """A file that a post carries no longer; `version` is the last that did. Who reads that version reads it."""

    __tablename__ = "earlier_file"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)


class EarlierReceipt(Base):
    """A receipt that was given on a version which the author then had confirmed again."""

    __tablename__ = "earlier_receipt"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    confirmed: Mapped[int] = mapped_column(Integer, primary_key=True)
    done_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
