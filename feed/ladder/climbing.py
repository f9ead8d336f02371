"""The job: takes every step that is due, in portions, and puts itself where the next one is. It looks at the rows and the time alone, so
running twice, late or never is made good by the next run."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from feed.ladder import telling
from feed.ladder.line import Line, Next, climbing, line_of, missing, still_open
from feed.ladder.models import LadderStep
from feed.models import Post
from server.background.jobs import BY_THE_HOUSE, Job
from server.db.base import table
from server.work.company import Company
from server.work.work import Work

JOB = "climb_ladder"
# Steps of one turn: the writer is not held for longer.
AT_ONCE = 2_000


async def climb(company: Company, args: dict[str, Any]) -> None:
    """Portion after portion until nothing is due."""
    post_id = int(args["post"])
    while (await company.write(lambda work: climb_now(work, post_id))).value:
        pass


def climb_now(work: Work, post_id: int) -> bool:
    """Whether there may be more to do at once. The post is locked before its receipts, as everywhere."""
    work.conn.execute(select(Post.id).where(Post.id == post_id).with_for_update())
    row = climbing(work.conn, post_id)
    if row is None or not row.is_on or row.due_at is None:
        return False
    line = line_of(work.conn, work.company, row)
    steps = [found for one in missing(work.conn, row) if (found := line.next(one)) is not None]
    due, coming = _due(line, steps, work.now)
    now = due[:AT_ONCE]
    open_still = still_open(work.conn, row, [one.person for one in now]) if now else set()
    _take(work, row, [one for one in now if one.person in open_still])
    if now:
        return True  # whoever was nudged now has a next step, which puts the job there
    if coming:
        queue(work, post_id, row.round, min(coming))
    return False


def _due(line: Line, steps: Sequence[Next], now: datetime) -> tuple[list[Next], list[datetime]]:
    """What may be told now, and when the others may."""
    due, coming = [], []
    for one in steps:
        at = line.hours.first(one.told, max(one.at, now))
        if at <= now:
            due.append(one)
        else:
            coming.append(at)
    return due, coming


def _take(work: Work, row: Any, steps: Sequence[Next]) -> None:
    if not steps:
        return
    rows = [
        {
            "post_id": row.id,
            "round": row.round,
            "person_id": one.person,
            "step": one.step,
            "told_id": one.told,
            "at": work.now,
            "ended_at": work.now if one.step == "nudge" else None,
        }
        for one in steps
    ]
    work.conn.execute(insert(table(LadderStep)), rows)
    telling.tell(work, row, steps)


def queue(work: Work, post_id: int, round: int, at: datetime) -> None:
    """A job for each time that was ever worked out: one that comes in vain finds nothing due."""
    key = f"{JOB}/{post_id}/{round}/{int(at.timestamp() * 1_000_000)}"
    work.enqueue(JOB, {"post": post_id}, key=key, at=at)


def wake(work: Work, post_id: int) -> None:
    """Somebody is asked who was not before: where a ladder is on, their steps are looked at too."""
    row = climbing(work.conn, post_id)
    if row is not None and row.is_on:
        queue(work, post_id, row.round, work.now)


CLIMB = Job(JOB, BY_THE_HOUSE, climb)
