"""What a file can be: the forms that are taken, how each is named and served. Told by content (`telling.py`), never by name or claim."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["picture", "video", "audio", "pdf", "document", "sheet", "slides", "text", "archive"]


@dataclass(frozen=True)
class Form:
    """`endings`: names may end like this, the first is added where none fits. `inline`: a browser may show it in its place."""

    kind: Kind
    media_type: str
    endings: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."

FORMS: dict[str, Form] = {
    "jpeg": Form("picture", "image/jpeg", ("jpg", "jpeg"), True),
    "png": Form("picture", "image/png", ("png",), True),
    "webp": Form("picture", "image/webp", ("webp",), True),
    "gif": Form("picture", "image/gif", ("gif",), True),
    "heic": Form("picture", "image/heic", ("heic", "heif")),
    "mp4": Form("video", "video/mp4", ("mp4", "m4v", "3gp"), True),
    "mov": Form("video", "video/quicktime", ("mov", "qt"), True),
    "webm": Form("video", "video/webm", ("webm",), True),
    "mp3": Form("audio", "audio/mpeg", ("mp3",), True),
    "m4a": Form("audio", "audio/mp4", ("m4a", "m4b"), True),
    "ogg": Form("audio", "audio/ogg", ("ogg", "oga", "opus"), True),
    "wav": Form("audio", "audio/wav", ("wav",), True),
    "amr": Form("audio", "audio/amr", ("amr",), True),
    "pdf": Form("pdf", "application/pdf", ("pdf",), True),
    "docx": Form("document", f"{_OFFICE}wordprocessingml.document", ("docx",)),
    "xlsx": Form("sheet", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",)),
    "pptx": Form("slides", f"{_OFFICE}presentationml.presentation", ("pptx",)),
    "doc": Form("document", "application/msword", ("doc", "wps", "dot")),
    "xls": Form("sheet", "application/vnd.ms-excel", ("xls", "et")),
    "ppt": Form("slides", "application/vnd.ms-powerpoint", ("ppt", "pps", "dps")),
    "text": Form("text", "text/plain", ("txt", "csv", "md", "log", "tsv")),
    "zip": Form("archive", "application/zip", ("zip",)),
}
PICTURES = frozenset(name for name, form in FORMS.items() if form.kind == "picture")
