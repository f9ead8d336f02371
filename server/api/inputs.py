"""From text to typed values, refusing clearly: unparsable (400), wrong field named (422), unknown fields and parameters too."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.datastructures import QueryParams

from server.api.route import Nothing
from server.kit.problems import FieldError, Invalid, NotFound, Unparsable

MAX_ID = 2**53
EntityId = Annotated[int, Meta(ge=1, le=MAX_ID)]
Counted = Annotated[int, Meta(ge=0, le=MAX_ID)]
# No NUL (PostgreSQL cannot store it) and no other control characters.
Line = Annotated[str, Meta(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Prose = Annotated[str, Meta(max_length=100_000, pattern=r"^[^\x00]*$")]

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*?)`)?$", re.DOTALL)
_NAMED = re.compile(r"`([^`]+)`")


def path_values(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Path numbers that no row can have are simply not found."""
    for value in raw.values():
        if isinstance(value, int) and not 0 < value <= MAX_ID:
            raise NotFound()
    return raw


def body_values(raw: bytes, kind: type) -> Any:
    """The typed body. An empty body stands for an empty object."""
    if kind is Nothing and not raw.strip():
        return Nothing()
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise field_refusal(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unparsable("The body is not JSON that can be read.") from error


def query_values(raw: QueryParams, kind: type) -> Any:
    """The typed query; unknown names are refused."""
    try:
        return msgspec.convert(dict(raw), kind, strict=False)
    except msgspec.ValidationError as error:
        raise field_refusal(error) from error


def field_refusal(error: msgspec.ValidationError) -> Invalid:
    """msgspec's message as a problem that names the field."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    code, name = "type", ""
    if "missing required field" in what:
        code, name = "required", _NAMED.findall(what)[-1]
    elif "unknown field" in what:
        code, name = "unknown", _NAMED.findall(what)[-1]
    elif "length" in what:
        code = "too_long" if "<=" in what else "too_short"
    elif "matching regex" in what:
        code = "characters"
    elif "Invalid enum" in what or "Invalid value" in what:
        code = "choice"
    elif ">=" in what or "<=" in what:
        code = "range"
    field = ".".join(part for part in (path, name) if part)
    return Invalid(what, errors=(FieldError(field, code, what),))
