"""An unfinished upload on the disk: its length is what has been received, also after a kill. One writer at a time, among processes too."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.kit.problems import Unavailable, WrongState


class Partial:
    """`data/files/incoming/KEY`. All of it blocks: call from a thread."""

    def __init__(self, data: Path, key: str) -> None:
        self.path = data / "files" / "incoming" / key

    def received(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, offset: int, chunk: bytes) -> int:
        """Answers how much is there now. Raises `WrongState` with `received` when the chunk does not begin there."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.alone() as handle:
            there = os.fstat(handle).st_size
            if offset + len(chunk) <= there:
                return there  # sent again because the answer was lost
            if offset != there:
                raise WrongState("Another part comes next.", received=there)
            try:
                written = 0
                while written < len(chunk):
                    written += os.pwrite(handle, memoryview(chunk)[written:], offset + written)
                os.fsync(handle)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                    raise Unavailable("There is no room left on the server's disk.") from error
                raise
            return there + len(chunk)

    @contextmanager
    def alone(self) -> Iterator[int]:
        """Open, and nobody else's meanwhile. Raises `WrongState` when somebody else is at it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield handle
        except BlockingIOError:
            raise WrongState(
                "Another part of this file is just being stored.", received=self.received()
            ) from None
        finally:
            os.close(handle)

    def remove(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
