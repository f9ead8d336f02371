"""Walking through a part of a workbook: no entities, a bounded number of elements. Called by `workbook`, `worksheet`.

A workbook is read by expat, event by event. Readers that lay a sheet out as a grid (calamine, tafia/calamine#693)
take 550 GB, and the server down with them, for a well-formed file of 5 KB with one cell in each far corner.
"""

from collections.abc import Callable
from xml.parsers import expat

from server.people.import_codes import SheetRefused

MAX_ELEMENTS = 1_500_000

Opened = Callable[[str, dict[str, str]], None]
Closed = Callable[[str, list[str]], None]


def scan(xml: bytes, part: str, opened: Opened, closed: Closed) -> None:
    """Calls `opened(name, attributes)` and `closed(name, text)` for every element; names without their prefix.

    `text` is in pieces what stands behind the last opening tag, which is all there is in `<v>` and `<t>`.
    Raises `SheetRefused` with `unsafe_xml`, `sheet_too_full` or `damaged_workbook`.
    """
    text: list[str] = []
    left = MAX_ELEMENTS

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise SheetRefused("sheet_too_full")
        text.clear()
        opened(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def end(tag: str) -> None:
        closed(tag.rpartition(":")[2] if ":" in tag else tag, text)

    def declared(*_: object) -> None:
        raise SheetRefused("unsafe_xml", part=part)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding that Python does not know
        raise SheetRefused("damaged_workbook", part=part) from None
