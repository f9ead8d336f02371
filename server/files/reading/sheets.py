"""A workbook: the beginning of each visible sheet, cells as a person sees them. Formulas show what was last worked out."""

from server.files.reading.blocks import MOST_COLUMNS, MOST_ROWS, Blocks
from server.files.reading.parts import Parts, named
from server.people.spreadsheet.numbers import read_formats
from server.people.spreadsheet.table import Table
from server.people.spreadsheet.worksheet import Book, read_strings, read_worksheet
from server.people.spreadsheet.xml import scan

_MAIN = "xl/workbook.xml"
MOST_SHEETS = 20


def read(parts: Parts, blocks: Blocks) -> None:
    """Raises `Enough`."""
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def opened(tag: str, about: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet" and about.get("state", "visible") == "visible":
            sheets.append(
                (named(about, "name"), next((v for k, v in about.items() if k.endswith(":id")), ""))
            )
        elif tag == "workbookPr":
            from_1904 = about.get("date1904", "0") in ("1", "true")

    scan(parts.read(_MAIN) or b"<none/>", _MAIN, opened, lambda tag, text: None)
    links = parts.links(_MAIN)
    strings, styles = parts.read("xl/sharedStrings.xml"), parts.read("xl/styles.xml")
    book = Book(
        read_strings(strings, "sharedStrings") if strings else [],
        read_formats(styles, "styles") if styles else [],
        from_1904,
    )
    blocks.cut = len(sheets) > MOST_SHEETS
    for name, link in sheets[:MOST_SHEETS]:
        xml = parts.read(links.get(link, ""))
        if xml is not None and "worksheets/" in links[link]:
            blocks.add("heading", name, level=2)
            blocks.table(_rows(read_worksheet(xml, name[:80], book, most=MOST_ROWS + 1)))


def _rows(table: Table) -> list[list[str]]:
    """Blank rows in between stay, a few; blank columns too, so that headings stand above what they name."""
    rows: list[list[str]] = []
    last = 0
    for line in table.lines:
        rows += [[] for _ in range(min(2, line.number - last - 1) if last else 0)]
        last = line.number
        width = min(MOST_COLUMNS + 1, max(line.cells, default=-1) + 1)
        rows.append([line.cells.get(column, "") for column in range(width)])
    return rows
