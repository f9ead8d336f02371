"""Zip files looked at without unpacking anything: their directory is bounded before it is read, and what it says must be believable."""

import io
import struct
import zipfile
from typing import IO

from server.files.refused import Refused

MOST_ENTRIES = 20_000
LONGEST_DIRECTORY = 4 << 20
MOST_UNPACKED = 4 << 30
MOST_RATIO = 200
# A small thing may be packed tightly: an empty table is mostly blanks.
NEVER_MIND = 32 << 20
_END = b"PK\x05\x06"
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_DOCUMENT = "mimetype"


def form_of(file: IO[bytes], size: int) -> str:
    """docx, xlsx, pptx or zip. Raises `Refused`: damaged, archive_bomb, macros."""
    _bounded_directory(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, struct.error) as error:
        raise Refused("damaged") from error
    _believable(entries, size)
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return "zip"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    return next((form for name, form in _OFFICE.items() if name in names), "zip")


def _bounded_directory(file: IO[bytes], size: int) -> None:
    """The directory's own end says how long it is; nothing longer is read into memory."""
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read((1 << 16) + 22)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise Refused("damaged")
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MOST_ENTRIES or length > LONGEST_DIRECTORY:  # 65,535 stands for «more than can be said»
        raise Refused("archive_bomb")
    file.seek(0, io.SEEK_SET)


def _believable(entries: list[zipfile.ZipInfo], size: int) -> None:
    """No entry lies in another's place, and what comes out is not many times what is there."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if packed > size or len({entry.header_offset for entry in entries}) < len(entries):
        raise Refused("archive_bomb")
    if unpacked > MOST_UNPACKED or unpacked > max(NEVER_MIND, MOST_RATIO * max(packed, 1)):
        raise Refused("archive_bomb")
