"""A phone in a tunnel, a server that is restarted, a network that blocks sockets, a log that was restored: nothing is lost or doubled."""

import asyncio
from typing import Any

from sqlalchemy import update

from server.events.models import LogHead
from tests.conftest import SettingsMaker
from tests.house import Client, House, Live, serve
from tests.server.realtime.crowd import all_heard, enter, enter_all, hub_of
from tests.server.realtime.replica import Replica

TALKER, PHONE = 3, 4


async def start(talker: Client) -> int:
    made = await talker.post("/api/conversations", {"kind": "group", "name": "Tunnel", "people": [PHONE, 5]})
    return int(made["id"])


async def talk(talker: Client, group: int, words: range) -> None:
    for at in words:
        body = {"client_id": f"t-{at}", "text": f"{at}"}
        await talker.post(f"/api/conversations/{group}/messages", body)


def words(replica: Replica, group: int) -> list[str]:
    return [one["text"] for one in replica.messages(group).values() if one["kind"] == "text"]


async def test_a_phone_that_loses_its_line_again_and_again_hears_every_word_once(house: House) -> None:
    clients = await enter_all(house, (TALKER, PHONE))
    group = await start(clients[TALKER])
    first = await clients[PHONE].bootstrap()
    replica, cursor, outcomes = Replica.of(first), first["cursor"], []
    talking = asyncio.create_task(talk(clients[TALKER], group, range(40)))
    while not talking.done():
        async with clients[PHONE].live(cursor) as live:
            outcomes.append(live.frames[0]["outcome"])
            if not talking.done():
                await live.until(lambda frame: frame["op"] == "events")
            replica.take(live.events)
            cursor = live.cursor
            live.connection.transport.abort()  # the tunnel
    async with clients[PHONE].live(cursor) as live:
        await all_heard(house, [live])
        replica.take(live.events)
    assert words(replica, group) == [str(at) for at in range(40)]
    seqs = [envelope["seq"] for envelope in replica.envelopes]
    assert seqs == sorted(set(seqs))
    assert "replay" in outcomes


async def test_a_restarted_server_goes_on_where_every_client_was(house_settings: SettingsMaker) -> None:
    settings = house_settings()
    house = await House(settings).start()
    clients = await enter_all(house, (TALKER, PHONE))
    group = await start(clients[TALKER])
    async with clients[PHONE].live() as live:
        await talk(clients[TALKER], group, range(5))
        await all_heard(house, [live])
        cursor = live.cursor
    await talk(clients[TALKER], group, range(5, 10))
    cookies = {one: client.http.cookies for one, client in clients.items()}
    await house.stop()
    async with serve(settings) as again:
        talker, phone = again.anonymous(), again.anonymous()
        talker.http.cookies, phone.http.cookies = cookies[TALKER], cookies[PHONE]
        assert hub_of(again).relay.since(int(cursor.rpartition("-")[2])) is None, (
            "the new process remembers nothing"
        )
        # The talker got no answer to the last two and sends them again.
        await talk(talker, group, range(8, 12))
        async with phone.live(cursor) as live:
            assert live.frames[0]["outcome"] == "replay"
            await talk(talker, group, range(12, 14))
            await all_heard(again, [live])
            texts = [event["changes"][0]["data"]["text"] for event in live.events]
            assert texts == [str(at) for at in range(5, 14)]


async def test_where_sockets_are_blocked_the_same_words_come_by_polling(house: House) -> None:
    clients = await enter_all(house, (TALKER, PHONE))
    phone = clients[PHONE]
    group = await start(clients[TALKER])
    refused = await phone.get("/api/events", cursor="", wait=0)
    assert (refused["outcome"], refused["events"]) == ("reset", [])
    first = await phone.bootstrap()
    replica, cursor = Replica.of(first), first["cursor"]
    nothing = await phone.get("/api/events", cursor=cursor, wait=0)
    assert (nothing["outcome"], nothing["events"], nothing["cursor"]) == ("nothing_missed", [], cursor)
    waiting = asyncio.create_task(phone.get("/api/events", cursor=cursor, wait=20))
    talking = asyncio.create_task(talk(clients[TALKER], group, range(20)))
    answer = await waiting
    assert answer["outcome"] == "replay"
    while True:
        replica.take(answer["events"])
        assert str(answer["seq"]) == answer["cursor"].rpartition("-")[2]
        cursor = answer["cursor"]
        if talking.done() and not answer["events"]:
            break
        answer = await phone.get("/api/events", cursor=cursor, wait=0)
    assert words(replica, group) == [str(at) for at in range(20)]
    seqs = [envelope["seq"] for envelope in replica.envelopes]
    assert seqs == sorted(set(seqs))
    async with phone.live(cursor) as live:
        assert live.frames[0]["outcome"] == "nothing_missed", "from polling to a socket with the same cursor"


async def test_after_a_restore_a_client_looks_at_everything_anew_on_the_same_socket(
    house_settings: SettingsMaker,
) -> None:
    settings = house_settings()
    house = await House(settings).start()
    client = await enter(house, PHONE)
    old = (await client.bootstrap())["cursor"]
    cookies = client.http.cookies

    def restored(work: Any) -> None:
        work.conn.execute(update(LogHead).values(epoch="restored"))

    await house.company.write(restored)
    await house.stop()
    async with serve(settings) as again:
        phone, talker = again.anonymous(), await enter(again, TALKER)
        phone.http.cookies = cookies
        phone.me = client.me
        async with phone.live(old) as live:
            assert live.frames[0]["outcome"] == "reset"
            group = await start(talker)
            await talk(talker, group, range(3))
            bootstrap = await phone.bootstrap()
            assert bootstrap["cursor"].startswith("restored-")
            replica = Replica.of(bootstrap)
            assert (await live.hello(bootstrap["cursor"]))["outcome"] == "nothing_missed"
            await talk(talker, group, range(3, 6))
            await all_heard(again, [live])
            replica.take(live.events)
            assert words(replica, group) == ["2", "3", "4", "5"], "the newest from the look, the rest live"
            assert replica.unread(group) == (7, False)


async def test_an_outbox_that_repeats_itself_over_every_road_stores_each_word_once(house: House) -> None:
    clients = await enter_all(house, (TALKER, PHONE))
    group = await start(clients[TALKER])
    outbox = [f"o-{at}" for at in range(10)]

    async def over_socket(live: Live) -> None:
        for client_id in outbox:
            await live.say(op="send", conversation=group, client_id=client_id, text=client_id)

    async with clients[PHONE].live() as cut:
        await over_socket(cut)
        cut.connection.transport.abort()  # no answer was heard
    async with clients[PHONE].live() as live, clients[TALKER].live() as other:
        await over_socket(live)
        for client_id in outbox:
            answer = await live.until(lambda frame, id=client_id: frame.get("client_id") == id)  # type: ignore[misc]
            assert answer["op"] == "sent"
            body = {"client_id": client_id, "text": client_id}
            by_http = await clients[PHONE].post(f"/api/conversations/{group}/messages", body)
            assert (by_http["id"], by_http["number"]) == (answer["id"], answer["number"])
        await all_heard(house, [other])
    page = await clients[TALKER].get(f"/api/conversations/{group}/messages")
    assert [one["text"] for one in page["items"][1:]] == outbox
