"""A restore that cannot be right changes nothing: what is cut, changed, newer or in the way is refused, and a kill leaves nothing."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from server.__main__ import main
from server.backup.archive import MANIFEST
from server.config.settings import Settings
from server.db.migrate import upgrade
from server.db.sqlite import new_file
from server.opening import DATABASE_FILE, open_company
from tests.server.operating.backups import Entries, changed, entries_of, everything, rewritten
from tests.servers import PostgresServer, create_database, drop_database, free_port

FIRST_SCHEMA = "ff4f0544b757"
Change = Callable[[Entries, Any], None]


@pytest.fixture(scope="module")
def good(sqlite_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the demo company."""
    folder = tmp_path_factory.mktemp("good")
    shutil.copy(sqlite_demo, folder / DATABASE_FILE)
    assert main(["backup", "--to", str(folder / "b.zip"), "--data", str(folder)]) == 0
    return folder / "b.zip"


class Target:
    """An empty place, and whether it still is."""

    def __init__(self, data: Path, url: str) -> None:
        self.data, self.url = data, url

    def restore(self, file: Path, *more: str) -> int:
        return main(["restore", str(file), "--data", str(self.data), *more])

    @property
    def is_empty(self) -> bool:
        if self.url:
            engine = create_engine(self.url.replace("postgresql://", "postgresql+psycopg://"))
            tables = inspect(engine).get_table_names()
            engine.dispose()
            return not tables
        return not self.data.exists() or {one.name for one in self.data.iterdir()} <= {"tenfour.lock"}

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        company = open_company(Settings(data=self.data, database_url=self.url))
        try:
            return company.db.snapshot(everything)
        finally:
            company.db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Target]:
    if request.param == "sqlite":
        yield Target(tmp_path / "target", "")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"target_{free_port()}"
    url = create_database(server, name)
    monkeypatch.setenv("TENFOUR_DATABASE_URL", url)
    yield Target(tmp_path / "target", url)
    drop_database(server, name)


def other_text(entries: Entries, manifest: Any) -> None:
    entries["tables/post.jsonl"] = entries["tables/post.jsonl"].replace("开工".encode(), "放假".encode())


def lost_row(entries: Entries, manifest: Any) -> None:
    entries["tables/message.jsonl"] = entries["tables/message.jsonl"].partition(b"\n")[2]


def row_twice(entries: Entries, manifest: Any) -> None:
    entries["tables/message.jsonl"] += entries["tables/message.jsonl"].splitlines()[0] + b"\n"


def lost_table(entries: Entries, manifest: Any) -> None:
    del entries["tables/receipt.jsonl"]
    manifest["tables"] = [one for one in manifest["tables"] if one["name"] != "receipt"]


def lost_entry(entries: Entries, manifest: Any) -> None:
    del entries["tables/receipt.jsonl"]


def more_entries(entries: Entries, manifest: Any) -> None:
    entries["../../etc/passwd"] = b"x"


def strange_table(entries: Entries, manifest: Any) -> None:
    entries['tables/x"; DROP TABLE person; --.jsonl'] = b""
    manifest["tables"].append(
        {**manifest["tables"][0], "name": 'x"; DROP TABLE person; --', "rows": 0, "bytes": 0}
    )


def strange_column(entries: Entries, manifest: Any) -> None:
    manifest["tables"][0]["columns"][0]["name"] = 'x" INTEGER'


def newer_schema(entries: Entries, manifest: Any) -> None:
    manifest["schema"] = "ffffffffffff"


def newer_format(entries: Entries, manifest: Any) -> None:
    manifest["format"] = 2
    manifest["what_nobody_knows_yet"] = 1


def other_product(entries: Entries, manifest: Any) -> None:
    manifest["product"] = "tenfive"


def forged_reference(entries: Entries, manifest: Any) -> None:
    def to_nobody(rows: list[list[Any]], columns: list[str]) -> list[list[Any]]:
        rows[0][columns.index("author_id")] = 999_999
        return rows

    rewritten(entries, manifest, "post", to_nobody)


def forged_hole(entries: Entries, manifest: Any) -> None:
    rewritten(entries, manifest, "message", lambda rows, columns: rows[:-1])


def forged_kind(entries: Entries, manifest: Any) -> None:
    def text_for_a_number(rows: list[list[Any]], columns: list[str]) -> list[list[Any]]:
        rows[0][columns.index("version")] = "1"
        return rows

    rewritten(entries, manifest, "post", text_for_a_number)


def forged_state(entries: Entries, manifest: Any) -> None:
    def unknown(rows: list[list[Any]], columns: list[str]) -> list[list[Any]]:
        rows[0][columns.index("state")] = "asleep"
        return rows

    rewritten(entries, manifest, "person", unknown)


def forged_time(entries: Entries, manifest: Any) -> None:
    def unknown(rows: list[list[Any]], columns: list[str]) -> list[list[Any]]:
        rows[0][columns.index("created_at")] = "2026-13-41T25:61:00.000000Z"
        return rows

    rewritten(entries, manifest, "post", unknown)


CHANGES: dict[Change, str] = {
    other_text: "not what its manifest says",
    lost_row: "not what its manifest says",
    row_twice: "not what its manifest says",
    lost_table: "tables are missing",
    lost_entry: "entries are not those",
    more_entries: "entries are not those",
    strange_table: "was changed|tables are missing",
    strange_column: "is not that of schema",
    newer_schema: "Update Tenfour first",
    newer_format: "newer Tenfour",
    other_product: "no backup of Tenfour",
    forged_reference: "refer to nothing",
    forged_hole: "it is not true that",
    forged_kind: "is no int",
    forged_state: "cannot be filled",
    forged_time: "is no time",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_backup_is_refused_in_words_and_nothing_is_left(
    good: Path, target: Target, change: Change, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert target.restore(changed(good, change, tmp_path / "changed.zip")) == 2
    said = capsys.readouterr().err
    assert said.startswith("Nothing was restored. ")
    assert any(words in said for words in CHANGES[change].split("|")), said
    assert target.is_empty


def test_a_backup_that_was_cut_off_anywhere_is_refused(good: Path, tmp_path: Path) -> None:
    content, dice, target = good.read_bytes(), random.Random(7), Target(tmp_path / "target", "")
    for length in [0, 1, 22, len(content) - 1, *(dice.randrange(len(content)) for _ in range(20))]:
        (tmp_path / "cut.zip").write_bytes(content[:length])
        assert target.restore(tmp_path / "cut.zip") == 2
    assert target.is_empty


def test_a_backup_in_which_any_bit_fell_over_is_refused_or_the_same(good: Path, tmp_path: Path) -> None:
    content, dice = good.read_bytes(), random.Random(8)
    whole = entries_of(good)
    for at in [dice.randrange(len(content)) for _ in range(40)]:
        (tmp_path / "bit.zip").write_bytes(content[:at] + bytes([content[at] ^ 16]) + content[at + 1 :])
        target = Target(tmp_path / f"target{at}", "")
        if target.restore(tmp_path / "bit.zip") == 2:
            assert target.is_empty
        else:  # a bit of the zip that means nothing, a date or an attribute
            assert entries_of(tmp_path / "bit.zip") == whole


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + b"\0" * 18, b"\0" * 100_000])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    target = Target(tmp_path / "target", "")
    assert target.restore(tmp_path / "x.zip") == target.restore(tmp_path / "missing.zip") == 2
    assert target.is_empty


def test_only_the_backup_of_this_fingerprint_is_taken(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fingerprint = hashlib.sha256(entries_of(good)[MANIFEST]).hexdigest()
    target = Target(tmp_path / "target", "")
    assert target.restore(good, "--fingerprint", "0" * 64) == 2
    assert fingerprint in capsys.readouterr().err
    assert target.restore(good, "--fingerprint", fingerprint.upper()) == 0


def test_a_target_that_holds_something_is_refused_and_keeps_it(
    good: Path, target: Target, capsys: pytest.CaptureFixture[str]
) -> None:
    assert target.restore(good) == 0
    before = target.contents()
    capsys.readouterr()
    assert target.restore(good) == 2
    assert "Nothing was restored." in capsys.readouterr().err
    assert target.contents() == before


def test_beside_a_running_server_nothing_is_restored(good: Path, tmp_path: Path) -> None:
    company = open_company(Settings(data=tmp_path))
    try:
        assert main(["restore", str(good), "--data", str(tmp_path)]) == 2
    finally:
        company.db.close()


KILLED = """
import os, signal, sys
from server.__main__ import main
from server.backup import load
load._check = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""


def test_a_restore_killed_at_its_end_leaves_an_empty_target_that_can_be_filled(
    good: Path, target: Target
) -> None:
    words = ["restore", str(good), "--data", str(target.data)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *words], check=False, env={**os.environ})
    assert killed.returncode == -9
    assert not (target.data / DATABASE_FILE).exists()
    assert target.restore(good) == 0
    assert len(target.contents()["person"]) == 26


def only(places: list[int], rows: list[list[Any]], columns: list[str]) -> list[list[Any]]:
    return [[row[at] for at in places] for row in rows]


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    good: Path, target: Target, tmp_path: Path
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        new_file(Path(folder) / "old.sqlite3") as engine,
        engine.begin() as conn,
    ):
        upgrade(conn, FIRST_SCHEMA)
        known = {
            table: {column["name"] for column in inspect(conn).get_columns(table)}
            for table in inspect(conn).get_table_names()
        }

    def as_it_was(entries: Entries, manifest: Any) -> None:
        for part in list(manifest["tables"]):
            if part["name"] not in known:
                manifest["tables"].remove(part)
                del entries[f"tables/{part['name']}.jsonl"]
                continue
            kept = [at for at, one in enumerate(part["columns"]) if one["name"] in known[part["name"]]]
            rewritten(entries, manifest, part["name"], partial(only, kept))
            part["columns"] = [part["columns"][at] for at in kept]
        manifest["schema"] = FIRST_SCHEMA

    assert target.restore(changed(good, as_it_was, tmp_path / "old.zip")) == 0
    contents = target.contents()
    assert len(contents["person"]) == 26
    assert [row[2] for row in contents["audit_entry"]] == ["backup.restored"]
