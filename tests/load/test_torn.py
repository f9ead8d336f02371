"""What a power loss leaves: everything that was synced, and of the rest anything."""

import random
from pathlib import Path

from tests.load.recorded import HEAD, OPEN, SYNC, TRUNCATE, WRITE
from tests.load.torn import SECTOR, Disk

OLD, NEW = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR


def log_of(folder: Path, *records: tuple[bytes, int, bytes]) -> Path:
    file = folder / "log"
    opened = HEAD.pack(OPEN, 0, 0, 4) + b"/x/f"
    file.write_bytes(opened + b"".join(HEAD.pack(op, 0, at, len(data)) + data for op, at, data in records))
    return file


def found(folder: Path, *records: tuple[bytes, int, bytes]) -> set[bytes]:
    """Every content of the file that two hundred power losses leave."""
    disk = Disk(log_of(folder, *records), {"f": OLD})
    disk.follow(len(disk.log))
    return {disk.after_loss(random.Random(seed))["f"] for seed in range(200)}


def test_what_was_synced_is_there(tmp_path: Path) -> None:
    assert found(tmp_path, (WRITE, 0, NEW), (SYNC, 0, b"")) == {NEW}


def test_what_was_not_synced_is_there_or_not_or_half(tmp_path: Path) -> None:
    half = SECTOR
    assert found(tmp_path, (WRITE, 0, NEW)) == {OLD, NEW, NEW[:half] + OLD[half:], OLD[:half] + NEW[half:]}


def test_a_later_write_may_be_there_without_an_earlier_one(tmp_path: Path) -> None:
    later = found(tmp_path, (WRITE, 0, NEW[:SECTOR]), (WRITE, SECTOR, NEW[:SECTOR]))
    assert OLD[:SECTOR] + NEW[:SECTOR] in later


def test_a_file_that_grew_or_shrank_has_one_of_its_lengths(tmp_path: Path) -> None:
    grown = found(tmp_path, (WRITE, 2 * SECTOR, NEW))
    assert {len(one) for one in grown} >= {2 * SECTOR, 4 * SECTOR}
    shrunk = found(tmp_path, (TRUNCATE, SECTOR, b""))
    assert {len(one) for one in shrunk} == {SECTOR, 2 * SECTOR}


def test_a_record_that_is_not_whole_has_not_happened(tmp_path: Path) -> None:
    disk = Disk(log_of(tmp_path, (WRITE, 0, NEW), (SYNC, 0, b"")), {"f": OLD})
    disk.follow(len(disk.log) - HEAD.size - 1)
    assert disk.files["f"].now == OLD
