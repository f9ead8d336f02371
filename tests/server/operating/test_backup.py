"""A backup is the whole company as of one moment, and comes back whole in either database (G24)."""

import asyncio
import itertools
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from server.__main__ import main
from server.backup.dump import kept_tables
from server.backup.values import kind_of, readers
from server.config.settings import SettingRefused, Settings
from server.kit.clock import real_now
from server.opening import open_company
from server.people.models import StaffImport
from server.secrets.models import SecretKey
from server.work.work import Work
from tests.house import House, serve
from tests.server.operating.backups import backed_up, backed_up_in_quiet, entries_of, everything, say
from tests.servers import PostgresServer, create_database, drop_database, free_port

ODD = "'\"\\\t\u2028 🀄️ é 收到" + "长" * 100


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where a backup is put back: an empty folder or database."""
    folder = tmp_path / "target"
    common = {"data": folder, "port": free_port(), "test_clock": True}
    if request.param == "sqlite":
        yield Settings(**common)  # type: ignore[arg-type]
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"target_{free_port()}"
    yield Settings(**common, database_url=create_database(server, name))  # type: ignore[arg-type]
    drop_database(server, name)


def odd_values(work: Work) -> None:
    work.conn.execute(
        insert(StaffImport).values(
            file_name=ODD[:60],
            data=bytes(range(256)) * 5_000,
            dry_run=True,
            state="failed",
            total=2**31 - 1,
            problem=ODD,
            created_by=2,
            created_at=real_now().replace(microsecond=1),
            links_shown_at=real_now().replace(microsecond=0),
        )
    )


async def test_everything_comes_back_and_goes_on_in_either_database(
    house: House, target: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = await house.sign_in("1004")
    place = (await author.post("/api/conversations", {"kind": "direct", "people": [9]}))["id"]
    await author.post(
        f"/api/conversations/{place}/messages", {"client_id": "a", "text": "备份前", "reply_to": None}
    )
    await house.company.write(odd_values)
    cursor = (await author.bootstrap())["cursor"]
    before, file = await backed_up_in_quiet(house, tmp_path, monkeypatch)
    assert await say(target, monkeypatch, "restore", str(file)) == 0

    async with serve(target) as restored:
        after = await restored.company.read(everything)
        entry = after["audit_entry"].pop()
        assert "backup.restored" in entry
        assert [head[:2] for head in before["log_head"]] == [head[:2] for head in after["log_head"]]
        assert before.pop("log_head")[0][2] != after.pop("log_head")[0][2]
        jobs_before, jobs_after = before.pop("job"), after.pop("job")  # none is running any more
        assert [row[:5] for row in jobs_before] == [row[:5] for row in jobs_after[: len(jobs_before)]]
        assert before == after

        again = restored.anonymous()  # the same browser: its session was in the backup
        again.http.cookies = author.http.cookies
        polled = await again.get("/api/events", cursor=cursor, wait=0)
        assert polled["outcome"] == "reset"
        said = await again.post(
            f"/api/conversations/{place}/messages", {"client_id": "b", "text": "恢复后", "reply_to": None}
        )
        assert said["number"] == 2
        async with asyncio.timeout(20):  # the index is made anew in the background
            while not (await again.get("/api/search", q="备份前"))["items"]:
                await asyncio.sleep(0.05)
        await again.post("/api/posts", {"kind": "share", "text": "新的一页", "audience": {"everyone": True}})


async def test_a_restore_without_the_keys_says_what_is_missing_and_a_start_refuses(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def seal(work: Work) -> None:
        work.conn.execute(insert(SecretKey).values(id="0123456789ab", proof="x", created_at=work.now))

    await house.company.write(seal)
    file = await backed_up(house, tmp_path / "b.zip", monkeypatch)
    target = Settings(data=tmp_path / "target")
    assert await say(target, monkeypatch, "restore", str(file)) == 0
    assert "Before you serve it: The key of this company's secrets is missing" in capsys.readouterr().out
    with pytest.raises(SettingRefused, match=r"secret\.key"):
        open_company(target)


async def test_the_file_is_the_same_whichever_database_it_comes_from(
    house: House, target: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.company.write(odd_values)
    _, first = await backed_up_in_quiet(house, tmp_path, monkeypatch)
    assert await say(target, monkeypatch, "restore", str(first)) == 0
    second = tmp_path / "second.zip"
    assert await say(target, monkeypatch, "backup", "--to", str(second)) == 0
    before, after = entries_of(first), entries_of(second)
    assert before.keys() == after.keys()
    differing = {name for name in before if before[name] != after[name]}
    differing.discard("tables/job.jsonl")  # a job that ran is nobody's after a restore
    assert differing == {"tables/log_head.jsonl", "tables/audit_entry.jsonl", "manifest.json"}


async def test_nothing_acknowledged_before_a_backup_under_load_is_missing_from_it(
    house: House, target: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talkers = [await house.sign_in(f"{1004 + at}") for at in range(4)]
    group = await talkers[0].post(
        "/api/conversations",
        {"kind": "group", "name": "备份", "people": [one.id for one in talkers[1:]], "departments": []},
    )
    path, numbers = f"/api/conversations/{group['id']}/messages", itertools.count()
    acknowledged: list[str] = []
    done = asyncio.Event()

    async def talk(at: int) -> None:
        while not done.is_set():
            text = f"第 {next(numbers)} 句"
            await talkers[at].post(path, {"client_id": text[2:-2], "text": text, "reply_to": None})
            acknowledged.append(text)

    talking = [asyncio.create_task(talk(at)) for at in range(len(talkers))]
    try:
        while len(acknowledged) < 60:
            await asyncio.sleep(0.005)
        before = list(acknowledged)
        file = await backed_up(house, tmp_path / "b.zip", monkeypatch)
        at_the_end = len(acknowledged)
    finally:
        done.set()
        await asyncio.gather(*talking)
    assert at_the_end > len(before), "nobody spoke while the backup was made"
    assert await say(target, monkeypatch, "restore", str(file)) == 0
    async with serve(target) as restored:  # whose invariants are checked at the end
        found = (await restored.company.read(everything))["message"]
        assert set(before) <= {text for row in found for text in row if isinstance(text, str)}


async def test_a_backup_is_for_its_owners_eyes_and_overwrites_nothing(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = await backed_up(house, tmp_path / "b.zip", monkeypatch)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert await say(house.settings, monkeypatch, "backup", "--to", str(file)) == 2
    assert "exists already" in capsys.readouterr().err
    assert await say(house.settings, monkeypatch, "backup", "--to", str(tmp_path / "nowhere" / "b.zip")) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert file.read_bytes() == content
    folder = tmp_path / "folder"
    folder.mkdir()
    await backed_up(house, folder, monkeypatch)
    assert [one.suffix for one in folder.iterdir()] == [".zip"]
    assert not list(tmp_path.glob("*.part"))


KILLED = """
import os, signal, sys
from pathlib import Path
from server.config.settings import SettingRefused, Settings
from server.opening import open_company
from server.people.founding import found_administrator
company = open_company(Settings(data=Path(sys.argv[1])))
company.write_now(lambda work: found_administrator(work, "方圆", "fangyuan"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_servers_folder_can_be_backed_up_as_it_lies(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "b.zip"
    assert subprocess.run([sys.executable, "-c", KILLED, str(data)], check=False).returncode == -9
    assert (data / "tenfour.sqlite3-wal").stat().st_size > 0
    assert main(["backup", "--to", str(file), "--data", str(data)]) == 0
    assert "方圆".encode() in entries_of(file)["tables/person.jsonl"]
    open_company(Settings(data=data)).db.close()


def test_where_no_company_is_a_backup_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--to", str(tmp_path / "b.zip"), "--data", str(tmp_path / "none")]) == 2
    assert "There is no company" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_backup_can_hold_every_column_that_is_declared() -> None:
    for table in kept_tables():
        for column in table.columns:
            assert kind_of(column) in readers("sqlite").keys() & readers("postgresql").keys()
