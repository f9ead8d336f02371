"""One sheet of a workbook, cell by cell: texts, numbers, formulas' stored values, merged ranges. Called by `workbook`."""

import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from server.people.import_codes import SheetRefused
from server.people.spreadsheet.numbers import Format, number_text, style_of
from server.people.spreadsheet.table import Flaw, Line, Merge, Table
from server.people.spreadsheet.xml import scan

MAX_CELLS = 600_000
MAX_MERGES = 20_000
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Book(NamedTuple):
    """What all sheets of a workbook share."""

    strings: list[str]
    formats: list[Format]
    from_1904: bool


class _Enough(Exception):
    """As many rows as were wanted."""


def read_worksheet(xml: bytes, part: str, book: Book, most: int | None = None) -> Table:
    """The rows with something in them, as text, at most `most`. Raises `SheetRefused` when the sheet is damaged or too large."""
    reader = _SheetReader(part, book, most)
    with suppress(_Enough):
        scan(xml, part, reader.opened, reader.closed)
    return reader.table


def read_strings(xml: bytes, part: str) -> list[str]:
    """The texts that cells refer to by number; formatted runs joined, readings (phonetic guides) left out."""
    strings: list[str] = []
    runs: list[str] = []
    reading = 0

    def opened(name: str, _attributes: dict[str, str]) -> None:
        nonlocal reading
        if name == "si":
            runs.clear()
        elif name == "rPh":
            reading += 1

    def closed(name: str, text: list[str]) -> None:
        nonlocal reading
        if name == "t" and not reading:
            runs.extend(text)
        elif name == "rPh":
            reading -= 1
        elif name == "si":
            strings.append(_unescaped("".join(runs)))

    scan(xml, part, opened, closed)
    return strings


def parse_reference(reference: str) -> tuple[int, int] | None:
    """`B7` → (7, 1): row from 1, column from 0; None when it is no cell of a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), _column(match[1])
    return (row, column) if row <= _LAST_ROW and column < _LAST_COLUMN else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


class _SheetReader:
    """Hears the elements of one sheet. Rows and cells without a reference follow the one before."""

    def __init__(self, part: str, book: Book, most: int | None) -> None:
        self.table = Table()
        self._most = most
        self._part = part
        self._book = book
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._count = 0
        self._type = ""
        self._style: str | None = None
        self._value: str | None = None
        self._runs: list[str] = []
        self._reading = 0
        self._has_formula = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._reading += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def closed(self, name: str, text: list[str]) -> None:
        if name == "v":
            self._value = "".join(text)
        elif name == "t":
            if not self._reading:
                self._runs.extend(text)
        elif name == "rPh":
            self._reading -= 1
        elif name == "c":
            self._close_cell()
        elif name == "row" and self._cells:
            self.table.add(Line(self._row, self._cells, max(self._cells) + 1))
            if self._most is not None and len(self.table.lines) >= self._most:
                raise _Enough

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        row = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
        if not number:
            row = self._row + 1
        if not self._row < row <= _LAST_ROW:
            raise self._damaged()
        self._row, self._column, self._cells = row, -1, {}

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        position = parse_reference(reference) if reference else (self._row, self._column + 1)
        if position is None or position[0] != self._row or position[1] <= self._column or not self._row:
            raise self._damaged()
        self._column = position[1]
        self._type, self._style = attributes.get("t", "n"), attributes.get("s")
        self._value, self._has_formula = None, False
        self._runs.clear()

    def _close_cell(self) -> None:
        text = self._text()
        if not text or text.isspace():
            return
        self._count += 1
        if self._count > MAX_CELLS:
            raise SheetRefused("sheet_too_full")
        self._cells[self._column] = text

    def _text(self) -> str:
        """The cell as text; where it has none worth reading, a flaw is noted and the text only marks the cell."""
        value = self._value
        if value is None or (value == "" and self._type != "str"):
            if self._has_formula:
                return self._flawed("formula_without_value", "=")
            return _unescaped("".join(self._runs))
        match self._type:
            case "s":
                return self._shared(value)
            case "str" | "d":
                return _unescaped(value)
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "e":
                return self._flawed("cell_error", value.strip()[:20])
            case _:
                style = style_of(self._book.formats, self._style)
                text = number_text(value.strip(), style, from_1904=self._book.from_1904)
                if style.is_date and not text.isdigit():
                    self._flawed("cell_is_date", text)
                return text

    def _shared(self, value: str) -> str:
        index, strings = value.strip(), self._book.strings
        if not (index.isascii() and index.isdigit() and len(index) < 8) or int(index) >= len(strings):
            raise self._damaged()
        return strings[int(index)]

    def _flawed(self, code: str, text: str) -> str:
        params = {} if code == "formula_without_value" else {"value": text[:40]}
        self.table.flaws[self._row, self._column] = Flaw(code, dict(params))
        return text

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top_left, bottom_right = parse_reference(first), parse_reference(last or first)
        if top_left is None or bottom_right is None or len(self.table.merges) >= MAX_MERGES:
            raise self._damaged()
        self.table.merges.append(Merge(*top_left, *bottom_right))

    def _damaged(self) -> SheetRefused:
        return SheetRefused("damaged_workbook", part=self._part)


def _unescaped(text: str) -> str:
    """`_x000D_` stands for the character of that number in a workbook's texts."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
