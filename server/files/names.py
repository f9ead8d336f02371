"""File names that people sent: made harmless for every system, with the ending that the content deserves."""

import re
import unicodedata
from urllib.parse import quote

from server.files.forms import FORMS

LONGEST = 150
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Names that Windows takes for devices.
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def harmless(name: str) -> str:
    """The last part of a path, one visible line in one direction, at most `LONGEST` characters with its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in last if unicodedata.category(char) not in _UNSEEN)
    plain = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(" .")
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    stem, ending = _parted(plain)
    cut = stem[: LONGEST - len(ending) - 1].rstrip(" .")
    return f"{cut}.{ending}" if ending else cut or "file"


def fitting(name: str, form: str) -> str:
    """The name with an ending of this form: `invoice.pdf` that is a picture becomes `invoice.pdf.png`."""
    endings = FORMS[form].endings
    stem, ending = _parted(name)
    if ending.lower() in endings:
        return name
    if form != "heic" and ending.lower() in FORMS["heic"].endings:
        return f"{stem}.{endings[0]}"  # a telephone's picture, kept as one that every program opens
    return f"{name[: LONGEST - 5]}.{endings[0]}"


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    short = dot and stem and len(ending) <= 10 and ending.isalnum()
    return (stem, ending) if short else (name, "")


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition with the name for old programs and for all languages (RFC 6266, RFC 8187)."""
    how = "inline" if inline else "attachment"
    ascii_name = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    return f"{how}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
