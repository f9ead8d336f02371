"""How a column's values are written in a backup: the same bytes whichever database they come from, and exactly the same values back.

Kinds: `int`, `text`, `bool`, `time` (UTC, six decimals, `2026-06-01T02:00:00.123456Z`), `day`
(`2026-06-01`), `bytes` (base64). Rows are JSON arrays.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String

from server.backup.refusal import Refusal
from server.db.base import UtcTime

Convert = Callable[[Any], Any]


def kind_of(column: "Column[Any]") -> str:
    """Raises `TypeError` for a type that this file cannot hold: teach it here before a table uses it."""
    kinds: list[tuple[type, str]] = [
        (UtcTime, "time"),
        (Date, "day"),
        (Boolean, "bool"),
        (Integer, "int"),
        (String, "text"),
        (LargeBinary, "bytes"),
    ]
    for kind, name in kinds:
        if isinstance(column.type, kind):
            return name
    raise TypeError(
        f"{column.table.name}.{column.name}: a backup does not know how to hold {column.type!r} (server/backup/values.py)"
    )


def writers(dialect: str) -> dict[str, Convert]:
    """Driver value (never None) → JSON value, for the kinds where they differ."""
    common: dict[str, Convert] = {"bytes": lambda value: base64.b64encode(value).decode()}
    if dialect == "sqlite":
        return {**common, "bool": bool, "time": lambda value: f"{value[:10]}T{value[11:]}Z"}
    return {**common, "time": _portable, "day": date.isoformat}


def _portable(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def readers(dialect: str) -> dict[str, Convert]:
    """JSON value (never None) → driver value, each checked to be of its kind. They raise `Refusal`."""
    return {
        "int": _exactly(int),
        "text": _exactly(str),
        "bool": _exactly(bool),
        "time": _checked_sqlite_time if dialect == "sqlite" else _time,
        "day": _checked_sqlite_day if dialect == "sqlite" else _day,
        "bytes": _bytes,
    }


def _exactly(kind: type) -> Convert:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise Refusal(f"{value!r:.40} is no {kind.__name__}")
        return value

    return check


def _sqlite_time(value: Any) -> str:
    """As the column type writes it."""
    if type(value) is not str or len(value) != 27 or value[10] != "T" or value[26] != "Z":
        raise Refusal(f"{value!r:.40} is no time")
    return f"{value[:10]} {value[11:26]}"


def _time(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(_sqlite_time(value)).replace(tzinfo=UTC)
    except ValueError as error:
        raise Refusal(f"{value!r:.40} is no time") from error


def _checked_sqlite_time(value: Any) -> str:
    _time(value)
    return _sqlite_time(value)


def _day(value: Any) -> date:
    try:
        found = date.fromisoformat(_exactly(str)(value))
    except ValueError as error:
        raise Refusal(f"{value!r:.40} is no day") from error
    if found.isoformat() != value:
        raise Refusal(f"{value!r:.40} is no day")
    return found


def _checked_sqlite_day(value: Any) -> str:
    return _day(value).isoformat()


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise Refusal(f"{value!r:.40} are no bytes") from error
