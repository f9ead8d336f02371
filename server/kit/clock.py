"""The product's clock: real time plus an offset that only an administrator's test setting may move forward.

Business rules (due times, gaps, reminders) ask `Clock.now`; sessions, leases and rate limits ask `real_now` (delivery.md §4).
"""

from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    """The machine's clock, aware, UTC, microseconds."""
    return datetime.now(UTC)


class Clock:
    """One per company. The offset row in the database is its truth; this object holds the last value read."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return real_now() + self.offset
