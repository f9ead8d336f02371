"""The zip around a workbook: measured before anything in it is unpacked. Called by `workbook`."""

import io
import lzma
import struct
import zipfile
import zlib

from server.people.import_codes import SheetRefused

MAX_PARTS = 1_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 200
# Below this a tight ratio is harmless and common (a style sheet full of repeats).
_RATIO_FROM = 1024 * 1024

_CENTRAL_ENTRY = b"PK\x01\x02"
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class Package:
    """The parts of a zip by their names, in lower case and with forward slashes.

    Raises `SheetRefused` with `too_many_parts`, `unpacks_too_large`, `suspicious_compression`, `encrypted` or
    `damaged_workbook`.
    """

    def __init__(self, data: bytes) -> None:
        # The count in the zip's own trailer may lie, and `ZipFile` reads the entries themselves: count those.
        if data.count(_CENTRAL_ENTRY) > MAX_PARTS:
            raise SheetRefused("too_many_parts", limit=MAX_PARTS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise SheetRefused("damaged_workbook", part="zip") from None
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._check(info)
            name = _plain(info.filename)
            if name in self._parts:  # two readers could see two different workbooks
                raise SheetRefused("damaged_workbook", part=_shown(name))
            self._parts[name] = info
        if sum(info.file_size for info in self._parts.values()) > MAX_UNPACKED:
            raise SheetRefused("unpacks_too_large", limit_mb=MAX_UNPACKED // 1024 // 1024)

    @property
    def names(self) -> set[str]:
        return set(self._parts)

    def read(self, name: str) -> bytes | None:
        """One part unpacked, never more than its declared size; None when there is no such part."""
        info = self._parts.get(_plain(name))
        if info is None:
            return None
        try:
            with self._zip.open(info) as part:
                return part.read(info.file_size + 1)
        except _BROKEN:
            raise SheetRefused("damaged_workbook", part=_shown(name)) from None

    @staticmethod
    def _check(info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 0x1:
            raise SheetRefused("encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SheetRefused("damaged_workbook", part=_shown(info.filename))
        if info.file_size > MAX_UNPACKED:
            raise SheetRefused("unpacks_too_large", limit_mb=MAX_UNPACKED // 1024 // 1024)
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise SheetRefused("suspicious_compression", limit=MAX_RATIO)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _shown(name: str) -> str:
    """A part's name for a sentence: short, and nothing that a terminal or a page could act on."""
    return "".join(char for char in name[:80] if char.isprintable())
