"""Files are copied beside a backup, put back with it, and compared with their fingerprints: none is lost unnoticed (SEC-08)."""

from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main
from tests.house import Client, House
from tests.server.api.people import SELLER, enter
from tests.server.files.sending import MP4, picture, upload
from tests.server.operating.backups import say
from tests.servers import free_port


async def attached(someone: Client) -> dict[str, bytes]:
    """Three files that hang on a share: name → content as it is given out."""
    given = {"photo.jpg": picture(), "clip.mp4": MP4, "说明.txt": "收到".encode()}
    files = [(await upload(someone, name, data))["id"] for name, data in given.items()]
    body = {"kind": "share", "text": "见附件", "audience": {"everyone": True}, "files": files}
    await someone.post("/api/posts", body)
    return {
        name: (await someone.http.get(f"/api/files/{one}/content")).content
        for name, one in zip(given, files, strict=True)
    }


def places(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("??/??/*"))}


async def test_a_backup_copies_every_file_and_a_restore_puts_it_back(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = await attached(await enter(house, SELLER))
    assert await say(house.settings, monkeypatch, "backup", "--to", str(tmp_path / "led.zip")) == 0
    assert "Its 3 files" in capsys.readouterr().out
    copies, backup = tmp_path / "copies", tmp_path / "whole.zip"
    for name in ("first.zip", "whole.zip"):
        words = ["backup", "--to", str(tmp_path / name), "--files", str(copies)]
        assert await say(house.settings, monkeypatch, *words) == 0
        assert "all its 3 files" in capsys.readouterr().out
    own = places(house.settings.data / "files")
    assert places(copies) == own
    assert set(content.values()) <= set(own.values())

    target = tmp_path / "target"
    monkeypatch.setenv("TENFOUR_DATABASE_URL", "")
    assert main(["restore", str(backup), "--data", str(target), "--files", str(copies)]) == 0
    assert "All its 3 files are there" in capsys.readouterr().out
    assert places(target / "files") == own
    check = ["check", "--all-files", "--data", str(target), "--port", str(free_port())]
    main(check)
    assert "3 files are there in full length; of their fingerprints all were read" in capsys.readouterr().out


async def test_what_is_missing_cut_or_changed_is_said_by_all_three(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def said(*words: str) -> tuple[int, str]:
        status = await say(house.settings, monkeypatch, *words)
        told: Any = capsys.readouterr()
        return status, told.out + told.err

    await attached(await enter(house, SELLER))
    copies = tmp_path / "copies"
    assert (await said("backup", "--to", str(tmp_path / "good.zip"), "--files", str(copies)))[0] == 0
    film, note = (
        next(path for path in (house.settings.data / "files").glob("??/??/*") if path.read_bytes() == data)
        for data in (MP4, "收到".encode())
    )
    film.write_bytes(MP4[:-1] + b"x")
    note.write_bytes(b"x")
    thumb = next((house.settings.data / "files").glob("??/??/*-thumb"))
    thumb.unlink()
    status, told = await said("check", "--all-files")
    assert status == 1
    for what in ("3 are not what they were", "1 missing", "1 cut", "1 changed", film.name, note.name):
        assert what in told, told
    status, told = await said("backup", "--to", str(tmp_path / "bad.zip"), "--files", str(tmp_path / "other"))
    assert (status, "3 are not what they were" in told) == (2, True)
    assert len([path for path in (tmp_path / "other").rglob("*") if path.is_file()]) < 5

    monkeypatch.setenv("TENFOUR_DATABASE_URL", "")
    bare = ["restore", str(tmp_path / "good.zip"), "--data", str(tmp_path / "bare")]
    assert main(bare) == 0
    assert "Of its 3 files, 3 are not what they were: 3 missing" in capsys.readouterr().out
    (copies / film.relative_to(house.settings.data / "files")).write_bytes(b"not the film")
    some = ["restore", str(tmp_path / "good.zip"), "--data", str(tmp_path / "some"), "--files", str(copies)]
    assert main(some) == 0
    assert "1 are not what they were: 1 cut" in capsys.readouterr().out
