"""Setting up: the printed link leads in once, whoever presses first; the boss reads all; nobody has a default password (W33)."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from feed.log.models import LogTemplate
from server.audit.models import AuditEntry
from server.config.settings import Settings
from server.opening import open_company
from server.org.models import Person
from server.setup import links
from server.setup.models import SetupLink
from tests.house import House, serve
from tests.server.api.wire import Reply, ask
from tests.server.auth.door import JSON, cookie_of, knock, who
from tests.servers import PostgresServer, create_database, drop_database, free_port

PASSWORD = "correct horse 4"


@pytest.fixture(params=["sqlite", "postgresql"])
def nobody(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Settings of a company that nobody is in."""
    if request.param == "sqlite":
        yield Settings(data=tmp_path, port=free_port(), test_clock=True)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"nobody_{free_port()}"
    url = create_database(server, name)
    yield Settings(data=tmp_path, port=free_port(), test_clock=True, database_url=url)
    drop_database(server, name)


@pytest.fixture
async def house(nobody: Settings) -> AsyncIterator[House]:
    async with serve(nobody) as served:
        yield served


async def printed(house: House) -> str:
    """The token of the link that a start prints."""
    return (await house.company.write(links.fresh)).value


def answers(**other: object) -> dict[str, object]:
    return {
        "company": "新航科技",
        "language": "zh-Hans",
        "time_zone": "Asia/Shanghai",
        "name": "李敏",
        "login": "138 0000 1111",
        "password": PASSWORD,
        "boss": None,
        **other,
    }


async def set_up(house: House, token: str, **other: object) -> Reply:
    body = json.dumps(answers(**other)).encode()
    return await ask(house, "POST", f"/api/setup/{token}", [JSON], body)


async def look(house: House, token: str) -> Reply:
    return await ask(house, "GET", f"/api/setup/{token}")


async def people(house: House) -> list[Any]:
    return await house.company.read(lambda c: list(c.execute(select(Person.__table__).order_by(Person.id))))


async def test_the_printed_link_founds_the_company_and_signs_its_administrator_in(house: House) -> None:
    token = await printed(house)
    assert len(token) >= 43
    shown = await look(house, token)
    assert shown.json() == {"language": "zh-Hans", "time_zone": "Asia/Shanghai", "mail": False}
    done = await set_up(house, token, language="en", time_zone="Europe/Berlin")
    assert done.status == 200
    assert done.json()["boss"] is None
    me = (await who(house, cookie_of(done))).json()
    assert me["company"] == {
        "name": "新航科技",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "watermark": False,
    }
    assert (me["person"]["name"], me["person"]["phone"], me["language"]) == ("李敏", "13800001111", "en")
    assert me["capabilities"]["people.import"] == ["all"]
    assert me["capabilities"]["receipts.read"] == ["all"]
    assert (await knock(house, "13800001111", PASSWORD)).status == 200
    entries = await house.company.read(lambda c: c.execute(select(AuditEntry.act)).scalars().all())
    assert "company.set_up" in entries


async def test_the_link_works_once_and_is_gone_when_somebody_is_there(house: House) -> None:
    token = await printed(house)
    assert (await set_up(house, token)).status == 200
    for again in (await set_up(house, token, login="other@example.com"), await look(house, token)):
        assert (again.status, again.json()["code"], again.json()["reason"]) == (409, "wrong_state", "set_up")
        assert again.json()["next_step"] == "sign_in"
    assert len(await people(house)) == 1


async def test_of_two_who_press_at_once_one_founds_the_company(house: House) -> None:
    token = await printed(house)
    replies = await asyncio.gather(*[set_up(house, token, login=f"p{n}@example.com") for n in range(4)])
    assert sorted(reply.status for reply in replies) == [200, 409, 409, 409]
    assert {reply.json()["code"] for reply in replies if reply.status == 409} == {"wrong_state"}
    assert len(await people(house)) == 1


async def test_another_start_prints_another_link_and_the_older_is_dead(house: House) -> None:
    old, new = await printed(house), await printed(house)
    for token in (old, "made-up", "%20"):
        for reply in (await look(house, token), await set_up(house, token)):
            assert (reply.status, reply.json()["code"]) == (404, "not_found")
    stored = await house.company.read(lambda c: c.execute(select(SetupLink.__table__)).all())
    assert len(stored) == 1
    assert new not in repr(stored)
    assert (await set_up(house, new)).status == 200


async def test_a_boss_who_is_another_person_gets_a_link_and_reads_all(house: House) -> None:
    done = await set_up(house, await printed(house), boss={"name": "王总", "login": "boss@example.com"})
    link = done.json()["boss"]["link"]
    assert link.startswith(f"{house.settings.public_url}/join/")
    assert not done.json()["boss"]["mailed"]
    assert "receipts.read" not in done.json()["me"]["capabilities"]
    shown = (await ask(house, "GET", f"/api/invitations/{link.rpartition('/')[2]}")).json()
    assert shown == {"name": "王总", "company": "新航科技", "login": "boss@example.com"}
    body = json.dumps({"password": "another good 5"}).encode()
    entered = await ask(house, "POST", f"/api/invitations/{link.rpartition('/')[2]}", [JSON], body)
    assert entered.json()["capabilities"]["receipts.read"] == ["all"]


REFUSED = {
    "company": ("", "required"), "name": ("​", "required"), "login": ("a@b", "email_invalid"),
    "password": ("short 7", "too_short"), "time_zone": ("Mars/Olympus", "choice"), "language": ("de", "choice"),
}  # fmt: skip


async def test_a_wrong_field_is_named_and_the_link_goes_on_working(house: House) -> None:
    token = await printed(house)
    for field, (value, code) in REFUSED.items():
        refused = await set_up(house, token, **{field: value})
        error = refused.json()["errors"][0]
        assert (refused.status, error["field"], error["code"]) == (422, field, code)
    same = await set_up(house, token, boss={"name": "李敏", "login": "13800001111"})
    assert (same.status, same.json()["errors"][0]["field"]) == (422, "boss.login")
    odd = await set_up(house, token, boss={"name": "", "login": "x"})
    assert odd.json()["errors"][0]["field"] == "boss.name"
    assert await people(house) == []
    assert (await set_up(house, token)).status == 200


def test_a_start_prints_the_link_only_while_nobody_is_there(sqlite_demo: Path, tmp_path: Path) -> None:
    empty = open_company(Settings(data=tmp_path / "empty", port=free_port()))
    try:
        said = links.standing(empty)
        assert f"{empty.settings.public_url}/setup/" in said
        assert links.standing(empty) != said
    finally:
        empty.db.close()
    (tmp_path / sqlite_demo.name).write_bytes(sqlite_demo.read_bytes())
    company = open_company(Settings(data=tmp_path, port=free_port()))
    try:
        assert links.standing(company) == ""
    finally:
        company.db.close()


async def test_the_guided_start_counts_what_is_there(house: House) -> None:
    done = await set_up(house, await printed(house), boss={"name": "王总", "login": "boss@example.com"})
    headers = [("Cookie", cookie_of(done))]

    async def start() -> Any:
        return (await ask(house, "GET", "/api/start", headers)).json()

    nothing = {"colleagues": 0, "invited": 0, "joined": 0, "dismissed": False}
    assert await start() == nothing  # the boss is no step of it
    key = ("Idempotency-Key", "first")
    invited = await ask(
        house,
        "POST",
        "/api/people",
        [*headers, JSON, key],
        json.dumps({"name": "张伟", "phone": "13900001234"}).encode(),
    )
    assert await start() == {**nothing, "colleagues": 1, "invited": 1}
    token = invited.json()["invitation"]["link"].rpartition("/")[2]
    await ask(house, "POST", f"/api/invitations/{token}", [JSON], json.dumps({"password": PASSWORD}).encode())
    assert (await start())["joined"] == 1
    for _ in range(2):
        put_away = await ask(house, "PUT", "/api/start/dismissal", [*headers, JSON], b"{}")
        assert put_away.status == 204
    assert (await start())["dismissed"] is True


async def test_a_new_company_has_work_log_templates_in_its_own_language(house: House) -> None:
    names = select(LogTemplate.name).order_by(LogTemplate.id)
    assert await house.company.read(lambda conn: conn.execute(names).all()) == []
    assert (await set_up(house, await printed(house), language="en")).status == 200
    found = await house.company.read(lambda conn: list(conn.execute(names).scalars()))
    assert found == ["Daily log", "Weekly log", "Monthly log"]
