"""Backups made, changed by hand and put back, for the tests beside this file."""

import asyncio
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from server.__main__ import main
from server.background.reactions import catch_up
from server.backup.archive import MANIFEST
from server.backup.dump import kept_tables
from server.config.settings import Settings
from tests.house import House

Entries = dict[str, bytes]


def entries_of(backup: Path) -> Entries:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(backup: Path, change: Callable[[Entries, Any], None], to: Path) -> Path:
    """A copy in which `change` was let loose on the entries and the manifest."""
    entries = entries_of(backup)
    manifest = msgspec.json.decode(entries.pop(MANIFEST))
    change(entries, manifest)
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))
    return to


def rewritten(
    entries: Entries, manifest: Any, table: str, rows: Callable[[list[list[Any]], list[str]], list[list[Any]]]
) -> None:
    """Other rows in one table, with a manifest that agrees: what a forger would do."""
    part = next(one for one in manifest["tables"] if one["name"] == table)
    name = f"tables/{table}.jsonl"
    columns = [column["name"] for column in part["columns"]]
    found = rows([msgspec.json.decode(line) for line in entries[name].splitlines()], columns)
    content = b"".join(msgspec.json.encode(row) + b"\n" for row in found)
    entries[name] = content
    part.update(rows=len(found), bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def everything(conn: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as the product reads them."""
    return {
        table.name: [
            tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key.columns)).all()
        ]
        for table in kept_tables()
    }


def place(settings: Settings) -> list[str]:
    return ["--data", str(settings.data)]


async def say(settings: Settings, monkeypatch: Any, *words: str) -> int:
    """The command line beside the running server, on a thread of its own."""
    monkeypatch.setenv("TENFOUR_DATABASE_URL", settings.database_url)
    return await asyncio.to_thread(main, [*words, *place(settings)])


async def backed_up_in_quiet(house: House, folder: Path, monkeypatch: Any) -> tuple[Any, Path]:
    """Everything, and a backup of exactly that: taken again while something in the background still moved."""
    for at in range(50):
        # A restored company would go on with what reactions had still before them.
        await catch_up(house.company)
        before = await house.company.read(everything)
        file = await backed_up(house, folder / f"{at}.zip", monkeypatch)
        if before == await house.company.read(everything):
            return before, file
    raise AssertionError("the company never stood still")


async def backed_up(house: House, to: Path, monkeypatch: Any) -> Path:
    assert await say(house.settings, monkeypatch, "backup", "--to", str(to)) == 0
    return to
