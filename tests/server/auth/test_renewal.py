"""When somebody's rights change, each of their devices shows another token from its next request on (security.md §3)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.auth.models import Session
from server.auth.renewal import GRACE
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, cookie, enter, enter_as, make_person
from tests.server.api.wire import Reply, ask
from tests.server.auth.door import RealTime, cookie_of, who
from tests.server.realtime.crowd import last_word, overtaken

MEMBER, CLERK = 1, 2


@pytest.fixture(scope="module")
async def administrator(shared: House) -> Client:
    return await enter(shared, ADMINISTRATOR)


async def someone(house: House, number: str) -> Client:
    return await enter_as(house, await make_person(house, number))


async def roles_change(administrator: Client, person: Client, *roles: int) -> None:
    path = f"/api/people/{person.id}/roles"
    await administrator.put(path, {"roles": list(roles), "before": None})


def cookies_of(reply: Reply) -> list[str]:
    return [one.partition(";")[0] for one in reply.all("set-cookie")]


async def sessions_of(house: House, person: int) -> list[tuple[int, str, bool]]:
    query = select(Session.id, Session.token_hash, Session.renews).where(Session.person_id == person)
    rows = await house.company.read(lambda conn: conn.execute(query.order_by(Session.id)).all())
    return [(row.id, row.token_hash, row.renews) for row in rows]


async def test_each_device_gets_another_token_once_and_nobody_elses_does(
    shared: House, administrator: Client
) -> None:
    person = await someone(shared, "7101")
    phone, desk = cookie(person), cookie(await enter_as(shared, person.id))
    others = await sessions_of(shared, administrator.id)
    await roles_change(administrator, person, MEMBER, CLERK)
    assert [renews for _, _, renews in await sessions_of(shared, person.id)] == [True, True]
    assert await sessions_of(shared, administrator.id) == others

    replies = await asyncio.gather(*[who(shared, phone) for _ in range(12)])
    assert {reply.status for reply in replies} == {200}
    brought = {one for reply in replies for one in cookies_of(reply)}
    assert len(brought) == 1, "requests on their way at once agree about the new token"
    fresh = brought.pop()
    assert fresh != phone
    assert len(fresh.partition("=")[2]) >= 43
    again = await who(shared, fresh)
    assert (again.status, cookies_of(again)) == (200, []), "once, not with every request"
    assert [renews for _, _, renews in await sessions_of(shared, person.id)] == [False, True]
    assert cookies_of(await who(shared, desk)) not in ([], [fresh])


async def test_the_old_token_dies_after_a_grace_and_a_lost_answer_costs_nothing_before(
    shared: House, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    person = await someone(shared, "7102")
    old = cookie(person)
    await roles_change(administrator, person, CLERK)
    fresh = cookies_of(await who(shared, old))
    time.offset = GRACE - timedelta(seconds=5)
    assert cookies_of(await who(shared, old)) == fresh, "whoever missed it is told again"
    time.offset = GRACE + timedelta(seconds=5)
    assert (await who(shared, old)).status == 401
    assert (await who(shared, fresh[0])).status == 200


async def test_two_changes_in_a_row_never_cut_off_what_is_on_its_way(
    shared: House, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    person = await someone(shared, "7103")
    first = cookie(person)
    await roles_change(administrator, person, CLERK)
    second = cookies_of(await who(shared, first))[0]
    await roles_change(administrator, person, MEMBER)
    reply = await who(shared, second)
    assert (reply.status, cookies_of(reply)) == (200, []), "the next one waits until the grace is over"
    assert (await who(shared, first)).status == 200
    time.offset = GRACE + timedelta(seconds=1)
    third = cookies_of(await who(shared, second))
    assert third not in ([], [second])
    assert (await who(shared, first)).status == 401
    assert (await who(shared, second)).status == 200


@pytest.mark.parametrize("token", ["old", "new"])
async def test_signing_out_ends_both_tokens(shared: House, administrator: Client, token: str) -> None:
    person = await someone(shared, f"7104-{token}")
    old = cookie(person)
    await roles_change(administrator, person, CLERK)
    fresh = cookies_of(await who(shared, old))[0]
    left = await ask(shared, "DELETE", "/api/session", [("Cookie", old if token == "old" else fresh)])
    assert (left.status, cookies_of(left)) == (204, ["tenfour_session="])
    assert [(await who(shared, one)).status for one in (old, fresh)] == [401, 401]


async def test_a_writing_request_is_carried_out_and_brings_the_token(
    shared: House, administrator: Client
) -> None:
    person = await someone(shared, "7105")
    await roles_change(administrator, person, MEMBER, CLERK)
    headers = [("Cookie", cookie(person)), ("Content-Type", "application/json")]
    reply = await ask(shared, "PUT", "/api/me/about", headers, b'{"about": "Hello"}')
    assert reply.status == 200
    fresh = cookie_of(reply)
    assert (await who(shared, fresh)).json()["person"]["about"] == "Hello"
    devices = await ask(shared, "GET", "/api/me/devices", [("Cookie", fresh)])
    assert [one["is_this"] for one in devices.json()["items"]] == [True], "the same device, seen in the list"


async def test_an_open_socket_goes_on_through_every_change_and_ends_with_the_session(
    shared: House, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    person = await someone(shared, "7106")
    async with person.live() as live:
        await roles_change(administrator, person, CLERK)
        await person.bootstrap()  # the browser's cookie is another one now
        time.offset = GRACE * 2
        await roles_change(administrator, person, MEMBER)
        await live.event("rights.changed")
        await overtaken(live)
        await person.delete("/api/session")
        assert await last_word(live) == 4401


async def test_access_tokens_stay_as_they_were_given_out(shared: House, administrator: Client) -> None:
    person = await someone(shared, "7107")
    made = await person.post("/api/me/tokens", {"name": "script", "scopes": ["post.read"], "days": 30})
    await roles_change(administrator, person, MEMBER, CLERK)
    headers = [("Authorization", f"Bearer {made['token']}")]
    reply = await ask(shared, "GET", "/api/posts", headers)
    assert (reply.status, cookies_of(reply)) == (200, [])
