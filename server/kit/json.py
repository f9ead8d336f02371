"""One JSON encoder for HTTP answers, frames and the log, so that the same thing has the same bytes everywhere."""

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def encode(value: Any) -> bytes:
    """JSON bytes. Times are RFC 3339 UTC (aware datetimes only), structs are objects."""
    return _encoder.encode(value)
