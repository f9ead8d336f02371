"""A company moves into the other database and back, whole; while somebody is served it refuses and leaves everything as it was."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from server.config.settings import Settings
from server.opening import DATABASE_FILE
from tests.chat.talk import fresh
from tests.house import House, serve, sqlite_settings
from tests.server.operating.backups import everything, say
from tests.servers import PostgresServer, create_database, drop_database, free_port


@pytest.fixture
def embedded(sqlite_demo: Path, tmp_path: Path) -> Settings:
    return sqlite_settings(tmp_path / "company", sqlite_demo)


@pytest.fixture
def scaled(embedded: Settings, postgres: PostgresServer) -> Iterator[Settings]:
    """The same company's settings with an empty PostgreSQL database."""
    name = f"moved_{free_port()}"
    yield replace(embedded, database_url=create_database(postgres, name))
    drop_database(postgres, name)


async def say_something(house: House, text: str) -> int:
    author = await house.sign_in("1004")
    talk = (await author.post("/api/conversations", {"kind": "direct", "people": [9]}))["id"]
    await author.post(f"/api/conversations/{talk}/messages", {"client_id": fresh(), "text": text})
    return int(talk)


async def said(house: House, talk: int) -> list[str]:
    author = await house.sign_in("1004")
    page = await author.get(f"/api/conversations/{talk}/messages")
    return [one["text"] for one in page["items"] if one["kind"] == "text"]


async def test_a_company_moves_to_postgresql_and_back_and_goes_on(
    embedded: Settings, scaled: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serve(embedded) as house:
        talk = await say_something(house, "在 SQLite 里说的")
        before = (await house.company.read(everything))["message"]
    assert await say(embedded, monkeypatch, "admin", "move", "--to", scaled.database_url) == 0
    assert "every table was read again and compared" in capsys.readouterr().out
    assert not (embedded.data / DATABASE_FILE).exists()
    assert len(list(embedded.data.glob("tenfour.moved-*.sqlite3"))) == 1

    async with serve(scaled) as house:
        assert (await house.company.read(everything))["message"] == before
        await say_something(house, "在 PostgreSQL 里说的")
    assert await say(scaled, monkeypatch, "admin", "move", "--to", "embedded") == 0
    async with serve(embedded) as house:
        assert await said(house, talk) == ["在 SQLite 里说的", "在 PostgreSQL 里说的"]
        assert await say_something(house, "又回来了") == talk


async def test_while_it_is_served_a_company_stays_where_it_is(
    house: House,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = f"other_{free_port()}"
    to = "embedded" if house.settings.database_url else create_database(postgres, name)
    assert await say(house.settings, monkeypatch, "admin", "move", "--to", to) == 2
    assert "A server runs on this data folder. Stop it first." in capsys.readouterr().err
    if house.settings.database_url:  # a server that another machine runs
        await asyncio.to_thread((house.settings.data / "admin.sock").unlink)
        assert await say(house.settings, monkeypatch, "admin", "move", "--to", to) == 2
        assert "connected to the old database" in capsys.readouterr().err
    assert await say_something(house, "还在") > 0
    drop_database(postgres, name)


async def test_a_move_over_something_or_to_nowhere_is_refused_in_words(
    embedded: Settings,
    postgres: PostgresServer,
    postgres_demo: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = f"full_{free_port()}"
    full = create_database(postgres, name, postgres_demo)
    for to, words in (
        (full, "The target is not empty"),
        ("embedded", "The company is there already."),
        ("mysql://x/y", "--to takes the address of a PostgreSQL database, or `embedded`."),
        (postgres.url_of("nowhere"), "cannot be filled"),
    ):
        assert await say(embedded, monkeypatch, "admin", "move", "--to", to) == 2, to
        assert words in capsys.readouterr().err, to
        assert (embedded.data / DATABASE_FILE).exists()
    drop_database(postgres, name)
