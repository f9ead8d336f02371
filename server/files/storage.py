"""Where bytes lie: unfinished uploads in a local folder, finished ones behind a small protocol (today: the data folder)."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import Protocol

SIZES = {"full": "", "large": "-large", "thumb": "-thumb"}


def new_key() -> str:
    return secrets.token_hex(16)


class Storage(Protocol):
    """Finished files under a key and a size (`full`, for pictures also `large` and `thumb`)."""

    def keep(self, key: str, size: str, source: Path) -> None:
        """Durable when this returns, whole or not at all; `source` stays. Twice is the same."""

    def path(self, key: str, size: str) -> Path | None:
        """A local file with this content, None when it is not there."""

    def remove(self, key: str) -> None:
        """All sizes; nothing happens where there is nothing."""


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

    def remove(self, key: str) -> None:
        for size in SIZES:
            with contextlib.suppress(FileNotFoundError):
                self._place(key, size).unlink()

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


def storage_in(data: Path) -> Storage:
    """The finished files of the company with this data folder."""
    return LocalFolder(data / "files")
