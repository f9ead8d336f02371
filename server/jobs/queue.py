"""Putting jobs into the table and taking them out. Safe with several workers: a row is leased by a guarded update."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from server.db.upsert import insert_into
from server.jobs.models import JobRow

LEASE = timedelta(seconds=60)
MAX_TRIES = 8


@dataclass(frozen=True)
class DueJob:
    """A leased job. `args` are JSON values."""

    id: int
    name: str
    args: dict[str, Any]
    tries: int


def put(conn: Connection, name: str, args: dict[str, Any], run_at: datetime, dedupe_key: str) -> bool:
    """Adds a job unless one with this key ever existed; answers whether it was added."""
    added = conn.execute(
        insert_into(conn, JobRow)
        .values(
            name=name,
            args=msgspec.json.encode(args).decode(),
            run_at=run_at,
            dedupe_key=dedupe_key,
            state="waiting",
            tries=0,
        )
        .on_conflict_do_nothing(index_elements=[JobRow.dedupe_key])
        .returning(JobRow.id)
    ).first()
    return added is not None


def is_due(
    conn: Connection, now: datetime, real: datetime, busy: Collection[str] = (), mine: Collection[int] = ()
) -> bool:
    """Whether a claim would find anything: a look without a writing turn."""
    return conn.execute(select(JobRow.id).where(_is_open(now, real, busy, mine)).limit(1)).first() is not None


def _is_open(
    now: datetime, real: datetime, busy: Collection[str], mine: Collection[int]
) -> ColumnElement[bool]:
    free = or_(JobRow.state == "waiting", (JobRow.state == "running") & (JobRow.lease_until < real))
    return free & (JobRow.run_at <= now) & JobRow.name.not_in(busy) & JobRow.id.not_in(mine)


def claim(
    conn: Connection,
    now: datetime,
    real: datetime,
    limit: int,
    busy: Collection[str] = (),
    mine: Collection[int] = (),
    alone: Collection[str] = (),
) -> list[DueJob]:
    """Leases due jobs in `run_at` order; a lease that ran out (worker died) is taken over.

    Left alone are kinds in `busy` and rows in `mine`; of a kind in `alone` the first one is taken.
    """
    found = conn.execute(
        select(JobRow.id, JobRow.name)
        .where(_is_open(now, real, busy, mine))
        .order_by(JobRow.run_at, JobRow.id)
        .limit(limit * 8 if alone else limit)
        .with_for_update(skip_locked=True)
    ).all()
    ids: list[int] = []
    taken: set[str] = set()
    for row in found:
        if len(ids) < limit and row.name not in taken:
            ids.append(row.id)
            taken |= {row.name} & set(alone)
    if not ids:
        return []
    conn.execute(
        update(JobRow)
        .where(JobRow.id.in_(ids))
        .values(state="running", lease_until=real + LEASE, tries=JobRow.tries + 1)
    )
    rows = conn.execute(
        select(JobRow.id, JobRow.name, JobRow.args, JobRow.tries)
        .where(JobRow.id.in_(ids))
        .order_by(JobRow.run_at, JobRow.id)
    ).all()
    return [DueJob(row.id, row.name, msgspec.json.decode(row.args), row.tries) for row in rows]


def renew(conn: Connection, job_ids: Collection[int], real: datetime) -> None:
    """Whoever works on these is still there."""
    conn.execute(
        update(JobRow)
        .where(JobRow.id.in_(job_ids), JobRow.state == "running")
        .values(lease_until=real + LEASE)
    )


def open_jobs(conn: Connection) -> dict[tuple[str, str], int]:
    """How many of each (name, state) are not done, for the operator's figures."""
    rows = conn.execute(
        select(JobRow.name, JobRow.state, func.count())
        .where(JobRow.state.in_(("waiting", "running", "failed")))
        .group_by(JobRow.name, JobRow.state)
    )
    return {(name, state): count for name, state, count in rows}


def due_since(conn: Connection, now: datetime) -> datetime | None:
    """Since when the longest waiting job is due, or None when none is."""
    return conn.execute(
        select(func.min(JobRow.run_at)).where(JobRow.state == "waiting", JobRow.run_at <= now)
    ).scalar()


def _is_held(job: DueJob) -> ColumnElement[bool]:
    """By whoever claimed it like this: after a take-over the slower one writes nothing."""
    return (JobRow.id == job.id) & (JobRow.state == "running") & (JobRow.tries == job.tries)


def finish(conn: Connection, job: DueJob) -> None:
    conn.execute(update(JobRow).where(_is_held(job)).values(state="done", lease_until=None, last_error=""))


def fail(conn: Connection, job: DueJob, error: str, now: datetime) -> None:
    """Back to waiting with a growing pause, or failed for good after `MAX_TRIES`."""
    state = "failed" if job.tries >= MAX_TRIES else "waiting"
    conn.execute(
        update(JobRow)
        .where(_is_held(job))
        .values(
            state=state,
            lease_until=None,
            last_error=error[:500],
            run_at=now + timedelta(seconds=2**job.tries),
        )
    )


def free(conn: Connection) -> int:
    """Takes back every lease, for when nobody else can hold one: a killed process's jobs go on at once. Answers how many.

    A job under which the server went away `MAX_TRIES` times has failed: it must not take the server down for ever.
    """
    held = JobRow.state == "running"
    conn.execute(
        update(JobRow)
        .where(held, JobRow.tries >= MAX_TRIES)
        .values(state="failed", lease_until=None, last_error="The server went away while it ran.")
    )
    return conn.execute(update(JobRow).where(held).values(state="waiting", lease_until=None)).rowcount


def forget_done(conn: Connection, before: datetime) -> int:
    """Removes jobs that ended before `before`; their dedupe keys may then be used again."""
    return conn.execute(delete(JobRow).where(JobRow.state == "done", JobRow.run_at < before)).rowcount
