"""Stickers on the wire."""

from datetime import datetime
from typing import Any

import msgspec

from server.files.present import FileView


class StickerView(msgspec.Struct, frozen=True):
    """`file` is its picture, with the rights of everybody. `retired_at`: offered no longer, shown still."""

    id: int
    name: str
    file: FileView
    place: int
    version: int
    retired_at: datetime | None


_file = msgspec.json.Decoder(FileView)


def sticker(row: Any) -> StickerView:
    """From a row of `sticker`."""
    return StickerView(row.id, row.name, _file.decode(row.file), row.place, row.version, row.retired_at)
