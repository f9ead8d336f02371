"""By what a list is sorted, and where its next page begins: keyset, empty values last either way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    literal,
    null,
    or_,
    select,
)

from crm_objects.engine.custom_values import column_of
from crm_objects.engine.fields import Field
from crm_objects.engine.filters import Asked, Filter, of_values
from crm_objects.engine.header import COLUMN_OF
from crm_objects.engine.models import CustomValue
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, micros_of, moment_of
from server.kit.problems import invalid

_VALUES = table(CustomValue)
SORTED = "r_sorted"
_NEVER_EMPTY = frozenset({"id", "spelled", "updated_at", "created_at"})
_BOUND = 2**63


@dataclass(frozen=True)
class Order:
    """`value` is what rows are sorted by, under `SORTED` in each; ties go by id. `kind` is how a cursor holds it: int, text, day, time.

    The filled ones and the empty ones are two questions: so each is answered in the order of an index, on both databases. `filled`
    says which are filled (None: all), `source` is where the value lies, if not in the record's own row. `wanted` are what filters say of
    the value: then no empty one fits, and the walk begins and ends where they say.
    """

    value: ColumnElement[Any]
    id: ColumnElement[Any]
    is_down: bool
    kind: str
    filled: ColumnElement[bool] | None = None
    source: tuple[FromClause, ColumnElement[bool]] | None = None
    wanted: tuple[ColumnElement[bool], ...] = ()

    def rows(self, conn: Connection, query: Select[Any], count: int, cursor: str) -> list[Any]:
        """The first `count` behind the cursor. Raises `Invalid` on `cursor`."""
        after = decode_cursor(cursor, int, str, int)
        found: list[Any] = []
        if after is None or not after[0]:
            found += conn.execute(self._filled(query, after).limit(count))
        if len(found) < count and self.filled is not None and not self.wanted:
            # The same values as in the other question, so that both look alike.
            nothing = query.add_columns(null().label(SORTED)).where(self._is_empty())
            if after is not None and after[0]:
                nothing = nothing.where(self._beyond(self.id, after[2]))
            found += conn.execute(nothing.order_by(self._along(self.id)).limit(count - len(found)))
        return found

    def _filled(self, query: Select[Any], after: tuple[int | str, ...] | None) -> Select[Any]:
        asked = query.add_columns(self.value.label(SORTED))
        if self.source is not None:
            asked = asked.join(*self.source)
        if self.filled is not None:
            asked = asked.where(self.filled, *self.wanted)
        if after is not None:
            at = self._read(str(after[1]))
            past = self.value < at if self.is_down else self.value > at
            upto = self.value <= at if self.is_down else self.value >= at
            asked = asked.where(upto, or_(past, self._beyond(self._tie, after[2])))
        return asked.order_by(self._along(self.value), self._along(self._tie))

    def _is_empty(self) -> ColumnElement[bool]:
        """What is not `filled`, also where the database answers neither yes nor no."""
        filled: ColumnElement[bool] | None = self.filled
        assert filled is not None  # who asks for the empty ones knows which are not
        if self.source is not None:
            there, on = self.source
            filled = select(literal(1)).select_from(there).where(on, filled).exists()
        decided: ColumnElement[bool] = case((filled, 1), else_=0) == 0
        return decided

    def _along(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return column.desc() if self.is_down else column.asc()

    def _beyond(self, column: ColumnElement[Any], last: Any) -> ColumnElement[bool]:
        following: ColumnElement[bool] = column < last if self.is_down else column > last
        return following

    @property
    def _tie(self) -> ColumnElement[Any]:
        """The id, where the value lies: as the index has them."""
        return self.id if self.source is None else self.source[0].c.record_id

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


def order(asked: Asked, sort: str, narrowed_by: list[Filter]) -> Order:
    """`name`, or `-name` for downwards, of a list with these filters. Raises `Invalid` on `sort`."""
    desk, name = asked.desk, sort.removeprefix("-")
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
    source: tuple[FromClause, ColumnElement[bool]] | None = None
    wanted: tuple[ColumnElement[bool], ...] = ()
    if field.custom_id is not None:
        values = _VALUES.alias("sorted")
        value: ColumnElement[Any] = values.c[column_of(field)]
        source = (values, and_(values.c.record_id == t.c.id, values.c.field_id == field.custom_id))
        wanted = tuple(of_values(asked, field, narrowed_by, value))
    else:
        value = t.c["spelled" if name == desk.kind.title else COLUMN_OF.get(name, name)]
    # Where it is not clear, it counts as empty: the order tells nothing of it.
    filled: ColumnElement[bool] | None = None if value.name in _NEVER_EMPTY else value.is_not(None)
    if field.cls != "basic":
        filled = and_(value.is_not(None), desk.rights.clear(field))
    return Order(value, t.c.id, sort.startswith("-"), _kind(field, name), filled, source, wanted)


def _kind(field: Field, name: str) -> str:
    if name == "number" or field.type in ("number", "percent", "money", "flag"):
        return "int"
    if field.type == "time":
        return "time" if field.custom_id is None else "int"  # custom_values.py
    return "day" if field.type == "date" else "text"
