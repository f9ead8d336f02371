"""Writing, changing and deleting comments. One act, one event; the post's row is locked first and numbers them."""

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from feed import mentioned
from feed.comments import events
from feed.comments.inputs import ChangedComment, NewComment
from feed.comments.models import Comment, CommentVersion
from feed.comments.present import CommentsTally, CommentView, WrittenComment, comment
from feed.models import Post
from feed.policies import may_read, must_comment, readers_of
from feed.present import PostMentions
from server.cards import carrying
from server.db.base import table
from server.files import attaching
from server.files.present import stored
from server.kit.mentions import mentions_in
from server.kit.problems import Forbidden, NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work

MAX_TEXT = 8_000
# As with one's own message (W27).
CHANGED_WITHIN = timedelta(hours=24)
_COMMENTS = table(Comment)
_NO_MENTIONS = PostMentions()


def write(work: Work, actor: Actor, post_id: int, new: NewComment) -> WrittenComment:
    """With files or cards the text may be empty. Raises `NotFound`, `Invalid` naming the field."""
    must_comment(work.conn, actor, post_id)
    text = clean(new.text, "text", limit=MAX_TEXT, required=not (new.files or new.cards))
    mentions = mentioned.checked(work.conn, mentions_in(text))
    files = attaching.attach(work, actor.by or actor.id, new.files)
    cards = carrying.carried(work.conn, work.company.modules, carrying.wanted(actor, new.cards))
    post = work.conn.execute(
        update(Post)
        .where(Post.id == post_id, Post.deleted_at.is_(None))
        .values(comments=Post.comments + 1, last_comment=Post.last_comment + 1)
        .returning(Post.author_id, Post.comments, Post.last_comment)
    ).first()
    if post is None:
        raise NotFound()  # deleted at this moment
    quoted = _quoted(work.conn, post_id, new.reply_to)
    row = work.conn.execute(
        insert(_COMMENTS)
        .values(
            post_id=post_id,
            number=post.last_comment,
            author_id=actor.id,
            by_id=actor.by or None,
            client_id=new.client_id,
            text=text,
            mentions=_json(mentions),
            files=stored(files),
            cards=carrying.stored(cards),
            reply_to=new.reply_to,
            created_at=work.now,
        )
        .returning(*_COMMENTS.c)
    ).one()
    if files:
        attaching.hang(work, "comment", {file.id: row.id for file in files})
    view = comment(row)
    work.record(events.comment_written(view, quoted))
    tally = CommentsTally(post_id, post.comments, post.last_comment)
    work.record(events.comments_counted(post.author_id, tally))
    return written(work.conn, view)


def edit(work: Work, actor: Actor, comment_id: int, change: ChangedComment) -> WrittenComment:
    """The author's, within a day of writing. What it said before is kept. Raises `NotFound`, `Forbidden`, `WrongState`,
    `StaleVersion`, `Invalid`."""
    row = found(work.conn, actor, comment_id)
    if row.author_id != actor.id:
        raise Forbidden("Only who wrote it changes it.", next_step="ask_author")
    _must_be_young(work, row)
    text = clean(change.text, "text", limit=MAX_TEXT, required=not (row.files or row.cards))
    mentions = mentioned.checked(work.conn, mentions_in(text))
    if row.version == change.version and row.text == text:
        return written(work.conn, comment(row))
    changed = work.conn.execute(
        update(_COMMENTS)
        .where(
            _COMMENTS.c.id == comment_id,
            _COMMENTS.c.version == change.version,
            _COMMENTS.c.deleted_at.is_(None),
        )
        .values(text=text, mentions=_json(mentions), version=change.version + 1, edited_at=work.now)
        .returning(*_COMMENTS.c)
    ).first()
    if changed is None:
        now = found(work.conn, actor, comment_id)
        raise StaleVersion("It was changed meanwhile.", version=now.version, given=change.version)
    _keep(work, row)
    view = comment(changed)
    work.record(events.comment_changed(actor.id, view))
    return written(work.conn, view)


def delete(work: Work, actor: Actor, comment_id: int) -> None:
    """One's own within a day, or, with `post.moderate`, any. A stub stays; the words are kept out of sight. Twice is the same."""
    row = found(work.conn, actor, comment_id, deleted_too=True)
    is_own = row.author_id == actor.id
    if not is_own and not actor.can("post.moderate"):
        raise Forbidden("Only who wrote it deletes it.", next_step="ask_administrator")
    if row.deleted_at is not None:
        return
    if not actor.can("post.moderate"):
        _must_be_young(work, row)
    # The post before its comment, as who writes and likes locks them.
    post = work.conn.execute(select(Post.author_id).where(Post.id == row.post_id).with_for_update()).one()
    gone = work.conn.execute(
        update(_COMMENTS)
        .where(
            _COMMENTS.c.id == comment_id,
            _COMMENTS.c.version == row.version,
            _COMMENTS.c.deleted_at.is_(None),
        )
        .values(
            text="",
            mentions=_json(_NO_MENTIONS),
            files="",
            cards="",
            version=row.version + 1,
            deleted_at=work.now,
            deleted_by=actor.id,
        )
        .returning(*_COMMENTS.c)
    ).first()
    if gone is None:
        now = found(work.conn, actor, comment_id, deleted_too=True)
        if now.deleted_at is not None:
            return  # somebody was faster
        raise StaleVersion("It was changed meanwhile.", version=now.version, given=row.version)
    _keep(work, row)
    counts = work.conn.execute(
        update(Post)
        .where(Post.id == row.post_id)
        .values(comments=Post.comments - 1)
        .returning(Post.comments, Post.last_comment)
    ).one()
    work.audit("comment.deleted", ("comment", comment_id), post=row.post_id, author=row.author_id)
    work.record(events.comment_deleted(actor.id, comment(gone)))
    tally = CommentsTally(row.post_id, counts.comments, counts.last_comment)
    work.record(events.comments_counted(post.author_id, tally))


def again(conn: Connection, actor: Actor, comment_id: int) -> WrittenComment:
    """The answer to a repeated request, with today's rights."""
    return written(conn, comment(found(conn, actor, comment_id, deleted_too=True)))


def written(conn: Connection, view: CommentView) -> WrittenComment:
    """With whom of the mentioned it does not reach (M1)."""
    left_out = _NO_MENTIONS
    if view.mentions.people or view.mentions.departments:
        left_out = mentioned.outside(conn, view.mentions, readers_of(conn, view.post_id))
    fields = {name: getattr(view, name) for name in CommentView.__struct_fields__}
    return WrittenComment(**fields, not_notified=left_out)


def found(conn: Connection, actor: Actor, comment_id: int, *, deleted_too: bool = False) -> Any:
    """The row, for who may read its post. Raises `NotFound`; `WrongState` when it was deleted."""
    row = conn.execute(select(_COMMENTS).where(_COMMENTS.c.id == comment_id)).first()
    if row is None or not may_read(conn, actor, row.post_id):
        raise NotFound()
    if row.deleted_at is not None and not deleted_too:
        raise WrongState("This comment was deleted.", reason="comment_deleted")
    return row


def _quoted(conn: Connection, post_id: int, reply_to: int | None) -> CommentView | None:
    if reply_to is None:
        return None
    row = conn.execute(
        select(_COMMENTS).where(_COMMENTS.c.id == reply_to, _COMMENTS.c.post_id == post_id)
    ).first()
    if row is None:
        raise invalid("reply_to", "not_found", "That comment is not under this post.")
    if row.deleted_at is not None:
        raise invalid("reply_to", "deleted", "That comment was deleted.")
    return comment(row)


def _must_be_young(work: Work, row: Any) -> None:
    until = row.created_at + CHANGED_WITHIN
    if work.now > until:
        raise WrongState(
            "A comment is changed or deleted within a day.",
            reason="comment_too_old",
            until=until,
            next_step="ask_administrator",
        )


def _keep(work: Work, row: Any) -> None:
    """What this version said."""
    work.conn.execute(
        insert(CommentVersion).values(
            comment_id=row.id,
            version=row.version,
            text=row.text,
            mentions=row.mentions,
            files=row.files,
            cards=row.cards,
            at=row.edited_at or row.created_at,
        )
    )


def _json(mentions: PostMentions) -> str:
    return msgspec.json.encode(mentions).decode()
