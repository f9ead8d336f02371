"""From text to typed values, refusing clearly: unparsable (400), wrong field named (422), unknown fields and parameters too."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from server.api.route import Nothing
from server.kit.problems import FieldError, Invalid, NotFound, Unparsable, UnsupportedMediaType

MAX_ID = 2**53
OCTETS = "application/octet-stream"
EntityId = Annotated[int, Meta(ge=1, le=MAX_ID)]
Counted = Annotated[int, Meta(ge=0, le=MAX_ID)]
# No NUL (PostgreSQL cannot store it) and no other control characters.
# `$` alone would let one line break at the end slip through.
Line = Annotated[str, Meta(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
Prose = Annotated[str, Meta(max_length=100_000, pattern=r"^[^\x00]*$")]

_LONGEST_NAME, _LONGEST_DETAIL = 60, 200
# The beginnings of msgspec's sentences. What a client sent stands only behind them, so it cannot pose as one.
_CODES = (
    ("Object missing required field", "required"),
    ("Object contains unknown field", "unknown"),
    ("Invalid enum value", "choice"),
    ("Invalid value", "choice"),
    ("Invalid RFC3339", "time"),
    ("Number out of range", "range"),
    ("Integer value out of range", "range"),
)


def path_values(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Path numbers that no row can have are simply not found. An `offset` counts from nothing."""
    for name, value in raw.items():
        least = 0 if name == "offset" else 1
        if isinstance(value, int) and not least <= value <= MAX_ID:
            raise NotFound()
    return raw


def body_values(raw: bytes, kind: type, media_type: str) -> Any:
    """The typed body. An empty body stands for an empty object; any other must call itself JSON."""
    if kind is Nothing and not raw.strip():
        return Nothing()
    if raw and media_type.partition(";")[0].strip().lower() != "application/json":
        # Also a wall: a foreign page cannot declare this type without asking first.
        raise wrong_media_type("application/json")
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise field_refusal(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unparsable("The body is not JSON that can be read.") from error


def must_be_octets(media_type: str) -> None:
    """The body is bytes as they are, and calls itself so (a wall too, as with JSON)."""
    if media_type.partition(";")[0].strip().lower() != OCTETS:
        raise wrong_media_type(OCTETS)


def wrong_media_type(expected: str) -> UnsupportedMediaType:
    detail = f"Content-Type must be {expected}."
    return UnsupportedMediaType(detail, errors=(FieldError("Content-Type", "choice", detail),))


def query_values(raw: Mapping[str, str], kind: type) -> Any:
    """The typed query; unknown names are refused."""
    try:
        return msgspec.convert(dict(raw), kind, strict=False)
    except msgspec.ValidationError as error:
        raise field_refusal(error) from error


def field_refusal(error: msgspec.ValidationError, *, within: str = "") -> Invalid:
    """msgspec's message as a problem that names the field, inside of `within`. The message may hold a megabyte of what was sent."""
    what, at, path = str(error).rpartition(" - at `$")
    if not at or not path.endswith("`"):
        what, path = str(error), ""
    code = next((code for beginning, code in _CODES if what.startswith(beginning)), "") or _bound(what)
    name = what[what.find("`") + 1 : what.rfind("`")] if code in ("required", "unknown") else ""
    parts = [part[:_LONGEST_NAME] for part in (within, path[:-1].lstrip("."), name) if part]
    detail = what if len(what) <= _LONGEST_DETAIL else what[:_LONGEST_DETAIL] + "…"
    return Invalid(detail, errors=(FieldError(".".join(parts) or "body", code, detail),))


def _bound(what: str) -> str:
    """The code of «Expected …»: a limit that was passed, or another type."""
    if " of length " in what:
        return "too_long" if " <= " in what else "too_short"
    if " matching regex " in what:
        return "characters"
    return "range" if ">=" in what or "<=" in what else "type"
