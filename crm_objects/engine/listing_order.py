"""By what a list is sorted, and where its next page begins: keyset, empty values last either way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select

from crm_objects.engine.custom_values import column_of
from crm_objects.engine.header import COLUMN_OF
from crm_objects.engine.models import CustomValue
from crm_objects.engine.reading import Desk
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, micros_of, moment_of
from server.kit.problems import invalid

_VALUES = table(CustomValue)
_NEVER_EMPTY = frozenset({"id", "spelled", "updated_at", "created_at"})
_BOUND = 2**63


@dataclass(frozen=True)
class Order:
    """`value` is what rows are sorted by, under `SORTED` in each; ties go by id. `kind` is how a cursor holds it: int, text, day, time."""

    value: ColumnElement[Any]
    id: ColumnElement[Any]
    is_down: bool
    has_empty: bool
    kind: str

    def by(self) -> list[ColumnElement[Any]]:
        value = self.value.desc() if self.is_down else self.value.asc()
        return [
            value.nulls_last() if self.has_empty else value,
            self.id.desc() if self.is_down else self.id.asc(),
        ]

    def after(self, cursor: str) -> ColumnElement[bool] | None:
        """What comes behind the last row of the page before. Raises `Invalid` on `cursor`."""
        values = decode_cursor(cursor, int, str, int)
        if values is None:
            return None
        is_empty, text, last = values
        following = self.id < last if self.is_down else self.id > last
        if is_empty:
            return and_(self.value.is_(None), following)
        at = self._read(str(text))
        beyond = self.value < at if self.is_down else self.value > at
        upto = self.value <= at if self.is_down else self.value >= at
        behind = and_(upto, or_(beyond, following))
        return or_(behind, self.value.is_(None)) if self.has_empty else behind

    def cursor(self, value: Any, record_id: int) -> str:
        if value is None:
            return encode_cursor(1, "", record_id)
        return encode_cursor(0, self._written(value), record_id)

    def _written(self, value: Any) -> str:
        if self.kind == "time":
            return str(micros_of(value))
        return value.isoformat() if self.kind == "day" else str(value)

    def _read(self, text: str) -> Any:
        try:
            match self.kind:
                case "int":
                    number = int(text[:20])
                    if abs(number) >= _BOUND:
                        raise ValueError(text)
                    return number
                case "day":
                    return date.fromisoformat(text[:10])
                case "time":
                    return moment_of(int(text[:20]))
        except ValueError as error:
            raise invalid("cursor", "cursor", "This cursor is not one of ours.") from error
        return text


def order(desk: Desk, sort: str) -> Order:
    """`name`, or `-name` for downwards. Raises `Invalid` on `sort`."""
    name = sort.removeprefix("-")
    field = desk.shape.find(name)
    if field is None:
        raise invalid("sort", "unknown", "There is no such field.", name=name[:60])
    if not field.can_sort:
        raise invalid("sort", "choice", "Lists are not sorted by this field.", name=name[:60])
    if field.cls == "identity":
        raise invalid(
            "sort", "not_clear", "Nothing is sorted by what is never seen in clear.", name=name[:60]
        )
    t = desk.kind.table
    value: Any
    if field.custom_id is not None:
        value = (
            select(_VALUES.c[column_of(field)])
            .where(_VALUES.c.field_id == field.custom_id, _VALUES.c.record_id == t.c.id)
            .scalar_subquery()
        )
        has_empty = True
    else:
        column = "spelled" if name == desk.kind.title else COLUMN_OF.get(name, name)
        value, has_empty = t.c[column], column not in _NEVER_EMPTY
    if field.cls != "basic":
        # Where it is not clear, it counts as empty: the order tells nothing of it.
        value, has_empty = case((desk.rights.clear(field), value)), True
    return Order(value, t.c.id, sort.startswith("-"), has_empty, _kind(field.type, name))


def _kind(type: str, name: str) -> str:
    if name == "number" or type in ("number", "percent", "money", "flag"):
        return "int"
    return {"date": "day", "time": "time"}.get(type, "text")
