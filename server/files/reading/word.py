"""A Word document: headings, paragraphs, list items and tables in their order. Pictures, notes and what was deleted stay out."""

from server.files.reading.blocks import Blocks
from server.files.reading.parts import Parts, named
from server.people.spreadsheet.xml import scan

_MAIN = "word/document.xml"


def read(parts: Parts, blocks: Blocks) -> None:
    """Raises `Enough`."""
    reader = _Reader(blocks, _levels(parts.read("word/styles.xml") or b"<none/>"))
    scan(parts.read(_MAIN) or b"<none/>", _MAIN, reader.opened, reader.closed)


def _levels(styles: bytes) -> dict[str, int]:
    """The styles that are headings: id → level from 1."""
    levels: dict[str, int] = {}
    style = ""

    def opened(tag: str, about: dict[str, str]) -> None:
        nonlocal style
        if tag == "style":
            style = named(about, "styleId")
        elif tag == "name" and style:
            words = named(about, "val").lower().split()
            if words[:1] == ["heading"] and words[-1].isdigit():
                levels[style] = min(6, int(words[-1]))
            elif words == ["title"]:
                levels[style] = 1
        elif tag == "outlineLvl" and style and named(about, "val").isdigit():
            levels.setdefault(style, min(6, int(named(about, "val")) + 1))

    scan(styles, "word/styles.xml", opened, lambda tag, text: None)
    return levels


class _Reader:
    def __init__(self, blocks: Blocks, levels: dict[str, int]) -> None:
        self._blocks = blocks
        self._levels = levels
        self._twice = 0
        self._words: list[str] = []
        self._style, self._is_item = "", False
        # Tables may stand in cells of tables: the outermost is shown, the others are words in its cells.
        self._depth = 0
        self._rows: list[list[str]] = []

    def opened(self, tag: str, about: dict[str, str]) -> None:
        match tag:
            case "Fallback":  # what old programs see instead of a drawing: its words a second time
                self._twice += 1
            case "p":
                self._words, self._style, self._is_item = [], "", False
            case "pStyle":
                self._style = named(about, "val")
            case "numPr":
                self._is_item = True
            case "tab":
                self._words.append("\t")
            case "br" | "cr":
                self._words.append("\n")
            case "tbl":
                self._depth += 1
                self._rows = [] if self._depth == 1 else self._rows
            case "tr" if self._depth == 1:
                self._rows.append([])
            case "tc" if self._depth == 1 and self._rows:
                self._rows[-1].append("")

    def closed(self, tag: str, text: list[str]) -> None:
        match tag:
            case "Fallback":
                self._twice -= 1
            case "t" if not self._twice:
                self._words += text
            case "p" if not self._twice:
                self._end_paragraph("".join(self._words).strip())
                self._words = []
            case "tbl":
                self._depth -= 1
                if not self._depth:
                    self._blocks.table(self._rows)

    def _end_paragraph(self, words: str) -> None:
        if not words:
            return
        if self._depth:
            if self._rows and self._rows[-1]:
                before = self._rows[-1][-1]
                self._rows[-1][-1] = f"{before}\n{words}" if before else words
        elif self._style in self._levels:
            self._blocks.add("heading", words, level=self._levels[self._style])
        else:
            self._blocks.add("item" if self._is_item else "paragraph", words)
