"""A post's table as a spreadsheet: its rows, who filled them in, and when."""

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from feed.sheet import Language, local, written
from feed.table.cells import people_in
from feed.table.present import PostTableView, TableColumn, TableRowView
from feed.table.rows import all_of, carried_by
from server.people.present import person_puts_for
from server.permissions.actor import Actor

_HEADS: Final[dict[Language, tuple[str, str]]] = {
    "zh-Hans": ("填写人", "填写时间"),
    "en": ("Filled in by", "Filled in"),
}
_YES_NO: Final[dict[Language, dict[str, str]]] = {
    "zh-Hans": {"yes": "是", "no": "否"},
    "en": {"yes": "yes", "no": "no"},
}
_PRECISE = 15  # digits that a spreadsheet's number keeps
Cell = str | float | date | datetime


def sheet(
    conn: Connection, actor: Actor, post_id: int, language: Language, zone: ZoneInfo
) -> tuple[str, bytes]:
    """Its name, and XLSX. Raises `NotFound`."""
    carried = carried_by(conn, actor, post_id)
    rows = all_of(conn, post_id)
    named = {one.person_id for one in rows} | people_in(carried.columns, [one.cells for one in rows])
    names = {put.id: put.data.name for put in person_puts_for(conn, actor, sorted(named))}
    heads = [*(_head(one) for one in carried.columns), *_HEADS[language]]
    made = written(heads, [_cells(carried, one, names, language, zone) for one in rows], [18] * len(heads))
    return f"{carried.name}.xlsx", made


def _head(column: TableColumn) -> str:
    return f"{column.title} ({column.unit})" if column.unit else column.title


def _cells(
    carried: PostTableView, row: TableRowView, names: dict[int, Any], language: Language, zone: ZoneInfo
) -> list[Cell]:
    said = [
        _cell(column.type, value, names, language)
        for column, value in zip(carried.columns, row.cells, strict=True)
    ]
    return [*said, names.get(row.person_id, ""), local(row.changed_at or row.created_at, zone)]


def _cell(kind: str, value: str, names: dict[int, Any], language: Language) -> Cell:
    """What a spreadsheet would round stays text."""
    if value == "":
        return ""
    match kind:
        case "number":
            return float(value) if sum(sign.isdigit() for sign in value) <= _PRECISE else value
        case "date":
            return date.fromisoformat(value)
        case "person":
            return str(names.get(int(value), ""))
        case "yes_no":
            return _YES_NO[language][value]
    return value
