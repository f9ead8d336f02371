"""One's devices: seen in words, ended one by one or all at once, by oneself or by an administrator."""

import asyncio

import pytest

from server.auth.devices import told
from tests.house import House
from tests.server.api.people import enter, enter_as, person_id
from tests.server.auth.door import cookie_of, knock, who
from tests.server.auth.test_second_factor import acts

WECHAT = "Mozilla/5.0 (Linux; Android 15; V2309A) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50"
WECOM = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 wxwork/4.1 MicroMessenger/7.0.1"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"


@pytest.mark.parametrize(
    ("agent", "kind", "system", "browser"),
    [
        (WECHAT, "phone", "Android", "WeChat"),
        (WECOM, "phone", "iPhone", "WeCom"),
        (IPAD, "tablet", "iPad", "Safari"),
        (EDGE, "desk", "Windows", "Edge"),
        (MAC, "desk", "macOS", "Safari"),
        ("curl/8.9", "program", "", ""),
        ("", "program", "", ""),
    ],
)
def test_a_device_is_told_in_words(agent: str, kind: str, system: str, browser: str) -> None:
    known = told(agent)
    assert (known.kind, known.system, known.browser) == (kind, system, browser)


async def test_i_see_where_i_am_signed_in_and_end_one(shared: House) -> None:
    someone = await person_id(shared, "1020")
    desk, phone = await enter_as(shared, someone), await enter_as(shared, someone)
    devices = (await desk.get("/api/me/devices"))["items"]
    assert [one["is_this"] for one in devices] == [False, True]
    assert all("token" not in key for key in devices[0])
    stranger = await enter(shared, "1021")
    foreign = await stranger.http.delete(f"/api/me/devices/{devices[0]['id']}")
    assert foreign.status_code == 404
    async with phone.live() as on_phone, desk.live() as at_desk:
        await desk.delete(f"/api/me/devices/{devices[0]['id']}")
        await on_phone.connection.wait_closed()
        assert on_phone.connection.close_code == 4401
        assert at_desk.connection.close_code is None
    assert (await phone.http.get("/api/me")).status_code == 401
    assert len((await desk.get("/api/me/devices"))["items"]) == 1
    assert (await desk.http.delete(f"/api/me/devices/{devices[0]['id']}")).status_code == 404


async def test_i_sign_out_everywhere_but_here(shared: House) -> None:
    someone = await person_id(shared, "1022")
    clients = [await enter_as(shared, someone) for _ in range(4)]
    here = clients[2]
    pages = []
    cursor: str | None = ""
    while cursor is not None:
        page = await here.get("/api/me/devices", limit=3, cursor=cursor)
        pages.append(len(page["items"]))
        cursor = page["next"]
    assert pages == [3, 1]
    assert (await here.delete("/api/me/devices")) == {"ended": 3}
    statuses = [(await client.http.get("/api/me")).status_code for client in clients]
    assert statuses == [401, 401, 200, 401]


async def test_an_administrator_signs_somebody_out_everywhere_and_that_is_written_down(shared: House) -> None:
    someone = await enter(shared, "1023")
    administrator = await enter(shared, "1002")
    async with someone.live() as live:
        path = f"/api/people/{someone.id}/devices"
        assert (await (await enter(shared, "1024")).http.delete(path)).status_code == 403
        await administrator.delete(path)
        await live.connection.wait_closed()
        assert live.connection.close_code == 4401
    assert (await someone.http.get("/api/me")).status_code == 401
    assert await acts(shared, someone.id) == ["sessions.ended"]
    assert (await administrator.http.delete("/api/people/999999/devices")).status_code == 404


async def test_a_browser_that_signs_in_again_gets_a_new_cookie_and_the_old_one_is_worth_nothing(
    shared: House,
) -> None:
    first = cookie_of(await knock(shared, "1025"))
    second = cookie_of(await knock(shared, "1025", headers=[("Cookie", first)]))
    assert first != second
    assert [(await who(shared, cookie)).status for cookie in (first, second)] == [401, 200]
    wrong = await knock(shared, "1025", "not this", headers=[("Cookie", second)])
    assert wrong.status == 401
    assert (await who(shared, second)).status == 200


async def test_ending_a_device_twice_at_once_ends_it_once(shared: House) -> None:
    someone = await person_id(shared, "1026")
    desk, phone = await enter_as(shared, someone), await enter_as(shared, someone)
    device = (await phone.get("/api/me/devices"))["items"][0]["id"]
    answers = await asyncio.gather(
        *(desk.http.delete(f"/api/me/devices/{device}") for _ in range(3)), return_exceptions=False
    )
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404]
