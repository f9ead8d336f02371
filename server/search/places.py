"""An entry's place in the index: its time in milliseconds, then the thing's id, in one number that grows with time."""

from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_KIND_BITS, _ID_BITS = 4, 18


def place(at: datetime, number: int, thing_id: int) -> int:
    """Two things of one kind and millisecond differ in the last 18 bits of their ids."""
    return (
        (_millis(at) << (_KIND_BITS + _ID_BITS)) | (number << _ID_BITS) | (thing_id & ((1 << _ID_BITS) - 1))
    )


def first_place(at: datetime) -> int:
    """Nothing before this time lies at or above it."""
    return max(0, _millis(at)) << (_KIND_BITS + _ID_BITS)


def _millis(at: datetime) -> int:
    return (at - _BEGINNING) // timedelta(milliseconds=1)
