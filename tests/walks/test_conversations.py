"""A group from its first word to the last: on a phone, at a desk, away and back, renamed, left; and a quiet word between two."""

import itertools

from tests.house import Client, House, Live
from tests.server.realtime.crowd import all_heard, enter_all
from tests.server.realtime.replica import Replica, put

LEAD, ZHANG, LIU, ZHAO = 3, 4, 5, 6
_numbers = itertools.count(1)


class Screen:
    """A client as the browser's: bootstrap, then what comes. Asked only for what one sees."""

    def __init__(self, house: House, live: Live, replica: Replica) -> None:
        self.house, self.live, self.replica = house, live, replica

    async def look(self) -> Replica:
        await all_heard(self.house, [self.live])
        self.replica.take(self.live.events)
        self.live.events.clear()
        return self.replica

    async def badge(self, conversation: int) -> tuple[int, bool]:
        return (await self.look()).unread(conversation)

    async def lines(self, conversation: int) -> list[str]:
        return [one["text"] for one in (await self.look()).messages(conversation).values()]


async def screen(house: House, client: Client, live: Live) -> Screen:
    return Screen(house, live, Replica.of(await client.bootstrap()))


async def test_a_group_lives_on_every_screen_of_everybody_in_it(house: House) -> None:
    clients = await enter_all(house, (LEAD, ZHANG, LIU, ZHAO))
    async with (
        clients[LEAD].live() as lead_live,
        clients[ZHANG].live() as phone_live,
        clients[ZHANG].live() as desk_live,
        clients[LIU].live() as liu_live,
    ):
        lead = await screen(house, clients[LEAD], lead_live)
        phone, desk = [await screen(house, clients[ZHANG], one) for one in (phone_live, desk_live)]
        liu = await screen(house, clients[LIU], liu_live)

        made = await clients[LEAD].post(
            "/api/conversations", {"kind": "group", "name": "蓝湖项目", "people": [ZHANG, LIU]}
        )
        group, path = made["id"], f"/api/conversations/{made['id']}"
        assert (made["member_count"], made["membership"]["role"]) == (3, "owner")
        assert await phone.badge(group) == (1, False)
        assert await lead.badge(group) == (0, False)

        await lead_live.say(op="send", conversation=group, client_id="l-1", text="周五前出方案")
        await lead_live.say(op="send", conversation=group, client_id="l-2", text="@[张伟](person:4) 你来牵头")
        await lead_live.until(lambda frame: frame.get("client_id") == "l-2")
        assert await phone.badge(group) == await desk.badge(group) == (3, True)
        assert await liu.badge(group) == (3, False)
        assert await lead.badge(group) == (0, False)

        await phone_live.say(op="read", conversation=group, number=3)
        await desk_live.until(
            lambda frame: "conversation.read" in [one["type"] for one in frame.get("events", [])]
        )
        assert await desk.badge(group) == await phone.badge(group) == (0, False)

        await clients[ZHANG].http.patch(path, json={"name": "蓝湖上线"})
        assert await liu.badge(group) == (4, False)
        assert (await liu.look()).get("conversation", group)["name"] == "蓝湖上线"
        assert await phone.badge(group) == (0, False), "one's own renaming is read"

        await clients[LEAD].post(f"{path}/members", {"people": [ZHAO]})
        seen_by_new = await clients[ZHAO].get(f"{path}/messages")
        assert [one["text"] for one in seen_by_new["items"]] == ["members_added"]
        await desk_live.say(
            op="send", conversation=group, client_id="z-1", text="@[everyone](everyone:0) 收到请回"
        )
        await desk_live.until(lambda frame: frame.get("client_id") == "z-1")
        assert await liu.badge(group) == (6, True)
        assert await phone.badge(group) == (0, False), "one's own word is read"
        late = Replica.of(await clients[LIU].bootstrap())
        assert late.unread(group) == await liu.badge(group)

        await clients[LIU].delete(f"{path}/members/{LIU}")
        await clients[LEAD].delete(f"{path}/members/{ZHAO}")
        await lead_live.say(op="send", conversation=group, client_id="l-3", text="继续")
        await lead_live.until(lambda frame: frame.get("client_id") == "l-3")
        assert await liu.badge(group) == (0, False)
        assert (await liu.lines(group))[-1] == "member_left"
        assert (await phone.lines(group))[-3:] == ["member_left", "member_removed", "继续"]
        assert (await phone.look()).get("conversation", group)["member_count"] == 2

        whole = await clients[ZHANG].get(f"{path}/messages")
        assert [one["text"] for one in whole["items"]] == await phone.lines(group)


async def test_two_people_talk_alone_and_find_the_same_conversation_again(house: House) -> None:
    clients = await enter_all(house, (LIU, ZHAO, LEAD))
    async with clients[LIU].live() as liu_live, clients[ZHAO].live() as zhao_live:
        liu, zhao = [
            await screen(house, clients[one], live) for one, live in ((LIU, liu_live), (ZHAO, zhao_live))
        ]
        made = await clients[LIU].post("/api/conversations", {"kind": "direct", "people": [ZHAO]})
        again = await clients[ZHAO].post("/api/conversations", {"kind": "direct", "people": [LIU]})
        assert again["id"] == made["id"]
        talk = made["id"]
        for at in range(5):
            await say(liu_live, talk, f"a-{at}")
        assert await zhao.badge(talk) == (5, False)
        await say(zhao_live, talk, "好")
        assert await zhao.badge(talk) == (0, False)
        assert await liu.badge(talk) == (1, False)
        assert await liu.lines(talk) == await zhao.lines(talk)
        hidden = await clients[LEAD].http.get(f"/api/conversations/{talk}")
        assert hidden.status_code == 404
        for attempt in (
            clients[LIU].try_post(f"/api/conversations/{talk}/members", {"people": [LEAD]}),
            clients[LIU].http.delete(f"/api/conversations/{talk}/members/{LIU}"),
        ):
            refused = await attempt
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        listed = await clients[ZHAO].get("/api/conversations")
        assert listed["items"][0]["id"] == talk, "what moved last stands first"


async def say(live: Live, conversation: int, text: str) -> None:
    client_id = f"say-{next(_numbers)}"
    await live.say(op="send", conversation=conversation, client_id=client_id, text=text)
    answer = await live.until(lambda frame: frame.get("client_id") == client_id)
    assert answer["op"] == "sent"


async def test_a_long_history_is_read_page_by_page_without_a_hole(house: House) -> None:
    clients = await enter_all(house, (LIU, ZHAO))
    made = await clients[LIU].post("/api/conversations", {"kind": "direct", "people": [ZHAO]})
    async with clients[LIU].live() as live:
        for at in range(70):
            await live.say(op="send", conversation=made["id"], client_id=f"h-{at}", text=f"{at}")
        await live.until(lambda frame: frame.get("client_id") == "h-69")
    path, before = f"/api/conversations/{made['id']}/messages", None
    found: list[int] = []
    while True:
        page = await clients[ZHAO].get(path, limit=30, **({"before": before} if before else {}))
        found = [one["number"] for one in page["items"]] + found
        if len(page["items"]) < 30:
            break
        before = page["items"][0]["number"]
    assert found == list(range(1, 71))
    after = await clients[ZHAO].get(path, after=40, limit=10)
    assert [one["number"] for one in after["items"]] == list(range(41, 51))
    replica = Replica.of(await clients[ZHAO].bootstrap())
    assert replica.unread(made["id"]) == (70, False)
    place = await clients[ZHAO].put(f"/api/conversations/{made['id']}/read", {"number": 70})
    replica.apply(10**9, [put("membership", made["id"], place)])
    assert replica.unread(made["id"]) == (0, False)
