"""A table as it was read from any file, before anybody knows what its columns mean."""

from dataclasses import dataclass, field
from typing import NamedTuple

from server.people.import_codes import Param, SheetRefused

MAX_ROWS = 20_000
# How many rows with something in them are searched for the headings: titles and notes may stand above.
HEADER_SEARCH = 10


class Line(NamedTuple):
    """One row with something in it. `number` counts from 1 as spreadsheet programs do, empty rows included.

    `cells` holds the text of every cell that is not blank, by column from 0; `width` is how many cells were written.
    """

    number: int
    cells: dict[int, str]
    width: int


class Merge(NamedTuple):
    """A merged range, inclusive: rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Flaw(NamedTuple):
    """Why a cell has no usable text: a row code and its params."""

    code: str
    params: dict[str, Param]


@dataclass(slots=True)
class Table:
    """Rows in order, what is wrong with single cells, and which ranges are merged.

    `is_strict`: a cell too many means that a separator was misread, so the rest of the row cannot be trusted.
    """

    lines: list[Line] = field(default_factory=list)
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    is_strict: bool = False

    def add(self, line: Line) -> None:
        """Appends a row with something in it; raises `SheetRefused` when the table grows past its limit."""
        if len(self.lines) >= MAX_ROWS + HEADER_SEARCH:
            raise SheetRefused("too_many_rows", limit=MAX_ROWS)
        self.lines.append(line)
