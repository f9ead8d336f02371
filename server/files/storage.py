"""Where finished files lie, behind a small protocol: a folder of the data folder, or a bucket that speaks S3 (`bucket.py`)."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from server.config.settings import Settings

SIZES = {"full": "", "large": "-large", "thumb": "-thumb"}
STEP = 1 << 20


def new_key() -> str:
    return secrets.token_hex(16)


class Storage(Protocol):
    """Finished files under a key and a size of `SIZES`. All of it blocks: call from a thread.

    Everything raises `Unavailable` while the storage is away; what was kept is then still there.
    """

    def keep(self, key: str, size: str, source: Path) -> None:
        """Durable when this returns, whole or not at all; `source` stays. Twice is the same."""

    def path(self, key: str, size: str) -> Path | None:
        """A local file with this content, None when it lies elsewhere or is not there."""

    def length(self, key: str, size: str) -> int | None:
        """In bytes; None when it is not there."""

    def read(self, key: str, size: str, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`. Raises `FileNotFoundError`."""

    def remove(self, key: str) -> None:
        """All sizes; nothing happens where there is nothing."""

    def probe(self) -> None:
        """Writes, reads and removes something small; raises what goes wrong."""


@lru_cache(maxsize=16)
def storage_of(settings: Settings) -> Storage:
    """The finished files of the company with these settings."""
    if settings.s3_bucket:
        from server.files.bucket import Bucket  # its library is loaded only where it is wanted

        return Bucket(settings)
    return LocalFolder(settings.data / "files")


def pieces(storage: Storage, key: str, size: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` to before `end`, a `STEP` at a time: memory does not grow with the file."""
    for at in range(start, end, STEP):
        yield storage.read(key, size, at, min(at + STEP, end))


@contextmanager
def local_copy(storage: Storage, key: str, size: str, folder: Path) -> Iterator[Path | None]:
    """A local file with this content for a while: its own place, or a copy in `folder` that goes afterwards. None: it is not there."""
    path = storage.path(key, size)
    length = None if path else storage.length(key, size)
    if path is not None or length is None:
        yield path
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder) as copy:
        for piece in pieces(storage, key, size, 0, length):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


class LocalFolder:
    """`files/ab/cd/abcd…`, so that no folder grows long."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, key: str, size: str, source: Path) -> None:
        target = self._place(key, size)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        _stand_beside(source, beside)
        with beside.open("rb") as whole:
            os.fsync(whole.fileno())
        beside.replace(target)
        for folder in (target.parent, target.parent.parent, self._folder):
            _sync(folder)

    def path(self, key: str, size: str) -> Path | None:
        place = self._place(key, size)
        return place if place.is_file() else None

    def length(self, key: str, size: str) -> int | None:
        place = self.path(key, size)
        return place.stat().st_size if place else None

    def read(self, key: str, size: str, start: int, end: int) -> bytes:
        with self._place(key, size).open("rb") as file:
            file.seek(start)
            return file.read(end - start)

    def remove(self, key: str) -> None:
        for size in SIZES:
            with contextlib.suppress(FileNotFoundError):
                self._place(key, size).unlink()

    def probe(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=self._folder) as file:
            file.write(b"x")

    def _place(self, key: str, size: str) -> Path:
        return self._folder / key[:2] / key[2:4] / f"{key}{SIZES[size]}"


def _stand_beside(source: Path, beside: Path) -> None:
    try:
        os.link(source, beside)
    except OSError:  # a file system without a second name for a file
        shutil.copyfile(source, beside)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
