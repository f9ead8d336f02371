"""Typed bodies and queries of tables."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line

MOST_COLUMNS, MOST_CHOICES, MOST_ROWS_AT_ONCE, MOST_CELL = 12, 30, 100, 500

ColumnType = Literal["text", "number", "date", "choice", "person", "yes_no"]
Cell = Annotated[str, Meta(max_length=MOST_CELL, pattern=r"^[^\x00]*$")]
Cells = Annotated[list[Cell], Meta(max_length=MOST_COLUMNS)]


class ColumnInput(msgspec.Struct, forbid_unknown_fields=True):
    """`choices` of a choice, `unit` behind a number."""

    title: Line
    type: ColumnType
    required: bool = False
    choices: Annotated[list[Line], Meta(max_length=MOST_CHOICES)] = []
    unit: Line = ""


Columns = Annotated[list[ColumnInput], Meta(min_length=1, max_length=MOST_COLUMNS)]


class NewPreparedTable(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    columns: Columns
    note: Line = ""


class ChangedPreparedTable(msgspec.Struct, forbid_unknown_fields=True):
    """All of it; `version` is the one that was changed."""

    version: EntityId
    name: Line
    columns: Columns
    note: Line = ""


class TableOrder(msgspec.Struct, forbid_unknown_fields=True):
    """These first, in this order; the others behind them as they were."""

    tables: Annotated[list[EntityId], Meta(max_length=1_000)]


class TableInput(msgspec.Struct, forbid_unknown_fields=True):
    """A prepared table beside a post, as it was in this `version`. `by_readers`: who reads the post fills in rows too."""

    table: EntityId
    version: EntityId
    rows: Annotated[list[Cells], Meta(max_length=MOST_ROWS_AT_ONCE)] = []
    by_readers: bool = False


class NewRow(msgspec.Struct, forbid_unknown_fields=True):
    """A text for each column, in their order: a number as `12.5`, a day as `2026-11-22`, a choice as it is called, a person's id,
    `yes` or `no`; empty for nothing."""

    cells: Cells


class ChangedRow(msgspec.Struct, forbid_unknown_fields=True):
    """`version` is the one of the row that was changed."""

    version: EntityId
    cells: Cells


class Filling(msgspec.Struct, forbid_unknown_fields=True):
    """Whether who reads the post fills in rows too."""

    by_readers: bool
