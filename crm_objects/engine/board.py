"""A list as columns, one for each stage or choice: how many stand in it and what they come to, exactly. Its cards are pages of the list."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, case, func, select

from crm_objects.engine import exact_sums, numbers
from crm_objects.engine.fields import Field
from crm_objects.engine.filters import Asked
from crm_objects.engine.header import COLUMN_OF
from crm_objects.engine.listing import Wanted, narrowed
from crm_objects.engine.models import CustomValue
from crm_objects.engine.reading import Desk
from crm_objects.engine.shape import Shape
from server.db.base import table
from server.kit.problems import invalid

_VALUES = table(CustomValue)


class BoardColumn(msgspec.Struct, frozen=True):
    """`code` null: what has no such value. `sums`: of what I see in clear; a field of which I see nothing here is absent."""

    code: str | None
    count: int
    sums: dict[str, str]


class Board(msgspec.Struct, frozen=True):
    """All columns, empty ones too, in the order of the declaration."""

    by: str
    columns: list[BoardColumn]


def boards_of(shape: Shape) -> list[str]:
    """By what a board may have its columns: the stage first."""
    own = ["stage"] if shape.kind.stages else []
    return own + [name for name, one in shape.fields.items() if one.type == "choice" and one.cls == "basic"]


def board(asked: Asked, by: str, view: str, wanted: str, q: str) -> Board:
    """One statement. Raises `Invalid` on `by`, `view`, `filter`."""
    desk = asked.desk
    name = by or next(iter(boards_of(desk.shape)), "")
    if name not in boards_of(desk.shape):
        raise invalid("by", "choice", "A board has its columns by a choice that everybody sees.")
    field = desk.shape.find(name)
    assert field is not None
    column = _column(desk, field)
    grouped = (
        select(column.label("code"), *_sums(desk))
        .where(*narrowed(asked, Wanted(view, wanted, q=q)).where)
        .subquery()
    )
    summed = [one for one in grouped.c if one.name != "code"]
    query: Any = select(grouped.c.code, func.count(), *map(func.sum, summed)).group_by(grouped.c.code)
    rows = {row[0]: row for row in desk.conn.execute(query)}
    codes: list[str | None] = [one.code for one in field.choices]
    if None in rows:
        codes.append(None)
    return Board(name, [_shown(desk, code, rows.get(code)) for code in codes])


def _column(desk: Desk, field: Field) -> ColumnElement[Any]:
    t = desk.kind.table
    if field.custom_id is None:
        return t.c[COLUMN_OF.get(field.name, field.name)]
    return (
        select(_VALUES.c.text)
        .where(_VALUES.c.field_id == field.custom_id, _VALUES.c.record_id == t.c.id)
        .scalar_subquery()
    )


def _sums(desk: Desk) -> list[ColumnElement[Any]]:
    """Of each field its value in two halves, where it is clear to the actor."""
    found: list[ColumnElement[Any]] = []
    for at, name in enumerate(desk.kind.summed):
        field, value = desk.shape.fields[name], desk.kind.table.c[name]
        seen: ColumnElement[Any] = value if field.cls == "basic" else case((desk.rights.clear(field), value))
        high, low = exact_sums.halves(seen)
        found += [high.label(f"high{at}"), low.label(f"low{at}")]
    return found


def _shown(desk: Desk, code: str | None, row: Any) -> BoardColumn:
    if row is None:
        return BoardColumn(code, 0, {})
    sums = {}
    for at, name in enumerate(desk.kind.summed):
        high, low = row[2 + 2 * at], row[3 + 2 * at]
        if high is not None:
            decimals = desk.shape.fields[name].limits["decimals"]
            shown = decimals if desk.shape.fields[name].type == "money" else 0
            sums[name] = numbers.written(exact_sums.whole(high, low), shown)
    return BoardColumn(code, int(row[1]), sums)
