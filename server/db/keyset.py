"""Opaque cursors for keyset paging: the last row's sort values, encoded. Bad cursors are refused, never a 5xx."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

import msgspec

from server.kit.problems import invalid

MAX_LIMIT = 100
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def encode_cursor(*values: int | str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> tuple[int | str, ...] | None:
    """The values of a cursor, or None for the first page. Raises `Invalid` on field `cursor`."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = msgspec.json.decode(raw, type=list[int | str])
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise invalid("cursor", "cursor", "This cursor is not one of ours.") from error
    if len(values) != len(kinds) or any(type(v) is not k for v, k in zip(values, kinds, strict=True)):
        raise invalid("cursor", "cursor", "This cursor is not one of ours.")
    if not all("\0" not in v if isinstance(v, str) else 0 <= v < 2**63 for v in values):
        raise invalid("cursor", "cursor", "This cursor is not one of ours.")
    return tuple(values)


def micros_of(moment: datetime) -> int:
    """A time as cursors hold it."""
    return (moment - _BEGINNING) // timedelta(microseconds=1)


def moment_of(micros: int | str) -> datetime:
    """Back from a cursor. Raises `Invalid` for a time that no calendar has."""
    try:
        return _BEGINNING + timedelta(microseconds=int(micros))
    except OverflowError as error:
        raise invalid("cursor", "cursor", "This cursor is not one of ours.") from error


def page_size(limit: int | None, default: int = 50) -> int:
    """The asked number of items, 1 to 100. Raises `Invalid` on field `limit`."""
    if limit is None:
        return default
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("limit", "range", f"Between 1 and {MAX_LIMIT}.", minimum=1, maximum=MAX_LIMIT)
    return limit
