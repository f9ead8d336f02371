"""Plain text, Markdown and tables of separated values."""

import codecs
import csv
import io
from typing import IO

from server.files.reading.blocks import MOST_ROWS, MOST_TEXT, Blocks

_LONGEST = 4 * MOST_TEXT
_SEPARATORS = (",", "\t", ";", "|")


def read(file: IO[bytes], ending: str, blocks: Blocks) -> None:
    """Raises `Enough`."""
    data = file.read(_LONGEST + 1)
    text = _decoded(data[:_LONGEST])
    blocks.cut = len(data) > _LONGEST
    if ending in ("csv", "tsv"):
        lines = text.splitlines(keepends=True)[: MOST_ROWS + 1]
        first = lines[0] if lines else ""
        separator = max(_SEPARATORS, key=first.count)
        blocks.table(list(csv.reader(io.StringIO("".join(lines)), delimiter=separator)))
    else:
        blocks.add("markdown" if ending == "md" else "text", text)


def _decoded(data: bytes) -> str:
    """UTF-8, else GB18030; a character that was cut in two at the end is left out."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
