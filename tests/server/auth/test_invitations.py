"""A link to set the first password: works once, for one person, for a week, and only the newest."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.org.models import Person
from server.people.invitations import Invitation
from server.work.work import Work
from tests.house import Client, House
from tests.server.api.people import enter, everything, make_person
from tests.server.api.wire import Reply, ask
from tests.server.auth.door import JSON, RealTime, cookie_of, knock, who

GOOD = "correct horse 4"


async def invited_person(house: House, number: str) -> int:
    """Somebody without a password."""
    someone = await make_person(house, number)

    def turn(work: Work) -> None:
        work.conn.execute(
            update(Person)
            .where(Person.id == someone)
            .values(state="invited", password_hash=None, phone=f"1390000{number}")
        )

    await house.company.write(turn)
    return someone


async def new_link(administrator: Client, person: int) -> str:
    """The token of a fresh link."""
    made = await administrator.post(f"/api/people/{person}/invitation")
    assert made["link"].startswith(f"{administrator.house.settings.public_url}/join/")
    return str(made["link"].rpartition("/")[2])


async def accept(house: House, token: str, password: str = GOOD) -> Reply:
    return await ask(
        house, "POST", f"/api/invitations/{token}", [JSON], json.dumps({"password": password}).encode()
    )


async def show(house: House, token: str) -> Reply:
    return await ask(house, "GET", f"/api/invitations/{token}")


async def test_a_link_says_whom_it_is_for_and_signs_in_once(shared: House) -> None:
    administrator = await enter(shared, "1002")
    person = await invited_person(shared, "7101")
    token = await new_link(administrator, person)
    shown = (await show(shared, token)).json()
    assert shown == {"name": "P7101", "company": "远桥科技 Farbridge", "login": "13900007101"}
    entered = await accept(shared, token)
    assert entered.status == 200
    assert (await who(shared, cookie_of(entered))).json()["person"]["state"] == "active"
    assert (await knock(shared, "7101", GOOD)).status == 200
    for again in (await accept(shared, token, "another good 5"), await show(shared, token)):
        assert (again.status, again.json()["code"]) == (409, "wrong_state")
        assert (again.json()["reason"], again.json()["next_step"]) == ("link_used", "sign_in")
    assert (await knock(shared, "7101", "another good 5")).status == 401


async def test_of_two_who_use_a_link_at_once_one_wins(shared: House) -> None:
    administrator = await enter(shared, "1002")
    token = await new_link(administrator, await invited_person(shared, "7102"))
    replies = await asyncio.gather(*[accept(shared, token, f"password of {number}") for number in range(4)])
    assert sorted([reply.status for reply in replies]) == [200, 409, 409, 409]
    winner = [reply.status for reply in replies].index(200)
    assert (await knock(shared, "7102", f"password of {winner}", source="127.0.4.1")).status == 200


async def test_of_links_made_at_once_only_the_last_works(shared: House) -> None:
    administrator = await enter(shared, "1002")
    person = await invited_person(shared, "7103")
    tokens = await asyncio.gather(*[new_link(administrator, person) for _ in range(6)])
    shown = [(await show(shared, token)).status for token in tokens]
    assert sorted(shown) == [200, 404, 404, 404, 404, 404]
    assert (await accept(shared, tokens[shown.index(200)])).status == 200


async def test_a_newer_link_makes_the_older_one_unknown(shared: House) -> None:
    administrator = await enter(shared, "1002")
    person = await invited_person(shared, "7104")
    old, new = await new_link(administrator, person), await new_link(administrator, person)
    unknown = await show(shared, "no-such-token")
    assert (unknown.status, unknown.json()["code"]) == (404, "not_found")
    assert (await show(shared, old)).body == unknown.body
    assert (await accept(shared, old)).body == unknown.body
    assert (await accept(shared, new)).status == 200


async def test_a_link_expires_after_a_week(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = await enter(shared, "1002")
    token = await new_link(administrator, await invited_person(shared, "7105"))
    time = RealTime(monkeypatch)
    time.offset = timedelta(days=7, seconds=1)
    for refused in (await show(shared, token), await accept(shared, token)):
        assert (refused.status, refused.json()["reason"]) == (409, "link_expired")
    time.offset = timedelta(days=6)
    assert (await accept(shared, token)).status == 200


WEAK = {
    "": "too_short", "short 7": "too_short", "密码密码密码密": "too_short", "password": "too_common", "PassWord": "too_common",
    "12345678": "too_common", "123456789": "too_common", "iloveyou": "too_common", "aaaaaaaaaaaa": "too_common",
    "abababababab": "too_common", "        ": "too_common", "13900007106": "too_common", "x1y2z3-" * 29: "too_long",
    "x" * 301: "too_long", "tab\tinside it": "characters", "line end ok\n": "characters", "nul\u0000inside": "characters",
}  # fmt: skip


async def test_a_weak_password_is_refused_by_its_field_and_the_link_goes_on_working(shared: House) -> None:
    administrator = await enter(shared, "1002")
    token = await new_link(administrator, await invited_person(shared, "7106"))
    before = await everything(shared)
    for password, code in WEAK.items():
        refused = await accept(shared, token, password)
        assert refused.status == 422, password
        error = refused.json()["errors"][0]
        assert (error["field"], error["code"]) == ("password", code), password
    assert await everything(shared) == before
    for number, password in enumerate(("密码密码是这样的", "x1y2z3-" * 28, "😀😁😂🤣😃😄😅😆")):
        fresh = await new_link(administrator, await invited_person(shared, f"711{number}"))
        assert (await accept(shared, fresh, password)).status == 200
        assert (await knock(shared, f"711{number}", password, source="127.0.4.2")).status == 200


async def test_only_who_may_import_makes_links_and_only_for_who_has_no_password(shared: House) -> None:
    person = await invited_person(shared, "7107")
    administrator, boss = await enter(shared, "1002"), await enter(shared, "1001")
    for number in ("1004", "1003", "1017"):
        refused = await (await enter(shared, number)).try_post(f"/api/people/{person}/invitation")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        missing = await (await enter(shared, number)).try_post("/api/people/99999/invitation")
        assert missing.json() == refused.json()
    assert (await boss.try_post(f"/api/people/{person}/invitation")).status_code == 201
    for taken in (administrator.id, boss.id):
        refused = await administrator.try_post(f"/api/people/{taken}/invitation")
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert (await administrator.try_post("/api/people/99999/invitation")).status_code == 404


async def test_a_link_is_kept_as_a_hash_and_never_follows_the_host_header(shared: House) -> None:
    administrator = await enter(shared, "1002")
    person = await invited_person(shared, "7108")
    made = await administrator.http.post(f"/api/people/{person}/invitation", headers={"Host": "evil.example"})
    link = made.json()["link"]
    assert link.startswith(f"{shared.settings.public_url}/join/")
    token = link.rpartition("/")[2]
    assert len(token) >= 43
    rows = await shared.company.read(lambda conn: conn.execute(select(Invitation.__table__)).all())
    assert token not in repr(rows)


async def test_no_made_up_token_opens_anything(shared: House) -> None:
    administrator = await enter(shared, "1002")
    await new_link(administrator, await invited_person(shared, "7109"))
    rows = await shared.company.read(lambda conn: conn.execute(select(Invitation.token_hash)).scalars().all())
    before = await everything(shared)
    for token in ("x", "%20", "null", rows[-1], "%F0%9F%98%80", "%FF%FE", "..", "'--", "a" * 1_500):
        for reply in (await show(shared, token), await accept(shared, token)):
            assert (reply.status, reply.json()["code"]) == (404, "not_found"), token
    assert await everything(shared) == before
