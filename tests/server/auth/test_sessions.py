"""A session is a cookie that no script reads and no other host sets; it ends when told to."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from server.auth import module
from server.auth.models import Session
from server.auth.sessions import is_stale
from server.org.models import Person
from tests.conftest import SettingsMaker
from tests.house import House, serve
from tests.server.api.people import make_person, person_id
from tests.server.api.wire import ask
from tests.server.auth.door import RealTime, cookie_of, knock, who

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36"


async def test_the_cookie_is_for_us_alone(shared: House) -> None:
    cookies = (await knock(shared, "1002")).all("set-cookie")
    assert len(cookies) == 1
    name, *flags = cookies[0].split("; ")
    assert name.startswith("tenfour_session=")
    assert len(name.partition("=")[2]) >= 43  # 256 bits
    assert set(flags) == {"Max-Age=34560000", "Path=/", "HttpOnly", "SameSite=Lax"}


async def test_under_tls_only_the_cookie_that_no_other_host_can_set_counts(
    house_settings: SettingsMaker,
) -> None:
    async with serve(house_settings(base_url="https://work.example")) as house:
        entered = await knock(house, "1002", headers=[("Origin", "https://work.example")])
        name, *flags = entered.header("set-cookie").split("; ")
        assert name.startswith("__Host-tenfour_session=")
        assert set(flags) == {"Max-Age=34560000", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"}
        assert (await who(house, name)).status == 200
        assert (await who(house, name.removeprefix("__Host-"))).status == 401
        assert (await who(house, f"tenfour_session=x; {name}")).status == 200
        for origin in ("http://work.example", "https://work.example:8443", "http://localhost:8000"):
            assert (await knock(house, "1002", headers=[("Origin", origin)])).status == 403
        left = await ask(house, "DELETE", "/api/session", [("Cookie", name)])
        assert "Secure" in left.header("set-cookie")
        assert left.header("set-cookie").startswith("__Host-tenfour_session=;")


async def test_every_sign_in_is_a_session_of_its_own_and_signing_out_ends_one_at_once(shared: House) -> None:
    first, second = cookie_of(await knock(shared, "1002")), cookie_of(await knock(shared, "1002"))
    assert first != second
    left = await ask(shared, "DELETE", "/api/session", [("Cookie", first)])
    assert left.status == 204
    assert "Max-Age=0" in left.header("set-cookie")
    for method, path in (
        ("GET", "/api/me"),
        ("GET", "/api/bootstrap"),
        ("DELETE", "/api/session"),
        ("GET", "/api/events"),
    ):
        refused = await ask(shared, method, path, [("Cookie", first)])
        assert (refused.status, refused.json()["code"]) == (401, "signed_out"), path
    assert (await who(shared, second)).status == 200


async def test_a_phone_may_be_silent_for_thirty_days_and_a_desk_for_twelve_hours(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    for agent, limit in ((PHONE, timedelta(days=30)), (DESK, timedelta(hours=12)), ("", timedelta(hours=12))):
        cookie = cookie_of(await knock(shared, "1003", headers=[("User-Agent", agent)]))
        used_at = time.offset
        time.offset = used_at + limit - timedelta(minutes=1)
        assert (await who(shared, cookie)).status == 200, agent  # … and from then it lives on
        time.offset += limit - timedelta(minutes=1)
        assert (await who(shared, cookie)).status == 200, agent
        time.offset += limit + timedelta(seconds=1)
        assert (await who(shared, cookie)).status == 401, agent
    await module.forget(shared.company, {})
    assert (
        await shared.company.read(lambda conn: conn.execute(select(func.count(Session.id))).scalar_one()) == 0
    )


async def test_who_has_left_is_signed_out_at_once(shared: House) -> None:
    someone = await make_person(shared, "7010")
    from server.auth import sessions

    token = (await shared.company.write(lambda work: sessions.begin(work, someone, "desk"))).value
    assert (await who(shared, f"tenfour_session={token}")).status == 200
    await shared.company.write(
        lambda work: work.conn.execute(update(Person).where(Person.id == someone).values(state="left"))
    )
    assert (await who(shared, f"tenfour_session={token}")).status == 401


async def test_a_token_is_kept_nowhere_but_on_the_device(shared: House) -> None:
    token = cookie_of(await knock(shared, "1002")).partition("=")[2]
    rows = await shared.company.read(lambda conn: conn.execute(select(Session.__table__)).all())
    assert rows
    assert token not in repr(rows)


async def test_no_made_up_token_signs_anybody_in(shared: House) -> None:
    await knock(shared, "1002")
    rows = await shared.company.read(lambda conn: conn.execute(select(Session.token_hash, Session.id)).all())
    for value in (
        "",
        "0",
        "null",
        "x" * 43,
        rows[0].token_hash,
        str(rows[0].id),
        "' OR 1=1 --",
        "%00",
        "\xff",
    ):
        assert (await who(shared, f"tenfour_session={value}")).status == 401, value
    for header in ("Bearer " + rows[0].token_hash, "Basic MTAwMjpzaG91ZGFvLTIwMjY="):
        assert (await ask(shared, "GET", "/api/me", [("Authorization", header)])).status == 401


async def test_a_used_session_lives_on_without_a_write_for_every_request(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = cookie_of(await knock(shared, "1002"))
    someone = await person_id(shared, "1002")
    newest = select(func.max(Session.id)).where(Session.person_id == someone)
    session = await shared.company.read(lambda conn: conn.execute(newest).scalar_one())
    assert not await shared.company.read(lambda conn: is_stale(conn, session))
    time = RealTime(monkeypatch)
    time.offset = timedelta(hours=2)
    assert await shared.company.read(lambda conn: is_stale(conn, session))
    assert (await who(shared, cookie)).status == 200


async def test_a_device_with_an_endless_name_signs_in(shared: House) -> None:
    reply = await knock(shared, "1002", headers=[("User-Agent", "\xf0\x9f\x98\x80" * 4_000)])
    assert reply.status == 200
