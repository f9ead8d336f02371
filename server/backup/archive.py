"""The backup file: a zip with one JSON-lines entry per table and, last of all, `manifest.json` with counts and SHA-256 of each.

Written and read as a stream, so that memory does not grow with the company. What was cut off or changed is refused: a zip is
complete only with its directory at the end, and every table must have the length and hash that the manifest names.
"""

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

import msgspec

from server.backup.refusal import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
LONGEST_ROW = 64 << 20
MOST_MANIFEST = 4 << 20
# All that zipfile, zlib and the decoders raise over bytes that were changed (a wrong flag bit, for one, is a NotImplementedError).
DAMAGE = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    msgspec.MsgspecError,
)


class ColumnPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: str


class TablePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bytes` and `sha256` are of the entry's plain text."""

    name: str
    columns: list[ColumnPart]
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`schema` is the migration that the tables stand at, `epoch` and `seq` where the company's log stood."""

    format: int
    product: str
    version: str
    schema: str
    company: str
    epoch: str
    seq: int
    made_at: datetime
    tables: list[TablePart]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


class ArchiveWriter:
    """Writes beside the wanted file and gives it its name only when it is complete and on the disk."""

    def __init__(self, to: Path) -> None:
        self._to = to
        self._part = to.with_name(to.name + ".part")
        handle = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds everything
        self._file = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def table(self, name: str, columns: Sequence[ColumnPart], rows: Iterator[list[Any]]) -> TablePart:
        """Writes a table's rows, each an array in the order of the columns."""
        hashed, count, size = hashlib.sha256(), 0, 0
        encoder, buffer = msgspec.json.Encoder(), bytearray()
        with self._zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as entry:
            for row in rows:
                buffer += encoder.encode(row)
                buffer += b"\n"
                count += 1
                if len(buffer) >= CHUNK:
                    size += _put(entry, hashed, buffer)
            size += _put(entry, hashed, buffer)
        return TablePart(name, list(columns), count, size, hashed.hexdigest())

    def finish(self, manifest: Manifest) -> str:
        """Names the file; answers its fingerprint. Raises `Refusal` when something of that name has come meanwhile."""
        raw = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        self._zip.writestr(MANIFEST, raw)
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        try:
            os.link(self._part, self._to)
        except FileExistsError as error:
            raise Refusal(f"{self._to} exists already; nothing is overwritten.") from error
        except OSError:  # a file system without hard links
            self._part.rename(self._to)
        self._part.unlink(missing_ok=True)
        sync_folder(self._to.parent)
        return hashlib.sha256(raw).hexdigest()

    def abandon(self) -> None:
        with contextlib.suppress(Exception):
            self._zip.close()
        self._file.close()
        self._part.unlink(missing_ok=True)


def _put(entry: IO[bytes], hashed: Any, buffer: bytearray) -> int:
    size = entry.write(bytes(buffer))
    hashed.update(buffer)
    buffer.clear()
    return size


def sync_folder(folder: Path) -> None:
    """Makes a file's new name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Archive:
    """A backup opened for reading. Raises `Refusal` when it is none, or not whole."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except FileNotFoundError as error:
            raise Refusal(f"{file} does not exist.") from error
        except DAMAGE as error:
            raise Refusal(f"{file} is no backup, or was cut off.") from error
        try:
            with self._zip.open(MANIFEST) as entry:
                raw = entry.read(MOST_MANIFEST + 1)
            if len(raw) > MOST_MANIFEST:
                raise Refusal(f"{file} is no backup: its manifest is too long.")
            head = msgspec.json.decode(raw, type=dict[str, Any])
            if head.get("product") != "tenfour":
                raise Refusal(f"{file} is no backup of Tenfour.")
            if head.get("format") != FORMAT:
                raise Refusal("This backup was made by a newer Tenfour. Update this one first.")
            self.manifest = msgspec.json.decode(raw, type=Manifest)
            self.fingerprint = hashlib.sha256(raw).hexdigest()
            self._same_entries(file)
        except DAMAGE as error:
            self._zip.close()
            raise Refusal(f"{file} is no backup of Tenfour, or was changed.") from error
        except Refusal:
            self._zip.close()
            raise

    def _same_entries(self, file: Path) -> None:
        wanted = [*(f"tables/{table.name}.jsonl" for table in self.manifest.tables), MANIFEST]
        if sorted(self._zip.namelist()) != sorted(wanted):
            raise Refusal(f"{file} was changed: its entries are not those of its manifest.")

    def rows(self, table: TablePart) -> Iterator[list[Any]]:
        """Every row, checked at the end. Raises `Refusal` when the entry is not what the manifest says."""
        hashed, count, size = hashlib.sha256(), 0, 0
        longest = min(LONGEST_ROW, table.bytes + 1)
        decoder = msgspec.json.Decoder(list[Any])
        try:
            with self._zip.open(f"tables/{table.name}.jsonl") as entry:
                while line := entry.readline(longest):
                    hashed.update(line)
                    size += len(line)
                    count += 1
                    if size > table.bytes or count > table.rows:
                        break
                    row = decoder.decode(line)
                    if len(row) != len(table.columns):
                        raise Refusal(f"Table {table.name}, row {count}: not as many values as columns.")
                    yield row
        except DAMAGE as error:
            raise Refusal(f"The backup is damaged in table {table.name}.") from error
        if (count, size, hashed.hexdigest()) != (table.rows, table.bytes, table.sha256):
            raise Refusal(f"The backup was changed: table {table.name} is not what its manifest says.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
