"""Opaque cursors for keyset paging: the last row's sort values, encoded. Bad cursors are refused, never a 5xx."""

import base64
import binascii

import msgspec

from server.kit.problems import invalid

MAX_LIMIT = 100


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
    if any(isinstance(v, int) and not 0 <= v < 2**63 for v in values):
        raise invalid("cursor", "cursor", "This cursor is not one of ours.")
    return tuple(values)


def page_size(limit: int | None, default: int = 50) -> int:
    """The asked number of items, 1 to 100. Raises `Invalid` on field `limit`."""
    if limit is None:
        return default
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("limit", "range", f"Between 1 and {MAX_LIMIT}.", minimum=1, maximum=MAX_LIMIT)
    return limit
