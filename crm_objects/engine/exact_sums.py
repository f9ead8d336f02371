"""Sums of whole 1/10,000, exactly: taken in two halves, because eighteen digits a few times are more than SQLite holds."""

from typing import Any

from sqlalchemy import ColumnElement, literal

_HALF = 10**9


def halves(value: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Of one row; each is summed by itself."""
    return value // literal(_HALF), value % literal(_HALF)


def whole(high: Any, low: Any) -> int:
    """What the two sums come to; databases give sums of whole numbers as decimals."""
    return int(high) * _HALF + int(low)
