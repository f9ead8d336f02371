"""A reader that does not read is stopped at about a mebibyte, delays nobody, and loses nothing when it comes round (P8)."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from chat import messages
from server.events import log
from server.events.envelope import Event, person_stream
from server.kit.json import encode
from server.realtime.hub import FRAME_BYTES, Hub, Pace
from server.realtime.socket import Socket
from server.work.company import Company
from tests.house import Client, House, Live
from tests.server.realtime.crowd import Ear, all_heard, enter, eventually, handed_out, hub_of

FULL = 2 << 20


async def tell(company: Company, person: int, count: int = 1) -> int:
    def turn(work: Any) -> None:
        for _ in range(count):
            work.record(Event("test.happened", [person_stream(person)]))

    return (await company.write(turn)).seq


@asynccontextmanager
async def ticking(company: Company, **pace: Any) -> AsyncIterator[Hub]:
    hub = Hub(company.relay, Pace(look_every=0.005, **pace))
    hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


async def listening(company: Company, hub: Hub, person: int) -> Ear:
    ear = Ear(company, hub, person, f"{company.relay.epoch}-{await company.read(log.head)}")
    await ear.hello()
    return ear


def said(ear: Ear) -> list[str]:
    return [frame["op"] for frame in ear.frames]


async def test_a_full_reader_is_told_to_resync_once_it_has_drained_and_misses_nothing(
    shared_company: Company,
) -> None:
    company = shared_company
    async with ticking(company) as hub:
        slow, quick = await listening(company, hub, 4), await listening(company, hub, 4)
        slow.held = FULL
        last = await tell(company, 4, count=3)
        await handed_out(company, hub)
        assert (slow.heard, quick.heard) == ([], [last - 2, last - 1, last])
        assert slow.listener.streams == set(), "nothing more is kept for a full reader"
        slow.held = hub.pace.drained + 1
        await tell(company, 4)
        await handed_out(company, hub)
        assert "resync" not in said(slow)
        slow.held = 0
        await eventually(lambda: "resync" in said(slow))
        assert slow.heard == []
        await slow.hello()
        assert slow.heard == quick.heard == [last - 2, last - 1, last, last + 1]
        await tell(company, 4)
        await handed_out(company, hub)
        assert slow.heard == quick.heard
        assert said(slow).count("resync") == 1


async def test_a_reader_that_does_not_drain_is_hung_up_with_4408(shared_company: Company) -> None:
    company = shared_company
    async with ticking(company, stall_limit=0.02) as hub:
        slow, quick = await listening(company, hub, 4), await listening(company, hub, 4)
        slow.held = FULL
        await tell(company, 4)
        await eventually(lambda: slow.hung_up == 4408)
        assert (quick.hung_up, len(quick.heard)) == (None, 1)
        assert hub.sockets[4] == {quick.listener}


async def test_a_replay_stops_where_the_reader_is_full_and_goes_on_from_there(
    shared_company: Company,
) -> None:
    company = shared_company
    async with ticking(company) as hub:
        ear = await listening(company, hub, 5)
        before = await company.read(log.head)
        last = await tell(company, 5, count=450)
        ear.cut()
        ear.heard.clear()

        class Filling(Ear):
            def push(self, payload: bytes, frame: bytes) -> None:
                super().push(payload, frame)
                self.held += hub.pace.max_buffered // 2 + 1

        filling = Filling(company, hub, 5, f"{company.relay.epoch}-{before}")
        await filling.hello()
        assert said(filling) == ["ready", "events"], "the second frame of events no longer went out"
        filling.held = 0
        await eventually(lambda: "resync" in said(filling))
        filling.held = -FULL
        await filling.hello()
        assert filling.heard == list(range(before + 1, last + 1))


async def test_a_whisper_reaches_the_others_when_one_reader_is_full(shared_company: Company) -> None:
    company = shared_company
    hub = Hub(company.relay)
    ears = [await listening(company, hub, person) for person in (3, 4, 5, 6)]
    for ear in ears[::2]:
        ear.held = FULL
    hub.whisper("everyone", b'{"op":"typing"}', but=0)
    assert [said(ear).count("typing") for ear in ears] == [0, 1, 0, 1]


# --- over a real connection


@asynccontextmanager
async def deaf_socket(house: House, client: Client) -> AsyncIterator[Live]:
    """A socket with small buffers that reads nothing until it is asked to."""
    own = socket.socket()
    own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    own.setblocking(False)
    await asyncio.get_running_loop().sock_connect(own, ("127.0.0.1", house.settings.port))
    cookies = "; ".join(f"{name}={value}" for name, value in client.http.cookies.items())
    async with connect(
        f"ws://127.0.0.1:{house.settings.port}/api/live",
        sock=own,
        additional_headers={"Cookie": cookies},
        compression=None,
        ping_interval=None,
        max_queue=1,
        close_timeout=0.1,
    ) as opened:
        live = Live(opened)
        await live.say(op="hello", cursor=(await client.bootstrap())["cursor"])
        await live.until(lambda frame: frame["op"] == "ready")
        their_end: Any = socket_of(house, client.id).wire
        their_end.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        yield live


def socket_of(house: House, person: int) -> Socket:
    """The server's end of this person's only socket."""
    [listener] = hub_of(house).sockets[person]
    assert isinstance(listener.outlet, Socket)
    return listener.outlet


async def shout(house: House, group: int, count: int, first: int = 0) -> int:
    """So many messages of 24 kB, numbered from `first`. Answers the next number."""
    numbers = range(first, first + count)
    said = [messages.prepare(3, group, f"loud-{at}", f"{at:04} " + "很" * 7_990, None) for at in numbers]
    await asyncio.gather(*[house.company.small("message", one) for one in said])
    return first + count


async def test_a_deaf_socket_holds_a_mebibyte_and_hears_everything_afterwards(house: House) -> None:
    sender, deaf, other = [await enter(house, one) for one in (3, 4, 5)]
    group = (await sender.post("/api/conversations", {"kind": "group", "name": "G", "people": [4, 5]}))["id"]
    async with other.live() as quick, deaf_socket(house, deaf) as slow:
        await shout(house, group, 120)
        await all_heard(house, [quick])
        assert [event["changes"][0]["data"]["text"][:4] for event in quick.events] == [
            f"{at:04}" for at in range(120)
        ]
        waiting, limit = socket_of(house, 4).buffered(), hub_of(house).pace.max_buffered
        assert limit < waiting < limit + 64 * 25_000, "at most what one batch told beyond the limit"
        assert max(len(encode(frame)) for frame in quick.frames) < FRAME_BYTES + 1_000
        assert hub_of(house).sockets[4].copy().pop().streams == set()
        await slow.say(op="hello", cursor="x")  # must not add to what waits
        await slow.until(lambda frame: frame["op"] == "resync")
        assert "ready" not in [frame["op"] for frame in slow.frames[1:]]
        heard = len(slow.events)
        assert 0 < heard < 120
        own_cursor = [frame for frame in slow.frames if frame["op"] == "events"][-1]["cursor"]
        await slow.say(op="hello", cursor=own_cursor)
        while len(slow.events) < 120:
            frame = await slow.next_frame()
            if frame["op"] == "resync":
                own_cursor = [frame for frame in slow.frames if frame["op"] == "events"][-1]["cursor"]
                await slow.say(op="hello", cursor=own_cursor)
        assert [event["seq"] for event in slow.events] == [event["seq"] for event in quick.events]


async def test_a_deaf_socket_is_closed_4408_and_its_memory_is_given_back(house: House) -> None:
    hub_of(house).pace = Pace(look_every=0.01, stall_limit=0.05)
    sender, deaf, other = [await enter(house, one) for one in (3, 4, 5)]
    group = (await sender.post("/api/conversations", {"kind": "group", "name": "G", "people": [4, 5]}))["id"]
    async with deaf_socket(house, deaf) as slow, deaf_socket(house, other) as never:
        ends: list[Any] = [socket_of(house, one).wire for one in (4, 5)]
        ends[1].close_timeout = 0.1
        said = await shout(house, group, 70)
        # Whether a reader is full is looked at before each write, and all this may have been one.
        while {4, 5} & hub_of(house).sockets.keys():
            said = await shout(house, group, 1, said)
        code = await last_word(slow)
        assert code == 4408
        await eventually(lambda: all(end.disconnected for end in ends))
        await last_word(never)


async def last_word(live: Live) -> int | None:
    """Reads to the end; the code of the server's close frame."""
    try:
        while True:
            await live.next_frame()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None
