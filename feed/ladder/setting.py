"""Switching a ladder on and off, moving the due time, beginning anew when it has to be confirmed again (RCPT-13)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feed import audience
from feed.due import checked_due
from feed.events import post_details_changed
from feed.ladder import events
from feed.ladder.climbing import queue
from feed.ladder.inputs import LadderInput
from feed.ladder.models import LadderStep, ReceiptLadder
from feed.ladder.plan import STEPS, plan
from feed.ladder.present import PlanView, tally
from feed.models import Post, ReceiptAsk
from feed.policies import must_read
from feed.present import PostView, posts
from server.calendar.calendars import calendar_of
from server.kit.problems import Forbidden, NotFound, invalid
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work


def begin(work: Work, post_id: int, due_at: datetime | None) -> None:
    """In the act that asks. Raises `Invalid` on `receipts.ladder` without a due time."""
    if due_at is None:
        raise invalid("receipts.ladder", "due_required", "A ladder needs a due time.")
    work.conn.execute(insert(ReceiptLadder).values(post_id=post_id, is_on=True, round=1, started_at=work.now))
    _queue_first(work, post_id, 1, due_at)


def restart(work: Work, post_id: int, due_at: datetime | None) -> None:
    """Everybody has to confirm again: the steps are taken anew. The caller has locked the post."""
    ladder = _ladder(work.conn, post_id)
    if ladder is not None and ladder.is_on and due_at is not None:
        _anew(work, post_id, ladder.round + 1, due_at)
        author = work.conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
        work.record(events.ladder_set(author, tally(work.conn, post_id)))


def change(work: Work, actor: Actor, post_id: int, wanted: LadderInput) -> PostView:
    """Another due time moves the ladder: it begins anew. The same again changes nothing.

    Raises `NotFound`, `Forbidden`, `Invalid` on `due_at` (past, range, time_zone) and on `is_on` without a due time.
    """
    must_read(work.conn, actor, post_id)
    post = work.conn.execute(select(Post.__table__).where(Post.id == post_id).with_for_update()).one()
    if post.author_id != actor.id:
        raise Forbidden("Only the author does this.", next_step="ask_author")
    query = select(ReceiptAsk.version, ReceiptAsk.due_at).where(ReceiptAsk.post_id == post_id)
    asked = work.conn.execute(query.order_by(ReceiptAsk.version.desc()).limit(1)).first()
    if post.deleted_at is not None or asked is None:
        raise NotFound("This post asks for no receipts.")
    moved = wanted.due_at != asked.due_at
    due = checked_due(work, "due_at", wanted.due_at) if moved else asked.due_at
    if wanted.is_on and due is None:
        raise invalid("is_on", "due_required", "A ladder needs a due time.")
    if moved:
        of_it = (ReceiptAsk.post_id == post_id) & (ReceiptAsk.version == asked.version)
        work.conn.execute(update(ReceiptAsk).where(of_it).values(due_at=due))
    _switch(work, post_id, wanted.is_on, due, moved)
    view = posts(work.conn, [post_id])[0]
    if moved:
        hearing = audience.who_hears(work, post, audience.subjects_of_post(work, post_id))
        work.record(post_details_changed(actor.id, view, hearing))
    return view


def _switch(work: Work, post_id: int, is_on: bool, due: datetime | None, moved: bool) -> None:
    ladder = _ladder(work.conn, post_id)
    was_on = ladder is not None and ladder.is_on
    if is_on and due is not None and (moved or not was_on):
        _anew(work, post_id, 1 if ladder is None else ladder.round + 1, due, is_first=ladder is None)
    elif was_on and not is_on:
        work.conn.execute(update(ReceiptLadder).where(ReceiptLadder.post_id == post_id).values(is_on=False))
    elif not moved:
        return
    author = work.conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
    work.record(events.ladder_set(author, tally(work.conn, post_id)))


def _anew(work: Work, post_id: int, round: int, due: datetime, *, is_first: bool = False) -> None:
    if is_first:
        begin(work, post_id, due)
        return
    work.conn.execute(
        update(ReceiptLadder)
        .where(ReceiptLadder.post_id == post_id)
        .values(is_on=True, round=round, started_at=work.now)
    )
    _queue_first(work, post_id, round, due)


def seen_to(work: Work, actor: Actor, post_id: int) -> None:
    """Who was told is done with it: their to-do closes, the step stays on record. Twice is the same. Raises `NotFound`."""
    mine = (LadderStep.post_id == post_id) & (LadderStep.told_id == actor.id) & (LadderStep.step != "nudge")
    if work.conn.execute(select(LadderStep.id).where(mine).limit(1)).first() is None:
        raise NotFound()
    ended = work.conn.execute(
        update(LadderStep).where(mine, LadderStep.ended_at.is_(None)).values(ended_at=work.now)
    )
    if ended.rowcount:
        work.record(events.missing_ended(actor.id, post_id))


def planned(conn: Connection, company: Company, due_at: datetime, urgent: bool) -> PlanView:
    """The steps of a ladder that would begin now."""
    calendar = None if urgent else calendar_of(conn, company)
    found = plan(company.clock.now(), due_at, calendar)
    return PlanView(*[found.at(step).astimezone(UTC) for step in STEPS])


def _ladder(conn: Connection, post_id: int) -> Any:
    query = select(ReceiptLadder.is_on, ReceiptLadder.round).where(ReceiptLadder.post_id == post_id)
    return conn.execute(query).first()


def _queue_first(work: Work, post_id: int, round: int, due_at: datetime) -> None:
    """At the first step's time; the job goes on from there."""
    urgent = work.conn.execute(select(Post.urgent).where(Post.id == post_id)).scalar_one()
    calendar = None if urgent else calendar_of(work.conn, work.company)
    queue(work, post_id, round, max(plan(work.now, due_at, calendar).nudge, work.now))
