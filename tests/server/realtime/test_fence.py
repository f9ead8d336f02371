"""Revocation is a fence: removed at a number, nothing above it arrives, on no socket, by no poll, in no page (P9)."""

import asyncio
import itertools
from contextlib import AsyncExitStack
from typing import Any

from chat import messages
from tests.conftest import SettingsMaker
from tests.house import PATIENCE, Client, House, serve
from tests.server.realtime.crowd import all_heard, enter, enter_all, eventually, hub_of, last_word, overtaken

ADMINISTRATOR, OWNER, VICTIM, OTHERS = 2, 3, 4, (5, 6, 7)
_numbers = itertools.count(1)


async def group_of(owner: Client, *people: int) -> int:
    made = await owner.post("/api/conversations", {"kind": "group", "name": "Fence", "people": list(people)})
    return int(made["id"])


async def chatter(house: House, conversation: int, senders: tuple[int, ...], stop: asyncio.Event) -> int:
    """As fast as the write lane takes them, until told to stop; on a machine that does so at once, until it is a flood."""
    count = 0
    while not stop.is_set() or count <= 60:
        said = [
            messages.prepare(one, conversation, f"f-{next(_numbers)}", "quick", None) for one in senders * 3
        ]
        await asyncio.gather(*[house.company.small("message", one) for one in said])
        count += len(said)
    return count


def of_conversation(events: list[dict[str, Any]], conversation: int) -> list[dict[str, Any]]:
    return [
        event
        for event in events
        if any(
            conversation in (change["id"], change["data"].get("conversation_id"))
            and change["kind"] != "person"
            for change in event["changes"]
        )
    ]


def numbers(events: list[dict[str, Any]], conversation: int) -> list[int]:
    return sorted(
        {
            change["data"]["number"]
            for event in events
            for change in event["changes"]
            if change["kind"] == "message" and change["data"]["conversation_id"] == conversation
        }
    )


async def poll_on(client: Client, cursor: str, heard: list[dict[str, Any]], stop: asyncio.Event) -> None:
    while True:
        answer = await client.get("/api/events", cursor=cursor, wait=0 if stop.is_set() else 1)
        heard += answer["events"]
        cursor = answer["cursor"]
        if stop.is_set() and not answer["events"]:
            return


async def test_who_is_removed_amid_a_flood_of_messages_hears_none_after_the_removal(house: House) -> None:
    clients = await enter_all(house, (OWNER, VICTIM))
    victim = clients[VICTIM]
    group = await group_of(clients[OWNER], VICTIM, *OTHERS)
    cursor = (await victim.bootstrap())["cursor"]
    polled: list[dict[str, Any]] = []
    flooded, quiet = asyncio.Event(), asyncio.Event()
    async with AsyncExitStack() as opened:
        sockets = [await opened.enter_async_context(victim.live(cursor)) for _ in range(3)]
        owner = await opened.enter_async_context(clients[OWNER].live())
        polling = asyncio.create_task(poll_on(victim, cursor, polled, quiet))
        flood = asyncio.create_task(chatter(house, group, OTHERS, flooded))
        await sockets[0].until(lambda frame: len(numbers(sockets[0].events, group)) > 30)
        await clients[OWNER].delete(f"/api/conversations/{group}/members/{VICTIM}")
        await owner.event("conversation.changed", id=group)
        reached = max(numbers(owner.events, group), default=0)
        await owner.until(lambda frame: max(numbers(owner.events, group), default=0) > reached + 20)
        flooded.set()
        sent = await flood
        quiet.set()
        await asyncio.gather(polling, all_heard(house, sockets))
    assert sent > 60

    place = (await victim.get(f"/api/conversations/{group}"))["also"][0]["data"]
    assert place["state"] == "removed"
    for name, heard in [*((f"socket {at}", one.events) for at, one in enumerate(sockets)), ("poll", polled)]:
        fence = [event["seq"] for event in heard if event["type"] == "conversation.removed"]
        assert len(fence) == 1, name
        assert max(event["seq"] for event in of_conversation(heard, group)) == fence[0], name
        assert numbers(heard, group) == list(range(2, place["to_number"] + 1)), (
            f"{name}: all before, none after"
        )
    async with victim.live(cursor) as again:
        await overtaken(again)
        assert numbers(again.events, group) == list(range(2, place["to_number"] + 1)), "neither by a replay"
    pages = await victim.get(f"/api/conversations/{group}/messages", after=place["to_number"] - 1, limit=100)
    assert [one["number"] for one in pages["items"]] == [place["to_number"]]
    refused = await victim.try_post(
        f"/api/conversations/{group}/messages", {"client_id": "late", "text": "late"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_who_is_disabled_amid_a_flood_hears_nothing_above_it_and_every_way_in_is_shut(
    house: House,
) -> None:
    clients = await enter_all(house, (ADMINISTRATOR, OWNER, VICTIM))
    victim = clients[VICTIM]
    group = await group_of(clients[OWNER], VICTIM, *OTHERS)
    made = await victim.post("/api/me/tokens", {"name": "script", "scopes": ["post.read"], "days": 30})
    bearer = {"Authorization": f"Bearer {made['token']}"}
    flooded = asyncio.Event()
    async with AsyncExitStack() as opened:
        sockets = [await opened.enter_async_context(victim.live()) for _ in range(3)]
        flood = asyncio.create_task(chatter(house, group, OTHERS, flooded))
        await sockets[0].until(lambda frame: len(numbers(sockets[0].events, group)) > 30)
        cut = [asyncio.create_task(last_word(one)) for one in sockets]
        left = await clients[ADMINISTRATOR].http.put(
            f"/api/people/{VICTIM}/resignation", json={"pass_reports_up": True}
        )
        assert left.status_code == 200, left.text
        assert await asyncio.wait_for(asyncio.gather(*cut), PATIENCE) == [4401] * 3
        flooded.set()
        assert await flood > 60
    fence = int(left.headers["Tenfour-Seq"])
    for one in sockets:
        assert max(event["seq"] for event in one.events) <= fence, "nothing above the act"
    for headers in ({}, bearer):
        refused = await victim.http.get("/api/bootstrap", headers=headers)
        assert refused.status_code == 401
        victim.http.cookies.clear()


async def test_who_comes_back_reads_the_old_span_and_the_new_one_but_not_the_time_between(
    house: House,
) -> None:
    clients = await enter_all(house, (OWNER, VICTIM, 5))
    group = await group_of(clients[OWNER], VICTIM, 5)
    path = f"/api/conversations/{group}"

    async def say(person: int, text: str) -> int:
        body = {"client_id": f"s-{next(_numbers)}", "text": text}
        return int((await clients[person].post(f"{path}/messages", body))["number"])

    async def shown(**about: Any) -> list[int]:
        page = await clients[VICTIM].get(f"{path}/messages", limit=100, **about)
        return [one["number"] for one in page["items"]]

    last_before = await say(5, "before")
    await clients[OWNER].delete(f"{path}/members/{VICTIM}")
    hidden = [await say(5, "secret one"), await say(OWNER, "secret two")]
    assert max(await shown()) == hidden[0] - 1
    assert await shown(after=hidden[0] - 1) == []
    assert (await clients[OWNER].post(f"{path}/members", {"people": [VICTIM]})) == {"added": 1}
    after = await say(5, "after")
    assert await shown() == [*range(1, last_before + 2), hidden[-1] + 1, after]
    assert await shown(before=after) == [*range(1, last_before + 2), hidden[-1] + 1]
    assert await shown(after=last_before) == [last_before + 1, hidden[-1] + 1, after]
    place = (await clients[VICTIM].get(path))["also"][0]["data"]
    assert (place["state"], place["from_number"], place["to_number"]) == ("active", hidden[-1] + 1, None)
    assert await say(VICTIM, "hello again") == after + 1
    await clients[VICTIM].delete(f"{path}/members/{VICTIM}")
    await say(5, "secret three")
    assert await shown() == [*range(1, last_before + 2), *range(hidden[-1] + 1, after + 3)]


async def test_an_ended_session_closes_its_sockets_with_4401_and_no_other(house: House) -> None:
    leaving, staying = await enter(house, VICTIM), await enter(house, VICTIM)
    async with (
        leaving.live() as one,
        leaving.live() as two,
        leaving.raw_socket() as silent,
        staying.live() as other,
    ):
        await silent.say(op="watch", ref={"kind": "x", "id": 1})
        await silent.next_frame()
        poll = asyncio.create_task(leaving.http.get("/api/events", params={"cursor": one.cursor, "wait": 20}))
        await overtaken(one)
        await leaving.delete("/api/session")
        for live in (one, two, silent):
            assert await last_word(live) == 4401
        answer = await poll
        assert answer.status_code == 401 or answer.json()["events"] == []
        assert (await leaving.http.get("/api/events", params={"cursor": one.cursor})).status_code == 401
        await overtaken(other)
        async with leaving.raw_socket() as late:
            assert await last_word(late) == 4401


async def test_a_removed_member_neither_hears_typing_nor_is_heard(house: House) -> None:
    clients = await enter_all(house, (OWNER, VICTIM, 5))
    group = await group_of(clients[OWNER], VICTIM, 5)
    async with clients[VICTIM].live() as gone, clients[5].live() as here, clients[OWNER].live() as owner:
        await here.say(op="typing", conversation=group)
        await gone.until(lambda frame: frame == {"op": "typing", "conversation": group, "person": 5})
        await clients[OWNER].delete(f"/api/conversations/{group}/members/{VICTIM}")
        await all_heard(house, [gone, here, owner])
        for live in (gone, here, owner):
            live.frames.clear()
        await gone.say(op="typing", conversation=group)
        await overtaken(gone)
        await here.say(op="typing", conversation=group)
        await owner.until(lambda frame: frame == {"op": "typing", "conversation": group, "person": 5})
        await overtaken(gone)
        assert [frame["op"] for frame in gone.frames if frame["op"] == "typing"] == []
        assert {"op": "typing", "conversation": group, "person": VICTIM} not in owner.frames


async def test_a_person_has_a_limited_number_of_sockets(house_settings: SettingsMaker) -> None:
    async with serve(house_settings(sockets_per_person=3)) as house:
        client = await enter(house, VICTIM)
        async with client.live(), client.live(), client.live() as third:
            async with client.raw_socket() as late:
                assert await last_word(late) == 4429
            poll = await client.http.get("/api/events", params={"cursor": ""})
            assert (poll.status_code, poll.json()["code"]) == (429, "rate_limited")
            await third.connection.close()
            await eventually(lambda: len(hub_of(house).sockets[VICTIM]) == 2)
            async with client.live() as fourth:
                await overtaken(fourth)
