"""XLSX: which parts make up the workbook, and its first sheet with something in it. Called by `sheet`."""

import posixpath
from typing import NamedTuple

from server.people.import_codes import SheetRefused
from server.people.spreadsheet.numbers import read_formats
from server.people.spreadsheet.package import Package
from server.people.spreadsheet.table import Table
from server.people.spreadsheet.worksheet import Book, read_strings, read_worksheet
from server.people.spreadsheet.xml import scan

_MAIN = "xl/workbook.xml"
# Other things that are zips too, by a part that only they have.
_OTHERS = {
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
    "xl/workbook.bin": "XLSB",
    "content.xml": "ODS",
    "index/document.iwa": "NUMBERS",
}


class _Link(NamedTuple):
    kind: str  # the last word of the relationship's type: worksheet, sharedStrings, styles, …
    target: str


class _Contents(NamedTuple):
    sheets: list[str]  # relationship ids in the workbook's order, visible ones first
    from_1904: bool


def read_workbook(data: bytes) -> Table:
    """The first sheet with something in it; hidden sheets (lists behind drop-downs) come last.

    Raises `SheetRefused`. Macros, pictures, links to other files and formulas are never touched.
    """
    package = Package(data)
    main = _main_part(package)
    links = _links(package, main)
    contents = _contents(package.read(main) or b"", main)
    book = _book(package, links, from_1904=contents.from_1904)
    for sheet in contents.sheets:
        link = links.get(sheet)
        if link is None or link.kind != "worksheet":
            continue
        xml = package.read(link.target)
        if xml is None:
            raise SheetRefused("damaged_workbook", part=link.target[:80])
        table = read_worksheet(xml, link.target[:80], book)
        if table.lines:
            return table
    raise SheetRefused("empty_file")


def _main_part(package: Package) -> str:
    names = package.names
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise SheetRefused("macros")
    links = _links(package, "").values()
    main = next((link.target for link in links if link.kind == "officeDocument"), _MAIN)
    kind = next((kind for part, kind in _OTHERS.items() if part in names), None)
    if main not in names or kind is not None:
        raise SheetRefused("wrong_kind", kind=kind or "ZIP")
    return main


def _links(package: Package, part: str) -> dict[str, _Link]:
    """Where a part's references lead, by their ids; the package's own for the empty name."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    links: dict[str, _Link] = {}

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/"))
            links[attributes.get("Id", "")] = _Link(
                attributes.get("Type", "").rpartition("/")[2], posixpath.normpath(target).lstrip("/").lower()
            )

    scan(package.read(listing) or b"<none/>", listing, opened, _nothing)
    return links


def _contents(xml: bytes, part: str) -> _Contents:
    visible: list[str] = []
    hidden: list[str] = []
    from_1904 = False

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet":
            link = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            (hidden if attributes.get("state", "visible") != "visible" else visible).append(link)
        elif tag == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")

    scan(xml, part, opened, _nothing)
    return _Contents(visible + hidden, from_1904)


def _book(package: Package, links: dict[str, _Link], *, from_1904: bool) -> Book:
    parts = {link.kind: link.target for link in links.values()}
    strings = package.read(parts.get("sharedStrings", ""))
    styles = package.read(parts.get("styles", ""))
    return Book(
        read_strings(strings, parts["sharedStrings"]) if strings else [],
        read_formats(styles, parts["styles"]) if styles else [],
        from_1904,
    )


def _nothing(_tag: str, _text: list[str]) -> None:
    """These parts tell everything in attributes."""
