"""A disk that can be full: a small one of its own where mounting is allowed, and a limit on the size of files anywhere."""

import os
import resource
import subprocess
from contextlib import ExitStack
from pathlib import Path

SIZE = 48 << 20
BALLAST = "ballast"


class SmallDisk:
    """A tmpfs over this folder: what is full answers ENOSPC, as a full disk does. `None` where nobody may mount."""

    name = "a small disk"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def over(cls, folder: Path, stack: ExitStack) -> "SmallDisk | None":
        asked = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tenfour-small-disk", str(folder)],
            capture_output=True,
            check=False,
        )
        if asked.returncode != 0:
            return None
        stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=False)
        return cls(folder)

    def fill(self, server: int) -> None:
        """To the last byte."""
        with (self.folder / BALLAST).open("ab", buffering=0) as file:
            size = 1 << 20
            while size >= 512:
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    pass
                size //= 2

    def clear(self, server: int) -> None:
        (self.folder / BALLAST).unlink(missing_ok=True)


class Limit:
    """No file of the server may grow beyond its write-ahead log's present size: EFBIG, which SQLite reports as a failed write."""

    name = "a limit on files"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, server: int) -> None:
        _, hard = resource.prlimit(server, resource.RLIMIT_FSIZE)
        largest = max(os.stat(one).st_size for one in self.folder.glob("*.sqlite3*"))
        resource.prlimit(server, resource.RLIMIT_FSIZE, (largest, hard))

    def clear(self, server: int) -> None:
        _, hard = resource.prlimit(server, resource.RLIMIT_FSIZE)
        resource.prlimit(server, resource.RLIMIT_FSIZE, (hard, hard))
