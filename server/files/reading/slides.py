"""A presentation: slide after slide its title, its words and its tables."""

from server.files.reading.blocks import Blocks
from server.files.reading.parts import Parts, named
from server.people.spreadsheet.xml import scan

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")


def read(parts: Parts, blocks: Blocks) -> None:
    """Raises `Enough`."""
    order: list[str] = []

    def opened(tag: str, about: dict[str, str]) -> None:
        if tag == "sldId":
            # Both `id` and `r:id` are there; the second leads to the slide.
            order.append(next((value for key, value in about.items() if key.endswith(":id")), ""))

    scan(parts.read(_MAIN) or b"<none/>", _MAIN, opened, lambda tag, text: None)
    links = parts.links(_MAIN)
    for number, slide in enumerate((links[one] for one in order if one in links), start=1):
        blocks.add("page", number=number)
        reader = _Slide(blocks)
        scan(parts.read(slide) or b"<none/>", slide[:80], reader.opened, reader.closed)


class _Slide:
    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._words: list[str] = []
        self._is_title = False
        self._rows: list[list[str]] | None = None

    def opened(self, tag: str, about: dict[str, str]) -> None:
        match tag:
            case "sp":
                self._is_title = False
            case "ph":
                self._is_title = named(about, "type") in _TITLES
            case "p":
                self._words = []
            case "br":
                self._words.append("\n")
            case "tbl":
                self._rows = []
            case "tr" if self._rows is not None:
                self._rows.append([])
            case "tc" if self._rows:
                self._rows[-1].append("")

    def closed(self, tag: str, text: list[str]) -> None:
        if tag == "t":
            self._words += text
        elif tag == "p":
            self._end_paragraph("".join(self._words).strip())
        elif tag == "tbl" and self._rows is not None:
            self._blocks.table(self._rows)
            self._rows = None

    def _end_paragraph(self, words: str) -> None:
        if not words:
            return
        if self._rows and self._rows[-1]:
            before = self._rows[-1][-1]
            self._rows[-1][-1] = f"{before}\n{words}" if before else words
        elif self._is_title:
            self._blocks.add("heading", words, level=2)
        else:
            self._blocks.add("paragraph", words)
