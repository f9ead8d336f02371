"""Until when something is to be done."""

from datetime import datetime, timedelta

from server.kit.problems import invalid
from server.work.work import Work

LATEST_DUE = timedelta(days=3_650)


def checked_due(work: Work, field: str, due_at: datetime | None) -> datetime | None:
    """Raises `Invalid` on `field`: without a time zone, past, too far away."""
    return None if due_at is None else checked_ahead(work.now, field, due_at)


def checked_ahead(now: datetime, field: str, due_at: datetime) -> datetime:
    """As above."""
    if due_at.tzinfo is None:
        raise invalid(field, "time_zone", "The time needs a time zone.")
    if due_at <= now:
        raise invalid(field, "past", "The due time has passed already.")
    if due_at > now + LATEST_DUE:
        raise invalid(field, "range", "At most ten years from now.")
    return due_at
