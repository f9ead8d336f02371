"""Putting jobs into the table and taking them out. Safe with several workers: a row is leased by a guarded update."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

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
    insert = pg_insert if conn.dialect.name == "postgresql" else sqlite_insert
    added = conn.execute(
        insert(JobRow)
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


def is_due(conn: Connection, now: datetime, real: datetime) -> bool:
    """Whether a claim would find anything: a look without a writing turn."""
    query = select(JobRow.id).where(_is_free(real), JobRow.run_at <= now).limit(1)
    return conn.execute(query).first() is not None


def _is_free(real: datetime) -> ColumnElement[bool]:
    return or_(JobRow.state == "waiting", (JobRow.state == "running") & (JobRow.lease_until < real))


def claim(conn: Connection, now: datetime, real: datetime, limit: int) -> list[DueJob]:
    """Leases due jobs in `run_at` order; a lease that ran out (worker died) is taken over."""
    ids = (
        conn.execute(
            select(JobRow.id)
            .where(_is_free(real), JobRow.run_at <= now)
            .order_by(JobRow.run_at, JobRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        .scalars()
        .all()
    )
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


def finish(conn: Connection, job_id: int) -> None:
    conn.execute(
        update(JobRow).where(JobRow.id == job_id).values(state="done", lease_until=None, last_error="")
    )


def fail(conn: Connection, job: DueJob, error: str, now: datetime) -> None:
    """Back to waiting with a growing pause, or failed for good after `MAX_TRIES`."""
    state = "failed" if job.tries >= MAX_TRIES else "waiting"
    conn.execute(
        update(JobRow)
        .where(JobRow.id == job.id)
        .values(
            state=state,
            lease_until=None,
            last_error=error[:500],
            run_at=now + timedelta(seconds=2**job.tries),
        )
    )


def forget_done(conn: Connection, before: datetime) -> int:
    """Removes jobs that ended before `before`; their dedupe keys may then be used again."""
    return conn.execute(delete(JobRow).where(JobRow.state == "done", JobRow.run_at < before)).rowcount
