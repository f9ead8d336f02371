"""CSV and its cousins: UTF-8, UTF-16 with a mark, GB18030; comma, semicolon or tab. Called by `sheet`."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from server.people.import_codes import SheetRefused
from server.people.spreadsheet.table import HEADER_SEARCH, MAX_ROWS, Line, Table

if TYPE_CHECKING:
    import _csv

_DELIMITERS = (",", "\t", ";")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.01
_MARKED = ("utf-16", "utf-8-sig")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
_HIGH = re.compile(rb"[\x80-\xff]")
# As many as a spreadsheet has. Five million blank lines would take seconds to pass over.
_MOST_LINES = 1_048_576
_LINES_FOR_GUESSING = 10_000
# Excel's own hint in front of the table; it shows no row for it.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


def read_delimited(text: str, is_heading: Callable[[str], bool]) -> Table:
    """The table in `text`. The delimiter is the one under which the first rows show the most headings.

    Raises `SheetRefused` with `not_a_table`, `broken_quotes` or `too_many_rows`.
    """
    hint = _SEPARATOR_LINE.match(text)
    if hint:
        text, delimiter = text[hint.end() :], hint[1]
    else:
        delimiter = _delimiter(text, is_heading)
    table = Table(is_strict=True)
    for number, row in enumerate(_records(text, delimiter), start=1):
        if number > _MOST_LINES:
            raise SheetRefused("too_many_rows", limit=MAX_ROWS)
        cells = {column: cell for column, cell in enumerate(row) if cell and not cell.isspace()}
        if cells:
            table.add(Line(number, cells, len(row)))
    return table


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else GB18030.

    Raises `SheetRefused` with `unknown_encoding` or `binary_file`.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable(data, is_marked=encoding in _MARKED) from None
    if len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS:
        raise _unreadable(data, is_marked=encoding in _MARKED)
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise SheetRefused("unknown_encoding")  # UTF-32
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Nearly all of it UTF-8: a damaged file. Read as GB18030 it would import nonsense names without an error.
        high = len(_HIGH.findall(data))
        whole = sum(len(sequence) for sequence in _UTF8_SEQUENCE.findall(data))
        return "utf-8" if whole > high * 0.8 else "gb18030"
    return "utf-8"


def _unreadable(data: bytes, *, is_marked: bool) -> SheetRefused:
    """Text in some other encoding, or no text at all?"""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    looks_like_utf16 = max(even, odd) > 5 * min(even, odd) + 2
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    is_text = is_marked or looks_like_utf16 or controls <= len(head) * _MOST_CONTROLS
    return SheetRefused("unknown_encoding" if is_text else "binary_file")


def _delimiter(text: str, is_heading: Callable[[str], bool]) -> str:
    best, best_score = "", (0, 0)
    for delimiter in _DELIMITERS:
        headings, widest = 0, 1
        for row in islice(_leniently(text, delimiter), HEADER_SEARCH):
            headings = max(headings, sum(map(is_heading, row[:500])))
            widest = max(widest, len(row))
        score = (headings, widest)
        if score > best_score and (headings or widest > 1):
            best, best_score = delimiter, score
    if not best:
        raise SheetRefused("not_a_table")
    return best


def _leniently(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows for guessing only: what does not parse ends them, and `_records` says so later."""
    try:
        yield from (row for row in islice(_reader(text, delimiter), _LINES_FOR_GUESSING) if row)
    except csv.Error:
        return


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = _reader(text, delimiter)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # also a cell of more than 131,072 characters: its closing mark is missing
            raise SheetRefused("broken_quotes", line=begins) from None
        yield row


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
