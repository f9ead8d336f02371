"""Tables on the wire: the library, what a post carries, its rows and how many they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from feed.table.inputs import ColumnType
from feed.table.models import PostTable
from server.db.hot import Hot, among
from server.events.envelope import Change, Put


class TableColumn(msgspec.Struct, frozen=True):
    """`choices` of a choice, else empty; `unit` behind a number, or empty."""

    title: str
    type: ColumnType
    required: bool
    choices: list[str]
    unit: str


class PreparedTableView(msgspec.Struct, frozen=True):
    """One of the library. `retired_at`: no longer offered."""

    id: int
    name: str
    note: str
    columns: list[TableColumn]
    place: int
    version: int
    retired_at: datetime | None


class PostTableView(msgspec.Struct, frozen=True):
    """What a post carries, the same for every reader: as the prepared table was when it was posted."""

    table_id: int
    name: str
    note: str
    columns: list[TableColumn]
    by_readers: bool


class TableRowView(msgspec.Struct, frozen=True):
    """What `person_id` filled in: a text for each column."""

    id: int
    post_id: int
    person_id: int
    cells: list[str]
    version: int
    created_at: datetime
    changed_at: datetime | None


class TableTally(msgspec.Struct, frozen=True):
    """How many rows the table of a post has."""

    post_id: int
    rows: int


_columns = msgspec.json.Decoder(list[TableColumn])
_carried = msgspec.json.Decoder(PostTableView)
_cells = msgspec.json.Decoder(list[str])
_COUNTS = Hot(select(PostTable.post_id, PostTable.row_count).where(among(PostTable.post_id, "ids")))


def stored(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def from_stored(text: str) -> PostTableView | None:
    """From a row of `post`."""
    return _carried.decode(text) if text else None


def prepared(row: Any) -> PreparedTableView:
    """From a row of `prepared_table`."""
    return PreparedTableView(
        row.id, row.name, row.note, _columns.decode(row.columns), row.place, row.version, row.retired_at
    )


def table_row(row: Any) -> TableRowView:
    """From a row of `table_row`."""
    return TableRowView(
        row.id,
        row.post_id,
        row.person_id,
        _cells.decode(row.cells),
        row.version,
        row.created_at,
        row.changed_at,
    )


def words(view: PostTableView | None) -> list[str]:
    """What a table says by itself, for searching: its name, its note and its columns."""
    return [] if view is None else [view.name, view.note, *(one.title for one in view.columns)]


def about_tables(conn: Connection, post_ids: Sequence[int]) -> list[Change]:
    """How many rows the tables of these posts have. The caller has checked who asks."""
    if not post_ids:
        return []
    rows = _COUNTS.rows(conn, {"ids": list(post_ids)})
    return [tally_put(TableTally(post_id, count)) for post_id, count in rows]


def row_put(view: TableRowView) -> Put:
    return Put("table_row", view.id, view)


def tally_put(view: TableTally) -> Put:
    return Put("tally/table", view.post_id, view)
