"""Lists as large as companies have, and the machine going away under one."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.demo.people import PASSWORD
from server.opening import DATABASE_FILE
from tests.house import House
from tests.server.people.imports import ADMINISTRATOR, imported, person, staff_list, sums
from tests.servers import free_port

PATIENCE = 60.0
ROWS = 1_000  # of the list under which the server is killed: enough for several turns


def many(count: int) -> list[list[str]]:
    """Regions, departments in them, a line of managers ten wide; some managers stand below their people."""
    return [
        [
            f"员工{at}",
            f"139{at:08d}",
            f"staff{at}@tenfour.cn",
            f"N{at}",
            f"大区{at % 10}/部门{at % 300}",
            "职员",
            f"N{at // 10}" if at % 7 else f"N{max(at - 7, 0) if at % 2 else at // 2}",
        ]
        if at
        else ["老板", "", "", "N0", "", "", ""]
        for at in range(count)
    ]


@pytest.mark.timeout(300)
async def test_ten_thousand_people_come_in_and_again_nothing_changes(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    count = 10_000 if house.company.db.dialect == "sqlite" else 3_000  # a minute and a half there
    data = staff_list(many(count))

    async def timed(kind: str, *, dry_run: bool = False) -> Any:
        begun = time.perf_counter()
        view = await imported(admin, data, dry_run=dry_run, patience=200)
        with capsys.disabled():
            print(
                f"\n{count:,} rows, {house.company.db.dialect}, {kind}: {time.perf_counter() - begun:.1f} s"
            )
        assert view["state"] == "done"
        return view

    assert sums(await timed("dry run", dry_run=True)) == (count, 0, 0, 0)
    done = await timed("import")
    assert sums(done) == (count, 0, 0, 0)
    assert sums(await timed("again")) == (0, 0, count, 0)
    last = await person(admin, f"N{count - 1}")
    assert last["manager_id"] == (await person(admin, f"N{(count - 1) // 10}"))["id"]
    links = await admin.post(f"/api/people/imports/{done['id']}/links")
    assert len({link["link"] for link in links["items"]}) == count


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server of its own on this folder; killed (-9) at the end, if not before."""
    command = [sys.executable, "-m", "server", "serve", "--data", str(folder), "--port", str(port)]
    with (folder / "server.log").open("ab") as log_file:
        process = subprocess.Popen(command, stdout=log_file, stderr=log_file, env={**os.environ})
        try:
            deadline = time.monotonic() + PATIENCE
            while not _is_up(port):
                assert process.poll() is None, (folder / "server.log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.02)
            yield process
        finally:
            process.kill()
            process.wait(30)


def _is_up(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200
    except httpx2.TransportError:
        return False


@contextmanager
def _signed_in(port: int) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        answer = client.post("/api/session", json={"login": ADMINISTRATOR, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        yield client


@pytest.mark.timeout(300)
def test_a_server_killed_while_importing_goes_on_where_it_was(tmp_path: Path, sqlite_demo: Path) -> None:
    port, rows = free_port(), many(ROWS)
    shutil.copy(sqlite_demo, tmp_path / DATABASE_FILE)
    with served(tmp_path, port) as process, _signed_in(port) as admin:
        answer = admin.post(
            "/api/people/imports",
            files={"file": ("a.csv", staff_list(rows))},
            headers={"Idempotency-Key": "k"},
        )
        address = f"/api/people/imports/{answer.json()['id']}"
        while (view := admin.get(address).json())["done"] == 0:
            assert view["state"] in ("queued", "running")
            time.sleep(0.01)
        process.kill()
        process.wait(30)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as database:
        left, state = database.execute("SELECT next_line, state FROM staff_import").fetchone()
        assert (state, 2 < left < ROWS) == ("running", True)
    with served(tmp_path, port), _signed_in(port) as admin:
        deadline = time.monotonic() + PATIENCE
        while (view := admin.get(address).json())["state"] == "running":
            assert time.monotonic() < deadline, view
            time.sleep(0.02)
        assert (view["state"], view["created"], view["refused"]) == ("done", ROWS, 0)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as database:
        people = database.execute("SELECT staff_number, manager_id FROM person WHERE staff_number LIKE 'N%'")
        found = dict(people.fetchall())
        assert len(found) == ROWS
        assert [number for number, manager in found.items() if manager is None] == ["N0"]
        streams = database.execute("SELECT count(*) FROM stream_grant WHERE stream = 'everyone'").fetchone()
        assert streams[0] == ROWS + 26
