"""Programs: a token does what it was given and no more, acts as its person, and ends with its sockets."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from websockets.asyncio.client import connect

from server.auth.ending import end_everything
from server.auth.models import AccessToken
from server.events.envelope import EVERYONE
from server.events.models import StreamGrant
from tests.house import Client, House, Live
from tests.server.api.people import enter, everything, person_id
from tests.server.auth.door import RealTime
from tests.server.auth.test_second_factor import acts


def program(house: House, token: str, **headers: str) -> Client:
    """A program that holds this token and nothing else."""
    client = house.anonymous()
    client.http.headers.update({"Authorization": f"Bearer {token}", **headers})
    return client


async def make(client: Client, scopes: list[str], path: str = "/api/me/tokens") -> dict[str, Any]:
    return dict(await client.post(path, {"name": "报表", "scopes": scopes, "days": 30}))


async def make_robot(administrator: Client, name: str = "小助手") -> dict[str, Any]:
    owner = administrator.id
    return dict(
        await administrator.post("/api/bots", {"name": name, "purpose": "每日报表", "owner_id": owner})
    )


async def test_a_token_does_what_it_was_given_and_no_more(shared: House) -> None:
    someone = await enter(shared, "1004")
    scopes = {one["name"]: one for one in (await someone.get("/api/token-scopes"))["items"]}
    assert {"post.read", "post.share", "chat.converse", "live.listen"} <= set(scopes)
    assert scopes["people.import"]["held"] is False
    assert not {"own_keys", "own_devices", "sessions.end", "anyone", "by_the_house"} & set(scopes)
    made = await make(someone, ["post.read"])
    reader = program(shared, made["token"], Origin="https://elsewhere.example")
    assert (await reader.get("/api/me"))["person"]["id"] == someone.id
    assert (await reader.get("/api/me"))["capabilities"] == {}
    await reader.get("/api/posts")
    share = {"kind": "share", "text": "程序写的", "audience": {"everyone": True}}
    for method, path, body in (
        ("POST", "/api/posts", share),
        ("GET", "/api/people", None),
        ("GET", "/api/bootstrap", None),
        ("GET", "/api/events", None),
        ("GET", "/api/conversations", None),
        ("GET", "/api/todos", None),
    ):
        refused = await reader.http.request(method, path, json=body, headers={"Idempotency-Key": "k"})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), path
    writer = program(
        shared, (await make(someone, ["post.share"]))["token"], Origin="https://elsewhere.example"
    )
    posted = await writer.post("/api/posts", share)
    assert posted["author_id"] == someone.id


async def test_a_token_never_takes_a_persons_place_at_the_door(shared: House) -> None:
    administrator = await enter(shared, "1002")
    scopes = [one["name"] for one in (await administrator.get("/api/token-scopes"))["items"] if one["held"]]
    holder = program(shared, (await make(administrator, scopes))["token"])
    for method, path, body in (
        ("GET", "/api/me/devices", None),
        ("DELETE", "/api/me/devices", None),
        ("DELETE", "/api/session", None),
        ("PUT", "/api/session/step-up", {"password": "shoudao-2026"}),
        ("POST", "/api/me/second-factor", None),
        ("POST", "/api/me/tokens", {"name": "another", "scopes": ["post.read"]}),
        ("GET", "/api/me/tokens", None),
        ("POST", "/api/bots", {"name": "r", "purpose": "p", "owner_id": administrator.id}),
        ("GET", "/api/bots", None),
        ("DELETE", f"/api/people/{administrator.id}/devices", None),
        ("PUT", "/api/company/sign-in", {"second_factor": "nobody"}),
        ("PUT", "/api/me/language", {"language": "en"}),
    ):
        refused = await holder.http.request(method, path, json=body, headers={"Idempotency-Key": "k"})
        assert (refused.status_code, refused.json()["code"]) == (403, "by_hand_only"), path
    await administrator.get("/api/me")


async def test_nobody_gives_a_token_more_than_they_hold(shared: House) -> None:
    someone = await enter(shared, "1005")
    for scopes, code in (
        (["people.import"], "not_held"),
        (["own_keys"], "not_held"),
        (["no.such"], "not_held"),
        ([], "required"),
    ):
        body = {"name": "x", "scopes": scopes, "days": 30}
        refused = await someone.try_post("/api/me/tokens", body)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code), scopes
    for days in (0, 367):
        refused = await someone.try_post(
            "/api/me/tokens", {"name": "x", "scopes": ["post.read"], "days": days}
        )
        assert refused.status_code == 422


async def test_a_token_is_shown_once_and_kept_as_a_hash(shared: House) -> None:
    someone = await enter(shared, "1006")
    body = {"name": "一次", "scopes": ["post.read"], "days": 30}
    first = await someone.try_post("/api/me/tokens", body, key="one-token")
    again = await someone.try_post("/api/me/tokens", body, key="one-token")
    secret = first.json()["token"]
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == {**first.json(), "token": ""}
    assert secret not in repr(await everything(shared))
    assert [one["token"] for one in (await someone.get("/api/me/tokens"))["items"]] == [""]
    # The cookie's place takes no token, and the token's place no cookie.
    stranger = shared.anonymous()
    stranger.http.cookies.set("tenfour_session", secret)
    assert (await stranger.http.get("/api/me")).status_code == 401
    cookie = someone.http.cookies["tenfour_session"]
    assert (await program(shared, cookie).http.get("/api/me")).status_code == 401
    someone.http.headers["Authorization"] = "Bearer nonsense"
    assert (await someone.http.get("/api/me")).status_code == 401


async def test_a_token_runs_out_on_its_day_however_much_it_is_used(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = await enter(shared, "1007")
    made = await make(someone, ["post.read"])
    holder = program(shared, made["token"])
    time = RealTime(monkeypatch)
    time.offset = timedelta(days=29, hours=23)
    await holder.get("/api/posts")
    used = select(AccessToken.last_used_at).where(AccessToken.id == made["id"])
    assert await shared.company.read(lambda conn: conn.execute(used).scalar()) is not None
    time.offset = timedelta(days=30, seconds=1)
    assert (await holder.http.get("/api/posts")).status_code == 401


async def socket_of(house: House, token: str) -> Any:
    url = f"ws://127.0.0.1:{house.settings.port}/api/live"
    return await connect(url, additional_headers={"Authorization": f"Bearer {token}"}, compression=None)


async def test_revoking_a_token_cuts_its_sockets_and_no_others(shared: House) -> None:
    someone = await enter(shared, "1008")
    made = await make(someone, ["live.listen"])
    deaf = await make(someone, ["post.read"])
    refused = await socket_of(shared, deaf["token"])
    await refused.wait_closed()
    assert refused.close_code == 4401
    connection = await socket_of(shared, made["token"])
    live = Live(connection)
    await live.hello((await someone.bootstrap())["cursor"])
    await live.say(op="send", conversation=1, client_id="x", text="hi")
    answer = await live.until(lambda frame: frame["op"] in ("refused", "sent"))
    assert answer["problem"]["code"] == "forbidden"
    async with someone.live() as by_hand:
        await someone.delete(f"/api/me/tokens/{made['id']}")
        await connection.wait_closed()
        assert connection.close_code == 4401
        assert by_hand.connection.close_code is None
    assert (await program(shared, made["token"]).http.get("/api/me")).status_code == 401
    assert (await someone.http.delete(f"/api/me/tokens/{made['id']}")).status_code == 404
    assert (await acts(shared, someone.id)) == ["token.made", "token.made", "token.revoked"]
    other = await enter(shared, "1009")
    assert (await other.http.delete(f"/api/me/tokens/{deaf['id']}")).status_code == 404


async def test_a_robot_speaks_under_its_own_name_and_is_not_in_everyone(shared: House) -> None:
    administrator = await enter(shared, "1002")
    async with (await enter(shared, "1010")).live() as colleague:
        robot = await make_robot(administrator)
        seen = await colleague.event("person.changed", name="小助手")
        assert seen["changes"][0]["data"]["kind"] == "bot"
    made = await make(administrator, ["post.share", "post.read_one"], f"/api/bots/{robot['id']}/tokens")
    voice = program(shared, made["token"])
    posted = await voice.post(
        "/api/posts", {"kind": "share", "text": "日报", "audience": {"people": [administrator.id]}}
    )
    assert posted["author_id"] == robot["id"]
    share = {"kind": "share", "text": "给所有人", "audience": {"everyone": True}}
    told = await administrator.post("/api/posts", share)
    assert (await voice.http.get(f"/api/posts/{told['id']}")).status_code == 404
    heard = select(StreamGrant.stream).where(StreamGrant.person_id == robot["id"])
    streams = await shared.company.read(lambda conn: set(conn.execute(heard).scalars()))
    assert streams == {f"person:{robot['id']}"}
    assert EVERYONE not in streams
    assert (await administrator.get("/api/bots"))["items"][0]["tokens"] == 1
    held = {
        one["name"]
        for one in (await administrator.get("/api/token-scopes", bot=robot["id"]))["items"]
        if one["held"]
    }
    assert "post.share" in held
    assert "people.import" not in held  # the administrator's, not the robot's
    peeking = await (await enter(shared, "1011")).http.get(f"/api/token-scopes?bot={robot['id']}")
    assert peeking.status_code == 403


async def test_a_robot_that_is_switched_off_stops_at_once(shared: House) -> None:
    administrator = await enter(shared, "1002")
    robot = await make_robot(administrator, "旧机器人")
    made = await make(administrator, ["live.listen"], f"/api/bots/{robot['id']}/tokens")
    connection = await socket_of(shared, made["token"])
    live = Live(connection)
    await live.hello("")
    await administrator.delete(f"/api/bots/{robot['id']}")
    await connection.wait_closed()
    assert connection.close_code == 4401
    assert (await program(shared, made["token"]).http.get("/api/me")).status_code == 401
    again = await administrator.http.delete(f"/api/bots/{robot['id']}")
    assert (again.status_code, again.json()["reason"]) == (409, "retired")
    late = await administrator.try_post(
        f"/api/bots/{robot['id']}/tokens", {"name": "x", "scopes": ["post.read"], "days": 1}
    )
    assert (late.status_code, late.json()["reason"]) == (409, "not_active")
    assert (await acts(shared, robot["id"]))[-1] == "bot.retired"


async def test_nobody_makes_tokens_of_a_colleague_or_robots_without_the_right(shared: House) -> None:
    administrator, someone = await enter(shared, "1002"), await enter(shared, "1011")
    body = {"name": "x", "scopes": ["post.read"], "days": 1}
    foreign = await administrator.try_post(f"/api/bots/{someone.id}/tokens", body)
    assert foreign.status_code == 404
    refused = await someone.try_post("/api/bots", {"name": "r", "purpose": "p", "owner_id": someone.id})
    assert refused.status_code == 403
    nobody = await administrator.try_post("/api/bots", {"name": "r", "purpose": "p", "owner_id": 10**9})
    assert nobody.json()["errors"][0]["field"] == "owner_id"


async def test_who_leaves_takes_the_tokens_along(shared: House) -> None:
    someone = await enter(shared, "1014")
    made = await make(someone, ["post.read"])
    leaver = await person_id(shared, "1014")
    await shared.company.write(lambda work: end_everything(work, leaver))
    answer: httpx2.Response = await program(shared, made["token"]).http.get("/api/posts")
    assert answer.status_code == 401
