"""One long upload, and how much memory the server holds for it: the most it ever had meanwhile, as the kernel counted it."""

import http.client
import json
import os
import time
from pathlib import Path

from tests.buckets import BucketServer, has_seaweed, settings_of
from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.report import Section
from tests.load.seed import Company, make_company
from tests.load.workloads import Window
from tests.load.world import World

MIB = 1 << 20
LONG = 100 * MIB


def uploads(world: World) -> Section:
    """100 MiB in parts of 1 MiB to the end of its check; then down again. In the data folder, and in a bucket."""
    plan = world.plan
    section = Section(
        "uploads",
        "100 MiB up in parts of 1 MiB, then down again",
        world.kind,
        "issue C: ≤ 32 MiB held for it",
    )
    place = world.product("uploads")
    place.program.start()
    place.program.stop()
    engine = place.seed_engine()
    company = make_company(engine, seed=plan.seed, people=20, departments=2)
    engine.dispose()
    _measure(section, "tenfour, data folder", place, company, plan.windows)
    if has_seaweed():
        bucket = BucketServer(place.data.parent / "bucket")
        named = {f"TENFOUR_{name.upper()}": str(value) for name, value in settings_of(bucket.port).items()}
        place.program.environment.update(named)
        _measure(section, "tenfour, bucket", place, company, plan.windows)
        bucket.stop()
    return section


def _measure(section: Section, name: str, product: Product, company: Company, windows: int) -> None:
    product.program.start()
    person = company.people[0]
    _once(product, company, person, MIB)  # what is loaded at the first upload is not held for a long one
    for _ in range(windows):
        section.add(name, _once(product, company, person, LONG))
    product.program.stop()


def _once(product: Product, company: Company, person: int, size: int) -> Window:
    cookie = company.cookie(person).partition(":")[2].strip()
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=120)

    def ask(method: str, path: str, body: bytes, kind: str = "application/json") -> bytes:
        headers = {"Cookie": cookie, "Content-Type": kind, "Idempotency-Key": os.urandom(8).hex()}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        said = answer.read()
        if not 200 <= answer.status < 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
        return said

    pid = product.program.pids[0]
    piece = b"OggS" + os.urandom(MIB - 4)
    before = _resident(pid)
    _forget_peak(pid)
    meter = Meter(product.program.pids)
    begun = time.monotonic()
    made = json.loads(ask("POST", "/api/files", json.dumps({"name": "long.ogg", "size": size}).encode()))
    for at in range(0, size, MIB):
        ask("PUT", f"/api/files/{made['id']}/chunks/{at}", piece, "application/octet-stream")
    ask("PUT", f"/api/files/{made['id']}/completion", b"{}")
    took = time.monotonic() - begun
    up = _peak(pid)
    _forget_peak(pid)
    line.request("GET", f"/api/files/{made['id']}/content", headers={"Cookie": cookie})
    answer, length = line.getresponse(), 0
    while more := answer.read(MIB):
        length += len(more)
    assert length == size
    down = _peak(pid)
    usage = meter.usage()
    ask("DELETE", f"/api/files/{made['id']}", b"")
    line.close()
    figures = {
        "MiB before": before,
        "peak up": up,
        "peak down": down,
        "after": _resident(pid),
        "held": max(up, down) - before,
        "MiB/s up": size / MIB / took,
    }
    return Window({name: round(value, 1) for name, value in figures.items()}, usage)


def _resident(pid: int) -> float:
    return _said(pid, "VmRSS")


def _peak(pid: int) -> float:
    return _said(pid, "VmHWM")


def _said(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")
