"""A change of roles is felt on open connections at the number of its event: commands, watches, and the buttons that are shown."""

import asyncio

from tests.house import House
from tests.server.api.people import ADMINISTRATOR, BOSS, SELLER, department_id, enter, person_id
from tests.server.realtime.crowd import all_heard, eventually, hub_of


async def test_what_a_person_may_arrives_on_the_own_stream_only(house: House) -> None:
    admin, seller, other = (
        await enter(house, ADMINISTRATOR),
        await enter(house, SELLER),
        await enter(house, "1006"),
    )
    role = await admin.post("/api/roles", {"name": "导入员", "capabilities": {"people.import": ["all"]}})
    seen = [one["role_id"] for one in (await admin.get(f"/api/people/{seller.id}/permissions"))["roles"]]
    async with seller.live() as live, other.live() as beside:
        await admin.put(f"/api/people/{seller.id}/roles", {"roles": [*seen, role["id"]]})
        event = await live.event("rights.changed")
        put = event["changes"][0]
        assert (put["kind"], put["id"]) == ("rights", seller.id)
        assert put["data"]["capabilities"] == (await seller.get("/api/me"))["capabilities"]
        await all_heard(house, [beside])
        assert not [one for one in beside.events if one["type"] == "rights.changed"]


async def test_a_socket_may_send_no_more_once_the_role_is_gone_and_again_when_it_is_back(
    house: House,
) -> None:
    admin, seller = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    direct = (await seller.post("/api/conversations", {"kind": "direct", "people": [admin.id]}))["id"]
    member, *_ = [one for one in (await admin.get("/api/roles"))["items"] if one["code"] == "member"]
    async with seller.live() as live:
        await admin.put(f"/api/people/{seller.id}/roles", {"roles": []})
        await live.event("rights.changed")
        await live.say(op="send", conversation=direct, client_id="a", text="still?")
        refused = await live.until(lambda frame: frame["op"] == "refused")
        assert refused["problem"]["code"] == "forbidden"
        await admin.put(f"/api/people/{seller.id}/roles", {"roles": [member["id"]]})
        await live.event("rights.changed")
        await live.say(op="send", conversation=direct, client_id="b", text="again")
        await live.until(lambda frame: frame["op"] == "sent" and frame["client_id"] == "b")


async def test_frames_sent_while_the_rights_are_read_again_keep_their_order(house: House) -> None:
    admin, seller = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    direct = (await seller.post("/api/conversations", {"kind": "direct", "people": [admin.id]}))["id"]
    role = await admin.post("/api/roles", {"name": "空"})
    seen = [one["role_id"] for one in (await admin.get(f"/api/people/{seller.id}/permissions"))["roles"]]
    async with seller.live() as live:
        changing = asyncio.create_task(
            admin.put(f"/api/people/{seller.id}/roles", {"roles": [*seen, role["id"]]})
        )
        for n in range(60):
            await live.say(op="send", conversation=direct, client_id=f"n{n}", text=str(n))
        await changing
        await live.until(lambda frame: frame["op"] == "sent" and frame["client_id"] == "n59")
        sent = [frame["client_id"] for frame in live.frames if frame["op"] == "sent"]
        assert sent == [f"n{n}" for n in range(60)]


async def test_a_watch_that_is_no_longer_allowed_falls_silent_and_the_others_go_on(house: House) -> None:
    """The boss watches two tallies: one through `receipts.read`, one as a person who is asked."""
    admin, boss, author = (
        await enter(house, ADMINISTRATOR),
        await enter(house, BOSS),
        await enter(house, "1003"),
    )
    asked = [await person_id(house, number) for number in ("1013", "1014")]
    audience = {"departments": [await department_id(house, "华东")], "people": [boss.id, *asked]}
    posts = []
    for people in (asked, [boss.id, *asked]):
        body = {"kind": "share", "text": "请确认", "audience": audience, "receipts": {"people": people}}
        posts.append((await admin.post("/api/posts", body))["id"])
    await admin.put(f"/api/people/{author.id}/roles", {"roles": [1]})
    reader = await admin.post("/api/roles", {"name": "读者", "capabilities": {"receipts.read": ["all"]}})
    hub = hub_of(house)
    roles = [one["role_id"] for one in (await admin.get(f"/api/people/{author.id}/permissions"))["roles"]]
    await admin.put(f"/api/people/{author.id}/roles", {"roles": [*roles, reader["id"]]})
    async with author.live() as live:
        for post in posts:
            await live.say(op="watch", ref={"kind": "receipts", "id": post})
        listener = next(iter(hub.sockets[author.id]))
        await eventually(lambda: listener.watches == {f"receipts:{post}" for post in posts})
        await admin.put(f"/api/people/{author.id}/roles", {"roles": roles})
        await live.event("rights.changed")
        sellers = [await enter(house, number) for number in ("1013", "1014")]
        for seller in sellers:
            for post in posts:
                await seller.put(f"/api/posts/{post}/receipt", {"version": 1})
        await all_heard(house, [live])
        heard = {
            change["id"]
            for one in live.events
            for change in one["changes"]
            if change["kind"] == "tally/receipts"
        }
        assert heard == set()
        assert listener.watches == set()
        await live.say(op="watch", ref={"kind": "receipts", "id": posts[0]})
        refused = await live.until(
            lambda frame: frame["op"] == "error" and frame.get("ref", {}).get("id") == posts[0]
        )
        assert refused["code"] == "not_found"


async def test_a_watch_that_is_still_allowed_misses_nothing_while_the_rights_are_read_again(
    house: House,
) -> None:
    admin, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    people = [await person_id(house, number) for number in ("1013", "1014", "1015", "1016")]
    body = {
        "kind": "share",
        "text": "x",
        "audience": {"people": [boss.id, *people]},
        "receipts": {"people": people},
    }
    post = (await admin.post("/api/posts", body))["id"]
    role = await admin.post("/api/roles", {"name": "空"})
    held = [one["role_id"] for one in (await admin.get(f"/api/people/{boss.id}/permissions"))["roles"]]
    clients = [await enter(house, number) for number in ("1013", "1014", "1015", "1016")]
    async with boss.live() as live:
        await live.say(op="watch", ref={"kind": "receipts", "id": post})
        listener = next(iter(hub_of(house).sockets[boss.id]))
        await eventually(lambda: bool(listener.watches))
        for at, client in enumerate(clients):
            roles = [*held, role["id"]] if at % 2 == 0 else held
            await asyncio.gather(
                admin.put(f"/api/people/{boss.id}/roles", {"roles": roles}),
                client.put(f"/api/posts/{post}/receipt", {"version": 1}),
            )
        await live.event("receipts.counted", done=4)
        assert next(iter(hub_of(house).sockets[boss.id])).watches == {f"receipts:{post}"}
