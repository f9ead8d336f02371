"""Deleting a post: for everybody, by its author or who moderates (FEED-21, FEED-22). The row stays and reaches nobody any more."""

import msgspec
from sqlalchemy import case, delete, func, select, update

from feed import audience, events
from feed.kinds import kind_named
from feed.models import Post, PostAudience, Receipt, ReceiptAsk
from feed.policies import must_read
from feed.poll import polls
from feed.table import tables
from feed.topic import tagging
from server.kit.problems import Forbidden
from server.permissions.actor import Actor
from server.work.work import Work


def delete_post(work: Work, actor: Actor, post_id: int) -> None:
    """Twice is the same. Raises `NotFound`, `Forbidden` (to a reader, whose «delete» is to hide it, W10)."""
    if _was_mine_to_delete(work, actor, post_id):
        return
    must_read(work.conn, actor, post_id)
    # The post before its receipts, as who comments and likes locks it first.
    post = work.conn.execute(
        select(Post.id, Post.kind, Post.author_id, Post.by_id, Post.seq, Post.deleted_at)
        .where(Post.id == post_id)
        .with_for_update()
    ).one()
    if post.author_id != actor.id and not actor.can("post.moderate"):
        raise Forbidden("Only the author deletes this.", next_step="hide_it")
    if post.deleted_at is not None:
        return  # somebody was faster
    subjects = audience.subjects_of_post(work, post_id)
    hearing = audience.who_hears(work, post, subjects)
    withdrawn = _close_receipts(work, post_id)
    kind_named(work.company.modules, post.kind).close(work, post_id, hearing)
    polls.forget(work, post_id)
    tables.hold(work, post_id)
    tagging.forget(work, post_id)
    work.conn.execute(delete(PostAudience).where(PostAudience.post_id == post_id))
    work.conn.execute(
        update(Post)
        .where(Post.id == post_id)
        .values(deleted_at=work.now, deleted_by=actor.id, addressed=msgspec.json.encode(subjects).decode())
    )
    work.audit("post.deleted", ("post", post_id), author=post.author_id, withdrawn=withdrawn)
    work.record(events.post_deleted(actor.id, post_id, hearing))


def _was_mine_to_delete(work: Work, actor: Actor, post_id: int) -> bool:
    """Its author, and who did it, may repeat the request whose answer was lost."""
    gone = select(Post.author_id, Post.deleted_by).where(Post.id == post_id, Post.deleted_at.is_not(None))
    row = work.conn.execute(gone).first()
    return row is not None and actor.id in (row.author_id, row.deleted_by)


def _close_receipts(work: Work, post_id: int) -> int:
    """What was still open is withdrawn, on every version; what leavers owed is asked no more when they come back. How many they were.

    Receipts before their tallies, in key order: as everybody locks them who gives receipts.
    """
    waiting = (Receipt.post_id == post_id) & Receipt.state.in_(("open", "left"))
    rows = work.conn.execute(
        select(Receipt.version, Receipt.person_id)
        .where(waiting)
        .order_by(Receipt.version, Receipt.person_id)
        .with_for_update()
    ).all()
    if not rows:
        return 0
    is_open = Receipt.state == "open"
    sums = work.conn.execute(
        select(
            Receipt.version,
            func.sum(case((is_open, 1), else_=0)).label("open"),
            func.sum(case((is_open & Receipt.read_at.is_not(None), 1), else_=0)).label("read"),
            func.count().label("all"),
        )
        .where(waiting)
        .group_by(Receipt.version)
        .order_by(Receipt.version)
    ).all()
    work.conn.execute(update(Receipt).where(waiting).values(state="withdrawn"))
    for one in sums:
        work.conn.execute(
            update(ReceiptAsk)
            .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == one.version)
            .values(
                asked=ReceiptAsk.asked - one.open,
                read=ReceiptAsk.read - one.read,
                left=ReceiptAsk.left - (one.all - one.open),
                withdrawn=ReceiptAsk.withdrawn + one.all,
            )
        )
    return len(rows)
