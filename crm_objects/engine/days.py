"""Fields of days and moments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date

from crm_objects.engine.fields import SIZES, Field
from crm_objects.engine.wrong import Wrong
from server.db.base import UtcTime

_FIRST = date(1800, 1, 1)


def day(value: Any) -> date:
    """Raises `Wrong` `date`."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        found = None
    if found is None or found < _FIRST:
        raise Wrong("date", "A day, such as 2026-06-01.")
    return found


def moment(value: Any) -> datetime:
    """Raises `Wrong` `date`."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
        if found is not None and found.tzinfo is not None and found.date() >= _FIRST:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Wrong("date", "A moment, such as 2026-06-01T02:00:00Z.")


@dataclass(frozen=True, eq=False)
class DateField(Field):
    type = "date"
    operators = SIZES

    def column_type(self) -> Any:
        return Date()

    def parse(self, value: Any) -> Any:
        return None if value == "" else day(value)

    def shown(self, stored: Any) -> Any:
        return stored.isoformat()

    def masked(self, stored: Any) -> str:
        return "****-**-**"

    def kept(self, stored: Any) -> Any:
        return None if stored is None else stored.isoformat()

    def from_kept(self, kept: Any) -> Any:
        return None if kept is None else date.fromisoformat(kept)


@dataclass(frozen=True, eq=False)
class TimeField(Field):
    type = "time"
    operators = SIZES

    def column_type(self) -> Any:
        return UtcTime()

    def parse(self, value: Any) -> Any:
        return None if value == "" else moment(value)

    def masked(self, stored: Any) -> str:
        return "***"

    def kept(self, stored: Any) -> Any:
        return None if stored is None else stored.isoformat()

    def from_kept(self, kept: Any) -> Any:
        return None if kept is None else datetime.fromisoformat(kept)
