"""What a file really is, told by its content alone. Reads a bounded amount, or runs through text once; unpacks and parses nothing."""

import codecs
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from server.files import archives
from server.files.refused import Refused

_STEP = 1 << 16
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
_SOUND = {b"M4A ", b"M4B ", b"M4P "}
_FILM = re.compile(rb"(isom|iso[2-9]|mp4[12v]|avc1|dash|M4V |MSNV|3g[p2].|f4v |mmp4|NDS.|XAVC|hvc1)")
_OLD_FILM = {b"moov", b"mdat", b"wide"}
_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
)
# The streams in which the old Office programs keep their text, as their directory names them.
_OLD_OFFICE = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_MARKUP = re.compile(
    rb"<\s*(!doctype|!--|\?xml|html|head|body|script|svg|iframe|object|embed|meta|link|style|title|img|math|a\s|table|form|div)",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def form_of(path: Path) -> str:
    """A name of `forms.FORMS`. Raises `Refused`."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty")
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return archives.form_of(file, size)
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            return _old_office(file)
        return _by_its_beginning(head) or _text(file)


def _by_its_beginning(head: bytes) -> str | None:
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head[4:8] in _OLD_FILM:
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "webm" if b"webm" in head[:64] else None
    # A frame of MPEG layer III, with a rate and a frequency that exist.
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08:
        return "mp3" if 0 < head[2] >> 4 < 15 and head[2] >> 2 & 3 < 3 else None
    return None


def _of_brand(brand: bytes) -> str | None:
    if brand in _HEIC:
        return "heic"
    if brand in _SOUND:
        return "m4a"
    if brand == b"qt  ":
        return "mov"
    return "mp4" if _FILM.match(brand) else None


def _old_office(file: IO[bytes]) -> str:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        for stream, form in _OLD_OFFICE.items():
            if whole.find(stream.encode("utf-16-le") + b"\0\0") >= 0:
                return form
    raise Refused("wrong_kind")


def _text(file: IO[bytes]) -> str:
    """Readable text in UTF-8 or GB18030 that is no markup. Anything else is refused."""
    file.seek(0)
    beginning = file.read(_STEP).lstrip(b"\xef\xbb\xbf \t\r\n\x0c")
    if _MARKUP.match(beginning):
        raise Refused("markup")
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        if _reads_as(file, encoding):
            return "text"
    raise Refused("wrong_kind")


def _reads_as(file: IO[bytes], encoding: str) -> bool:
    try:
        return not any(_CONTROLS.search(piece) for piece in _decoded(file, encoding))
    except UnicodeDecodeError:
        return False


def _decoded(file: IO[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    while piece := file.read(_STEP):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
