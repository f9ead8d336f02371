"""How much a client may send at once, and what no address holds: refused before anybody looks at the rest."""

import re
from collections.abc import Mapping

from starlette.types import Scope

from server.kit.problems import AddressTooLong, HeadTooLarge, NotFound, Problem, TooLarge

MAX_PATH = 2_000
MAX_QUERY = 8_000
MAX_HEAD = 32 << 10
MAX_BODY = 1 << 20
# A file of 8 MiB and the form around it.
MAX_UPLOAD = (8 << 20) + (64 << 10)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def announced(headers: Mapping[str, str]) -> int:
    """The Content-Length, or 0 where there is none that can be read."""
    text = headers.get("content-length", "")
    return int(text[:18]) if text.isascii() and text.isdigit() else 0


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"At most {limit} bytes.", limit=limit)


def head_refusal(scope: Scope) -> Problem | None:
    """What is wrong with a request's head, if anything."""
    if len(scope["raw_path"]) > MAX_PATH:
        return AddressTooLong(limit=MAX_PATH)
    if len(scope["query_string"]) > MAX_QUERY:
        return AddressTooLong(limit=MAX_QUERY)
    if _CONTROLS.search(scope["path"]):
        return NotFound()
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEAD:
        return HeadTooLarge(f"At most {MAX_HEAD} bytes of headers.", limit=MAX_HEAD)
    return None
