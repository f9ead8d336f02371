"""What a disk may hold after the power failed, from a log of writes and syncs (`recorded.py`).

What was synced is there. Of what was written since, each sector of 512 bytes is independently as it was synced or as any later write
left it: writes are dropped, torn and put in another order. The same goes for a file's length and for a deletion.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.recorded import DELETE, HEAD, OPEN, SYNC, TRUNCATE, WRITE

SECTOR = 512


@dataclass
class _File:
    """`now` is what the program sees, `safe` what was synced; `since` the sectors' versions, `sizes` the lengths in between."""

    now: bytearray
    safe: bytearray
    since: dict[int, list[bytes]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    gone: bool = False

    def touch(self, start: int, end: int) -> None:
        for sector in range(start // SECTOR, (end + SECTOR - 1) // SECTOR):
            at = sector * SECTOR
            self.since.setdefault(sector, []).append(bytes(self.now[at : at + SECTOR]))

    def write(self, at: int, data: bytes) -> None:
        if at > len(self.now):
            self.now += bytes(at - len(self.now))
        self.now[at : at + len(data)] = data
        self.sizes.append(len(self.now))
        self.touch(at, at + len(data))
        self.gone = False

    def truncate(self, size: int) -> None:
        del self.now[size:]
        self.now += bytes(size - len(self.now))
        self.sizes.append(size)

    def sync(self) -> None:
        for sector in self.since:
            at = sector * SECTOR
            part = self.now[at : at + SECTOR]
            if at + len(part) > len(self.safe):
                self.safe += bytes(at + len(part) - len(self.safe))
            self.safe[at : at + len(part)] = part
        del self.safe[len(self.now) :]
        self.safe += bytes(len(self.now) - len(self.safe))
        self.since.clear()
        self.sizes.clear()

    def after_loss(self, dice: random.Random) -> bytes | None:
        """One of the many contents that may be found; None for no file."""
        if self.gone and dice.random() < 0.5:
            return None
        left = bytearray(self.safe)
        for sector, versions in self.since.items():
            at, chosen = sector * SECTOR, dice.randrange(len(versions) + 1)
            if chosen:
                part = versions[chosen - 1]
                left += bytes(max(0, at + len(part) - len(left)))
                left[at : at + len(part)] = part
        size = dice.choice([len(self.safe), *self.sizes, len(self.now)])
        if size < len(left) and dice.random() < 0.5:
            del left[size:]
        return bytes(left)


class Disk:
    """Follows a log from a folder's content at its start. `position` is how many bytes of the log have been followed."""

    def __init__(self, log: Path, before: dict[str, bytes]) -> None:
        self.log, self.position = log.read_bytes(), 0
        self.names: dict[int, str] = {}
        self.files = {name: _File(bytearray(data), bytearray(data)) for name, data in before.items()}
        self.synced = 0

    def follow(self, until: int) -> None:
        """Up to this position of the log; a record that is not whole has not happened."""
        while self.position + HEAD.size <= until:
            operation, file, at, size = HEAD.unpack_from(self.log, self.position)
            start = self.position + HEAD.size
            if start + size > until:
                return
            self.happen(operation, file, at, self.log[start : start + size])
            self.position = start + size

    def happen(self, operation: bytes, number: int, at: int, data: bytes) -> None:
        if operation == OPEN:
            self.names[number] = Path(data.decode()).name
            self.files.setdefault(self.names[number], _File(bytearray(), bytearray()))
            return
        file = self.files[self.names[number]]
        if operation == WRITE:
            file.write(at, data)
        elif operation == TRUNCATE:
            file.truncate(at)
        elif operation == SYNC:
            file.sync()
            self.synced += 1
        elif operation == DELETE:
            self.files[self.names[number]] = _File(bytearray(), bytearray(), gone=True)

    def after_loss(self, dice: random.Random) -> dict[str, bytes]:
        """The files that may be found by whoever switches the machine on again now."""
        found = {name: file.after_loss(dice) for name, file in self.files.items()}
        return {name: data for name, data in found.items() if data is not None}


def moments(size: int, count: int, dice: random.Random) -> Iterator[int]:
    """So many places of a log of this size, in order."""
    yield from sorted(dice.randrange(size + 1) for _ in range(count))
