"""The parts of an office file, each unpacked no further than somebody would read."""

import posixpath
import zipfile
from typing import IO

from server.people.spreadsheet.xml import scan

LONGEST_PART = 48 << 20
MOST_UNPACKED = 96 << 20


class TooLarge(Exception):
    """It unpacks to more than is read."""


class Parts:
    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file)
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._left = MOST_UNPACKED

    def read(self, name: str) -> bytes | None:
        """None when there is no such part. Raises `TooLarge`."""
        found = self._names.get(name.lower())
        if found is None:
            return None
        with self._zip.open(found) as part:
            data = part.read(min(LONGEST_PART, self._left) + 1)
        self._left -= len(data)
        if len(data) > LONGEST_PART or self._left < 0:
            raise TooLarge
        return data

    def links(self, name: str) -> dict[str, str]:
        """Where a part's references lead inside the file, by their ids."""
        folder, last = posixpath.split(name)
        links: dict[str, str] = {}

        def opened(tag: str, about: dict[str, str]) -> None:
            if tag == "Relationship" and about.get("TargetMode") != "External":
                target = posixpath.join("/", folder, about.get("Target", ""))
                links[about.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        listing = posixpath.join(folder, "_rels", f"{last}.rels")
        scan(self.read(listing) or b"<none/>", listing, opened, lambda tag, text: None)
        return links


def named(about: dict[str, str], name: str) -> str:
    """An attribute by its name without the prefix."""
    return next((value for key, value in about.items() if key.rpartition(":")[2] == name), "")
