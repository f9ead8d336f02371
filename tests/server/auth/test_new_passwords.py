"""New passwords: by mail, by an administrator's link, by oneself; once, and every other device is signed out."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.audit.models import AuditEntry
from server.auth import own_password, resets
from server.auth.models import PasswordReset
from server.config.settings import Settings
from server.demo.people import PASSWORD
from server.mail.models import Mail
from tests.house import House, serve
from tests.server.api.people import enter, person_id
from tests.server.api.wire import Reply, ask
from tests.server.auth.door import JSON, RealTime, cookie_of, knock, who
from tests.server.mail.sink import Sink, link_in

NEW = "correct horse 4"


@pytest.fixture(scope="module")
async def sink(shared_settings: Settings) -> AsyncIterator[Sink]:
    """One for each database: what was sent from the other is not in it."""
    made = Sink()
    await made.open()
    yield made
    await made.close()


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings, sink: Sink) -> AsyncIterator[House]:
    settings = dataclasses.replace(shared_settings, smtp_url=sink.url, mail_from="tenfour@example.com")
    async with serve(settings) as house:
        yield house


async def forgot(house: House, login: str, source: str = "127.0.0.1") -> Reply:
    body = json.dumps({"login": login}).encode()
    return await ask(house, "POST", "/api/password-resets", [JSON], body, source)


async def set_new(house: House, token: str, password: str = NEW) -> Reply:
    body = json.dumps({"password": password}).encode()
    return await ask(house, "POST", f"/api/password-resets/{token}", [JSON], body)


async def link_by(house: House, number: str, by: str = "1002") -> str:
    """The token of a link that an administrator made for this person."""
    made = await (await enter(house, by)).post(f"/api/people/{await person_id(house, number)}/password-reset")
    assert made["link"].startswith(f"{house.settings.public_url}/reset/")
    return str(made["link"].rpartition("/")[2])


async def audited(house: House, act: str) -> list[Any]:
    query = select(AuditEntry.__table__).where(AuditEntry.act == act).order_by(AuditEntry.id)
    return await house.company.read(lambda conn: list(conn.execute(query)))


async def test_who_forgot_gets_a_link_by_mail_that_works_once(shared: House, sink: Sink) -> None:
    me = await enter(shared, "1005")
    address = me.me["person"]["email"]
    assert (await forgot(shared, "1005")).json() == {"by_mail": True}
    token = link_in(await sink.mail_to(address)).rpartition("/reset/")[2]
    assert (await ask(shared, "GET", f"/api/password-resets/{token}")).json() == {
        "name": me.me["person"]["name"],
        "company": "远桥科技 Farbridge",
    }
    async with me.live() as live:
        assert (await set_new(shared, token)).status == 204
        await asyncio.wait_for(live.connection.wait_closed(), 10)
        assert live.connection.close_code == 4401
    assert (await me.http.get("/api/me")).status_code == 401
    assert (await knock(shared, "1005", PASSWORD, source="127.0.7.1")).status == 401
    assert (await knock(shared, "1005", NEW, source="127.0.7.1")).status == 200
    for again in (
        await set_new(shared, token, "another good 5"),
        await ask(shared, "GET", f"/api/password-resets/{token}"),
    ):
        assert (again.status, again.json()["reason"], again.json()["next_step"]) == (
            409,
            "link_used",
            "sign_in",
        )
    [entry] = [one for one in await audited(shared, "password.changed") if one.object_id == me.id]
    assert json.loads(entry.details)["by"] == "link"


async def test_the_answer_is_the_same_for_who_is_not_here(shared: House, sink: Sink) -> None:
    before = len(sink.accepted)
    replies = [
        await forgot(shared, login, "127.0.7.2") for login in ("1006", "no-such-name", "nobody@example.com")
    ]
    assert len({(reply.status, reply.body) for reply in replies}) == 1
    assert replies[0].status == 202
    assert {name for reply in replies for name, _ in reply.headers} == {
        name for name, _ in replies[0].headers
    }
    await sink.mail_to((await enter(shared, "1006")).me["person"]["email"])
    assert len(sink.accepted) == before + 1


async def test_nobodys_mailbox_is_filled_and_an_address_is_slowed(shared: House, sink: Sink) -> None:
    address = (await enter(shared, "1007")).me["person"]["email"]
    for number in range(3):
        assert (await forgot(shared, "1007", f"127.0.8.{number + 1}")).status == 202
    await sink.mail_to(address)
    waiting = select(Mail.id).where(Mail.address == address)
    assert len(await shared.company.read(lambda c: c.execute(waiting).all())) == 1
    statuses = [(await forgot(shared, "1007", "127.0.8.9")).status for _ in range(6)]
    assert statuses[-1] == 429


async def test_without_a_mail_server_the_page_says_to_ask_the_administrator(house: House) -> None:
    assert (await ask(house, "GET", "/api/password-resets")).json() == {"by_mail": False}
    assert (await forgot(house, "1005")).json() == {"by_mail": False}
    assert await house.company.read(lambda conn: conn.execute(select(PasswordReset.id)).all()) == []


async def test_an_administrators_link_is_told_once_and_kept_as_a_hash(shared: House) -> None:
    old, token = await link_by(shared, "1008"), await link_by(shared, "1008")
    rows = await shared.company.read(lambda c: c.execute(select(PasswordReset.__table__)).all())
    assert token not in repr(rows)
    assert len(token) >= 43
    assert (await set_new(shared, old)).json()["code"] == "not_found"
    weak = await set_new(shared, token, "1234")
    assert (weak.status, weak.json()["errors"][0]["code"]) == (422, "too_short")
    assert (await set_new(shared, token)).status == 204
    entry = (await audited(shared, "password.reset_link_made"))[-1]
    assert (entry.object_id, entry.actor_id) == (
        await person_id(shared, "1008"),
        await person_id(shared, "1002"),
    )
    assert token not in entry.details
    assert entry.address == "127.0.0.1"


async def test_of_two_who_use_a_link_at_once_one_sets_the_password(shared: House) -> None:
    token = await link_by(shared, "1009")
    replies = await asyncio.gather(*[set_new(shared, token, f"password of {n}") for n in range(4)])
    assert sorted(reply.status for reply in replies) == [204, 409, 409, 409]
    winner = [reply.status for reply in replies].index(204)
    assert (await knock(shared, "1009", f"password of {winner}", source="127.0.7.3")).status == 200


async def test_a_link_expires_after_a_day(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await link_by(shared, "1010")
    time = RealTime(monkeypatch)
    for user in (resets, own_password):
        monkeypatch.setattr(user, "real_now", time.now)
    time.offset = timedelta(hours=24, seconds=1)
    assert (await set_new(shared, token)).json()["reason"] == "link_expired"
    time.offset = timedelta(hours=23)
    assert (await set_new(shared, token)).status == 204


async def test_only_who_may_makes_links_and_only_for_who_has_a_password(shared: House) -> None:
    target = await person_id(shared, "1011")
    for number in ("1003", "1004", "1005"):
        refused = await (await enter(shared, number)).try_post(f"/api/people/{target}/password-reset")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    administrator = await enter(shared, "1002")
    assert (await administrator.try_post("/api/people/99999/password-reset")).status_code == 404
    invited = await administrator.post("/api/people", {"name": "新人", "staff_number": "N-77"})
    refused = await administrator.try_post(f"/api/people/{invited['person']['id']}/password-reset")
    assert (refused.status_code, refused.json()["reason"]) == (409, "person_invited")


async def test_my_own_password_needs_the_old_one_and_keeps_this_device(shared: House) -> None:
    here = cookie_of(await knock(shared, "1012", source="127.0.7.4"))
    other = cookie_of(await knock(shared, "1012", source="127.0.7.4"))

    async def change(old: str, new: str) -> Reply:
        body = json.dumps({"old_password": old, "password": new}).encode()
        return await ask(shared, "PUT", "/api/me/password", [JSON, ("Cookie", here)], body)

    wrong = await change("not the old one", NEW)
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "old_password")
    weak = await change(PASSWORD, "password")
    assert (weak.status, weak.json()["errors"][0]["field"]) == (422, "password")
    pending = await link_by(shared, "1012")
    assert (await change(PASSWORD, NEW)).status == 204
    assert (await who(shared, here)).status == 200
    assert (await who(shared, other)).status == 401
    assert (await set_new(shared, pending)).status == 404
    assert (await knock(shared, "1012", NEW, source="127.0.7.4")).status == 200
    tries = [(await change("guess", NEW)).status for _ in range(7)]
    assert tries[-1] == 429


async def test_of_two_changes_at_once_one_wins(shared: House) -> None:
    mine = cookie_of(await knock(shared, "1014", source="127.0.7.5"))

    async def change(new: str) -> Reply:
        body = json.dumps({"old_password": PASSWORD, "password": new}).encode()
        return await ask(shared, "PUT", "/api/me/password", [JSON, ("Cookie", mine)], body)

    replies = await asyncio.gather(change("first horse 4"), change("other horse 5"))
    assert sorted(reply.status for reply in replies) in ([204, 409], [204, 422])
    winner = ["first horse 4", "other horse 5"][[reply.status for reply in replies].index(204)]
    assert (await knock(shared, "1014", winner, source="127.0.7.5")).status == 200
