"""The only row → JSON of files: as they hang on something, and as their uploader sees them."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from server.files.forms import FORMS, Kind
from server.search.declared import Piece


class FileView(msgspec.Struct, frozen=True):
    """A file where it hangs. `size` in bytes; `width` and `height` in pixels, of pictures only."""

    id: int
    name: str
    kind: Kind
    size: int
    width: int | None = None
    height: int | None = None


class UploadView(msgspec.Struct, frozen=True):
    """An upload as its owner sees it. `received` bytes are stored; `chunk` is the most that one part may hold; `file` once it is ready."""

    id: int
    name: str
    size: int
    state: Literal["uploading", "ready", "attached"]
    received: int
    chunk: int
    file: FileView | None = None


class BlockView(msgspec.Struct, frozen=True):
    """A piece of what is read in a document. `page`: slide `number` begins, or a PDF's page, whose picture measures `width` × `height`."""

    kind: Literal["heading", "paragraph", "item", "table", "text", "markdown", "page"]
    text: str = ""
    level: int = 0
    rows: list[list[str]] = []
    number: int = 0
    width: int = 0
    height: int = 0


class PreviewView(msgspec.Struct, frozen=True):
    """What can be read without opening the file; `cut`: there is more in it."""

    blocks: list[BlockView]
    cut: bool


_files = msgspec.json.Decoder(list[FileView])
_NONE: list[FileView] = []


def file(row: Any) -> FileView:
    """From a row of all columns."""
    return FileView(row.id, row.name, FORMS[row.form].kind, row.size, row.width, row.height)


def upload(row: Any, received: int, chunk: int) -> UploadView:
    done = row.state != "uploading"
    return UploadView(
        row.id,
        row.name,
        row.size,
        row.state,
        row.size if done else received,
        chunk,
        file(row) if done else None,
    )


def stored(views: Sequence[FileView]) -> str:
    """As a post's or message's row keeps them: they never change, so reading needs no second table."""
    return msgspec.json.encode(list(views)).decode() if views else ""


def from_stored(text: str) -> list[FileView]:
    return _files.decode(text) if text else _NONE


def with_names(text: str, views: Sequence[FileView]) -> str:
    """What search reads of something with files."""
    return "\n".join([text, *[view.name for view in views]]).strip() if views else text


def carried(views: Sequence[FileView]) -> tuple[Piece, ...]:
    """The files as what search finds by name."""
    return tuple(Piece("file", view.id, view.name) for view in views)


def in_a_line(text: str, files: str) -> str:
    """What stands on a card: the text, or where there is none the names of the files (`files` as stored)."""
    return text if text.strip() else " · ".join(view.name for view in from_stored(files))
