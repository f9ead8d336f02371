"""A staff list as uploaded, CSV or XLSX, into rows of known columns. Pure; called by the import before `staff_plan`."""

from dataclasses import dataclass, field
from typing import Final

from server.people.headings import IDENTIFIERS, Column, recognise
from server.people.import_codes import ROW, RowError, SheetRefused, row_error
from server.people.spreadsheet.delimited import decode, read_delimited
from server.people.spreadsheet.merges import cells_name, resolve_merges
from server.people.spreadsheet.table import HEADER_SEARCH, MAX_ROWS, Line, Table
from server.people.spreadsheet.workbook import read_workbook

__all__ = ["MAX_BYTES", "MAX_ROWS", "Column", "Sheet", "SheetRefused", "SheetRow", "read_sheet"]

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_COLUMNS: Final = 500
_SHOWN_HEADINGS = 30
_SHOWN_LENGTH = 40

# How files begin that are certainly no staff list.
_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7Z",
    b"Rar!": "RAR",
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# A vertical merge over these repeats its value in every row; merged names and numbers are a mistake.
_REPEATABLE = {Column.DEPARTMENT, Column.TITLE, Column.MANAGER, Column.KIND}
# A date here is a number that a spreadsheet program took for one: 3-1 became 1 March.
_NEVER_DATES = {Column.NAME, *IDENTIFIERS}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the list. `line` is the row number a spreadsheet program shows; blank cells are left out.

    `errors` tell which cells could not be read; the plan refuses such a row.
    """

    line: int
    cells: dict[Column, str]
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headings` holds the heading of each recognised column as written, `ignored_columns` the others."""

    rows: list[SheetRow]
    headings: dict[Column, str]
    header_line: int = 1
    ignored_columns: list[str] = field(default_factory=list)


def read_sheet(data: bytes, file_name: str) -> Sheet:
    """The rows of a staff list. What the file *is* decides how it is read; the name only words a refusal.

    Raises `SheetRefused` with one of `FILE_SENTENCES`, for any bytes whatever, and nothing else.
    """
    if len(data) > MAX_BYTES:
        raise SheetRefused("file_too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetRefused("empty_file")
    table = _read_table(data, file_name)
    header = _header(table)
    columns = _columns(table, header)
    resolve_merges(
        table,
        below=header.number,
        repeat={at for at, column in columns.items() if column in _REPEATABLE},
        refuse={at for at, column in columns.items() if column not in _REPEATABLE},
    )
    below = (line for line in table.lines if line.number > header.number)
    rows = [row for line in below if (row := _row(line, header, columns, table)) is not None]
    if not rows:
        raise SheetRefused("no_rows", line=header.number)
    if len(rows) > MAX_ROWS:
        raise SheetRefused("too_many_rows", limit=MAX_ROWS)
    return Sheet(
        rows,
        headings={column: _shown(header.cells[at]) for at, column in columns.items()},
        header_line=header.number,
        ignored_columns=[_shown(text) for at, text in sorted(header.cells.items()) if at not in columns],
    )


def _read_table(data: bytes, file_name: str) -> Table:
    if data.startswith(_ZIP):
        return read_workbook(data)
    if data.startswith(_OLE):
        raise _compound_file(data)
    kind = next((kind for start, kind in _OTHER_KINDS.items() if data.startswith(start)), None)
    if kind is not None:
        raise SheetRefused("wrong_kind", kind=kind)
    try:
        text = decode(data)
    except SheetRefused:
        if file_name.lower().endswith(".xlsx"):
            raise SheetRefused("damaged_workbook", part="zip") from None
        raise
    text = text.removeprefix("\ufeff")
    kind = _markup(text)
    if kind is not None:
        raise SheetRefused("wrong_kind", kind=kind)
    return read_delimited(text, lambda cell: recognise(cell) is not None)


def _compound_file(data: bytes) -> SheetRefused:
    """The container of old Excel and Word files, and of workbooks with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return SheetRefused("encrypted")
    if "WordDocument".encode("utf-16-le") in data:
        return SheetRefused("wrong_kind", kind="DOC")
    return SheetRefused("old_excel")


def _markup(text: str) -> str | None:
    """Web pages are often handed out as .xls; data interchange as .csv."""
    start = text[:2000].lstrip().lower()
    if start.startswith("<"):
        is_page = start.startswith("<table") or "<html" in start or "<!doctype html" in start
        return "HTML" if is_page else "XML"
    return "JSON" if start.startswith(("{", "[{")) else None


def _header(table: Table) -> Line:
    """The first row with two known headings, else the first with one: titles and notes may stand above it."""
    single = None
    for line in table.lines[:HEADER_SEARCH]:
        if len(line.cells) > MAX_COLUMNS:
            raise SheetRefused("too_many_columns", limit=MAX_COLUMNS)
        known = sum(recognise(cell) is not None for cell in line.cells.values())
        if known > 1:
            return line
        if known and single is None:
            single = line
    if single is None:
        raise SheetRefused("no_header", limit=HEADER_SEARCH)
    return single


def _columns(table: Table, header: Line) -> dict[int, Column]:
    """Which column stands where. Refuses headings that leave it open."""
    merges = [merge for merge in table.merges if merge.top <= header.number <= merge.bottom]
    if merges:
        cells = ", ".join(cells_name(merge) for merge in merges[:3])
        raise SheetRefused("merged_header", line=header.number, cells=cells)
    columns: dict[int, Column] = {}
    places: dict[Column, int] = {}
    for at, text in sorted(header.cells.items()):
        column = recognise(text)
        if column is None:
            continue
        if column in places:
            first = _shown(header.cells[places[column]])
            raise SheetRefused("duplicate_heading", first=first, second=_shown(text))
        columns[at], places[column] = column, at
    found = ", ".join(_shown(text) for _, text in sorted(header.cells.items())[:_SHOWN_HEADINGS])
    if Column.NAME not in places:
        raise SheetRefused("no_name_column", found=found)
    if not any(column in places for column in IDENTIFIERS):
        raise SheetRefused("no_identifier_column", found=found)
    return columns


def _row(line: Line, header: Line, columns: dict[int, Column], table: Table) -> SheetRow | None:
    """None for a row that says nothing in any known column."""
    cells: dict[Column, str] = {}
    errors: list[RowError] = []
    for at, column in columns.items():
        flaw = table.flaws.get((line.number, at))
        if flaw is not None and (flaw.code != "cell_is_date" or column in _NEVER_DATES):
            errors.append(row_error(column, flaw.code, **flaw.params))
        elif at in line.cells:
            cells[column] = line.cells[at]
    if table.is_strict and max(line.cells) >= header.width:
        errors.append(row_error(ROW, "extra_cells", found=line.width, expected=header.width))
    return SheetRow(line.number, cells, tuple(errors)) if cells or errors else None


def _shown(heading: str) -> str:
    """A heading of the file for a sentence: one line, short."""
    text = " ".join(heading.split())
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
