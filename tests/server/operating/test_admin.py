"""`tenfour admin …` goes through the running server, or works by itself where none runs; it never becomes a second writer."""

import asyncio
import json
import os
import socket
import stat
from pathlib import Path

import pytest
from sqlalchemy import delete

from server.__main__ import main
from server.background.reactions import catch_up
from server.config.settings import Settings
from server.opening import open_company
from server.operating import door
from server.search.models import SearchEntry
from tests.feed.board import publish
from tests.house import House
from tests.server.api.people import enter
from tests.server.api.samples import day_from_now, tomorrow
from tests.server.realtime.crowd import eventually, hub_of, last_word


async def run(house: House, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The command line on another thread, as another process would say it."""
    settings = house.settings
    monkeypatch.setenv("TENFOUR_DATABASE_URL", settings.database_url)
    return await asyncio.to_thread(main, ["admin", *words, "--data", str(settings.data)])


def create(name: str, login: str) -> list[str]:
    return ["create", "--name", name, "--login", login]


async def test_a_new_administrator_is_made_by_the_running_server(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(house, monkeypatch, *create("方圆", "fangyuan@tenfour.cn")) == 0
    token = capsys.readouterr().out.strip().rpartition("/")[2]
    invited = await house.anonymous().get(f"/api/invitations/{token}")
    assert (invited["name"], invited["login"]) == ("方圆", "fangyuan@tenfour.cn")


async def test_the_servers_refusal_is_printed_in_its_words(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(house, monkeypatch, *create("李敏", "1002")) == 2
    assert capsys.readouterr().err == "Somebody already signs in as 1002.\n"


async def test_a_forgotten_password_is_set_anew_through_a_printed_link(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(house, monkeypatch, "reset-password", "--login", "1004") == 0
    token = capsys.readouterr().out.strip().rpartition("/")[2]
    body = {"password": "ein neues Passwort 7"}
    anybody = house.anonymous().http
    assert (await anybody.post(f"/api/password-resets/{token}", json=body)).status_code == 204
    assert (await anybody.post(f"/api/password-resets/{token}", json=body)).status_code == 409
    assert (await house.sign_in("1004", body["password"])).id
    assert await run(house, monkeypatch, "reset-password", "--login", "nobody@tenfour.cn") == 2
    assert capsys.readouterr().err == "Nobody signs in as nobody@tenfour.cn.\n"


async def test_who_has_no_password_yet_gets_a_fresh_invitation(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(house, monkeypatch, *create("方圆", "fangyuan@tenfour.cn")) == 0
    lost = capsys.readouterr().out.strip().rpartition("/")[2]
    assert await run(house, monkeypatch, "reset-password", "--login", "fangyuan@tenfour.cn") == 0
    fresh = capsys.readouterr().out.strip().rpartition("/")[2]
    assert (await house.anonymous().http.get(f"/api/invitations/{lost}")).status_code == 404
    assert (await house.anonymous().get(f"/api/invitations/{fresh}"))["name"] == "方圆"


async def test_who_has_left_is_cut_off_from_the_command_line_and_let_in_again(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no administrator can press the button. The only one who can edit roles stays."""
    someone, boss = await enter(house, "1005"), await enter(house, "1001")
    given = {"deputy_id": boss.id, "kinds": ["todos"], "from_day": day_from_now(1)}
    await someone.post(f"/api/people/{someone.id}/delegations", given)
    words = ["--login", "1005", "--reports", "up", "--reason", "合同到期"]
    async with someone.live() as live, boss.live() as other:
        assert await run(house, monkeypatch, "disable", *words) == 0
        assert await last_word(live) == 4401
        left = await other.event("person.left", id=someone.id)
        assert left["changes"][0]["data"]["state"] == "left"
        ended = await other.event("delegation.ended")
        assert ended["changes"][0]["data"]["is_ended"] is True
    assert (await someone.http.get("/api/me")).status_code == 401
    assert await run(house, monkeypatch, "disable", *words) == 2
    assert await run(house, monkeypatch, "disable", *words[:3], "sideways") == 2
    assert await run(house, monkeypatch, "disable", "--login", "nobody", *words[2:]) == 2
    refusals = capsys.readouterr().err.splitlines()
    assert refusals == [
        "This person has left already.",
        "Say --reports up, or --reports keep.",
        "Nobody signs in as nobody.",
    ]

    assert await run(house, monkeypatch, "enable", "--login", "1005") == 0
    assert await run(house, monkeypatch, "enable", "--login", "1005") == 2
    assert (await (await enter(house, "1005")).get("/api/me"))["person"]["state"] == "active"
    kept = (await boss.get("/api/audit", limit=20))["items"]
    said = {(one["act"], one["device"], one["actor_id"]) for one in kept if one["object"]["id"] == someone.id}
    assert {("person.left", "command line", None), ("person.returned", "command line", None)} <= said
    assert next(one["reason"] for one in kept if one["act"] == "person.left") == "合同到期"


async def test_only_the_servers_own_user_may_open_the_socket(house: House) -> None:
    mode = (house.settings.data / door.NAME).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[1]\n",
        b"\xff\xfe\n",
        b'{"act": "create", "args": {}}\n',
        b'{"act": "format-disk", "args": {}}\n',
        b"x" * (door.MAX_LINE * 2),
    ],
)
async def test_nonsense_on_the_socket_changes_nothing_and_the_next_question_is_answered(
    house: House, line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def talk() -> bytes:
        with socket.socket(socket.AF_UNIX) as said, door._short(house.settings.data) as address:
            said.settimeout(10)
            said.connect(address)
            try:
                said.sendall(line)
                said.shutdown(socket.SHUT_WR)
                return said.recv(4096)
            except OSError:
                return b""

    answer = await asyncio.to_thread(talk)
    assert not answer or json.loads(answer)["ok"] is False
    assert await run(house, monkeypatch, *create("方圆", "fangyuan@tenfour.cn")) == 0


async def test_a_new_epoch_starts_every_open_client_afresh(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await house.sign_in("1004"), await house.sign_in("1005")
    hub = hub_of(house)
    cursor = (await other.bootstrap())["cursor"]
    waiting = asyncio.create_task(other.get("/api/events", cursor=cursor, wait=10))
    async with one.live() as live:
        before = live.cursor
        await eventually(lambda: bool(hub.sockets.get(other.id)))
        assert await run(house, monkeypatch, "new-epoch") == 0
        await live.until(lambda frame: frame["op"] == "resync")
        assert (await live.hello(before))["outcome"] == "reset"
        polled = await waiting
        assert polled["outcome"] == "reset"
        assert polled["cursor"].partition("-")[0] == live.cursor.partition("-")[0] != before.partition("-")[0]


def test_without_a_server_the_command_works_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / door.NAME).touch()  # what a killed server left
    assert main(["admin", *create("方圆", "fangyuan"), "--data", str(tmp_path)]) == 0
    assert "/join/" in capsys.readouterr().out
    assert main(["admin", *create("方圆", "fangyuan"), "--data", str(tmp_path)]) == 2


def test_beside_a_server_that_does_not_listen_the_command_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = open_company(Settings(data=tmp_path))
    try:
        assert main(["admin", *create("方圆", "fangyuan"), "--data", str(tmp_path)]) == 2
        assert "Another Tenfour server is using" in capsys.readouterr().err
    finally:
        company.db.close()


async def test_a_folder_with_a_long_name_has_its_socket_too(tmp_path: Path) -> None:
    folder = tmp_path / ("很长的名字" * 12)
    company = open_company(Settings(data=folder))
    await company.start()
    listening = door.AdminDoor(company)
    await listening.open()
    try:
        assert len(os.fsencode(folder)) > 108
        said = await asyncio.to_thread(
            door.ask, folder, "create", {"name": "方圆", "login": "fangyuan@tenfour.cn"}
        )
        assert "/join/" in said
    finally:
        await listening.close()
        await company.stop()
    assert not (folder / door.NAME).exists()


async def test_the_search_index_is_built_anew_beside_the_running_server(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    author = await enter(house, "1004")
    post = await publish(author, {"everyone": True}, text="返点政策")
    await catch_up(house.company)
    await house.company.write(lambda work: work.conn.execute(delete(SearchEntry)))

    async def found() -> list[int]:
        return [hit["id"] for hit in (await author.get("/api/search", q="返点", kind="post"))["items"]]

    assert await found() == []
    assert await run(house, monkeypatch, "rebuild-search") == 0
    assert capsys.readouterr().out.startswith("Queued: ")
    # The clock's route waits for what is due.
    await author.put("/api/test/clock", {"now": tomorrow()})
    assert await found() == [post]
