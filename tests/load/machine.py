"""Who uses which core, and what else was going on: everything that tells whether a figure can be believed."""

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
OTHER_LIMIT, STEAL_LIMIT = 0.25, 0.2  # cores; above them a window is called dirty


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started inside inherits the core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def family(roots: list[int]) -> list[int]:
    """The processes and all below them."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = stat(int(entry))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry))
    found, left = [], list(roots)
    while left:
        one = left.pop()
        found.append(one)
        left.extend(children.get(one, []))
    return found


def stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; empty when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(processes: list[int]) -> float:
    total = 0
    for process in processes:
        fields = stat(process)
        if fields:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory(roots: list[int]) -> int:
    """Resident bytes of the processes and all below them."""
    return sum(int(fields[21]) * PAGE for process in family(roots) if (fields := stat(process)))


@dataclass(frozen=True)
class Usage:
    """Cores used during a window."""

    server: float
    client: float
    other: float
    steal: float

    @property
    def dirty(self) -> bool:
        return self.other > OTHER_LIMIT or self.steal > STEAL_LIMIT

    def as_json(self) -> dict[str, float | bool]:
        return {**asdict(self), "dirty": self.dirty}


class Meter:
    """Started at the head of a window, read at its end."""

    def __init__(self, servers: list[int]) -> None:
        self.processes = family(servers)
        self.start, self.before = time.monotonic(), self.read()

    def read(self) -> tuple[float, float, float, float]:
        fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        busy = fields[0] + fields[1] + fields[2] + fields[5] + fields[6]
        own = os.times()
        return cpu_seconds(self.processes), own.user + own.system, busy / TICK, fields[7] / TICK

    def usage(self, started: list[int] | None = None) -> Usage:
        """`started`: processes that did not exist when the window began."""
        if started:
            self.processes = [*self.processes, *family(started)]
        seconds = time.monotonic() - self.start
        server, client, busy, steal = (b - a for a, b in zip(self.before, self.read(), strict=True))
        other = max(0.0, busy - server - client)
        return Usage(*(round(value / seconds, 2) for value in (server, client, other, steal)))


def speed() -> int:
    """Thousands of turns a second of a fixed loop: shows when the machine's clock differs between two runs."""
    best = 0.0
    for _ in range(5):
        begun, value = time.perf_counter(), 0
        for turn in range(100_000):
            value += turn & 7
        best = max(best, 100 / (time.perf_counter() - begun))
    return round(best)


def describe() -> str:
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    gib = os.sysconf("SC_PHYS_PAGES") * PAGE / 2**30
    cores = f"{len(CORES)} cores" + (
        "" if len(CORES) > 1 else " (server and client share it: figures are lower bounds)"
    )
    return f"{model}, {cores}, {gib:.0f} GiB, Linux {platform.release()}, Python {platform.python_version()}, speed {speed()}"
