"""An uploaded form with exactly one file, read as it arrives and never past the cap. Used by every route that takes a file."""

import unicodedata
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from server.api.bounds import announced, too_large
from server.kit.problems import Unparsable, invalid

FIELD = "file"
MAX_FILE_NAME = 200
# What may stand around the file: boundaries, part headers, the blanks of a careless client.
WRAPPING = 60 * 1024


@dataclass(frozen=True)
class Upload:
    """`file_name` is only for showing: without folders and control characters, perhaps empty."""

    file_name: str
    data: bytes


async def read_upload(request: Request, limit: int) -> Upload:
    """At most `limit` bytes. Raises `Unparsable` (no such form), `Invalid` naming a field, or `TooLarge` as soon as there is too much."""
    form = _Form(_boundary(request), limit)
    if announced(request.headers) > limit + WRAPPING:
        raise too_large(limit)
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit + WRAPPING:
                raise too_large(limit)
            form.write(chunk)
    except ClientDisconnect as error:
        raise Unparsable("The connection went away.") from error
    return form.upload()


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise Unparsable("The file must come as multipart/form-data, in a field called file.")
    return boundary


class _Form:
    """The parser's events, kept as one file. Anything else in the form is refused by its name."""

    def __init__(self, boundary: bytes, limit: int) -> None:
        self._limit = limit
        self._data = bytearray()
        self._file_name: str | None = None
        self._header, self._value, self._disposition = b"", b"", ""
        self._is_complete = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._on_part_begin,
                    "on_header_field": self._on_header_field,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers_finished,
                    "on_part_data": self._on_part_data,
                    "on_end": self._on_end,
                },
            )
        except FormParserError as error:
            raise _malformed() from error

    def write(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _malformed() from error

    def upload(self) -> Upload:
        """What came, once everything is there."""
        if not self._is_complete:
            raise _malformed()
        if self._file_name is None:
            raise invalid(FIELD, "required", "Please choose a file.")
        return Upload(self._file_name, bytes(self._data))

    def _on_part_begin(self) -> None:
        self._header, self._value, self._disposition = b"", b"", ""

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value.decode("latin-1")
        self._header, self._value = b"", b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name != FIELD:
            raise invalid(
                _shown(name) or "body", "unknown", "The form holds only a file, in a field called file."
            )
        if self._file_name is not None:
            raise invalid(FIELD, "single", "One file at a time.")
        if b"filename" not in options:
            raise invalid(FIELD, "type", "This field must be a file.")
        self._file_name = _shown(options[b"filename"].decode("utf-8", "replace"))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if len(self._data) + end - start > self._limit:
            raise too_large(self._limit)
        self._data += data[start:end]

    def _on_end(self) -> None:
        self._is_complete = True


def _malformed() -> Unparsable:
    return Unparsable("The form cannot be read; perhaps the upload was cut off.")


def _shown(name: str) -> str:
    """A name that a browser sent: its last part, one line, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return plain.strip()[:MAX_FILE_NAME]
