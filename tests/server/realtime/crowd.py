"""Many people at once, cheaply: sessions without passwords, and ways to wait for exactly what is on its way."""

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from websockets.exceptions import ConnectionClosed

from server.auth import sessions
from server.auth.cookies import cookie_name
from server.config.settings import Settings
from server.events import log
from server.opening import open_company
from server.realtime.hub import Hub, Listener
from server.realtime.resume import Resumed, frames, resume
from server.work.company import Company
from tests.house import NO_CERTIFICATES, PATIENCE, Client, House, Live

_pings = itertools.count(1)


def seeds(count: int) -> list[int]:
    """The dice of a random test. More of them: TENFOUR_SEEDS=50 (times as many)."""
    return list(range(1, 1 + count * int(os.environ.get("TENFOUR_SEEDS", "1"))))


async def enter(house: House, person_id: int) -> Client:
    """This person on one more device; no password is hashed."""
    begun = await house.company.write(lambda work: sessions.begin(work, person_id, "test"))
    http = httpx2.AsyncClient(base_url=house.base, timeout=PATIENCE, verify=NO_CERTIFICATES)
    house.clients.append(http)
    client = Client(house, http)
    client.http.cookies.set(cookie_name(False), begun.value, domain="127.0.0.1")
    client.me = {"person": {"id": person_id}}
    return client


async def enter_all(house: House, person_ids: Iterable[int]) -> dict[int, Client]:
    return {person_id: await enter(house, person_id) for person_id in person_ids}


def hub_of(house: House) -> Hub:
    """The hub of the served process, to look at and to give other limits."""
    app: Any = house.server.config.app
    hub: Hub = app.state.hub
    return hub


async def eventually(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Gives the loop turns until the condition holds."""
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.002)


async def handed_out(company: Company, hub: Hub) -> int:
    """Waits until the hub has handed out everything committed so far, held-back tallies too; answers the head."""
    head = await company.read(log.head)
    hub.relay.poke(head)
    await eventually(lambda: hub.settled >= head)
    return head


async def last_word(live: Live) -> int | None:
    """Reads to the end; the code of the server's close frame."""
    try:
        while True:
            await live.next_frame()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def overtaken(live: Live) -> None:
    """Everything pushed to this socket up to now has been received: the answer to a nonsense watch comes after it."""
    ref = {"kind": "ping", "id": next(_pings)}
    await live.say(op="watch", ref=ref)
    await live.until(lambda frame: frame["op"] == "error" and frame.get("ref") == ref)


async def all_heard(house: House, lives: Iterable[Live]) -> int:
    """Everything committed so far has reached these sockets; answers the head."""
    head = await handed_out(house.company, hub_of(house))
    for live in lives:
        await overtaken(live)
    return head


# --- below HTTP: a started company with a hub, and listeners without sockets


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Company]:
    company = open_company(settings)
    await company.start()
    try:
        yield company
    finally:
        await company.stop()


class Ear:
    """A connection without a socket: what a client would have received, in order, and its cursor."""

    def __init__(self, company: Company, hub: Hub, person_id: int, cursor: str, session_id: int = 0) -> None:
        self.company = company
        self.hub = hub
        self.listener = Listener(person_id, session_id, self)
        self.cursor = cursor
        self.heard: list[int] = []
        self.frames: list[dict[str, Any]] = []
        self.held = 0
        self.hung_up: int | None = None
        assert hub.admit(self.listener, 10_000)

    def push(self, payload: bytes, frame: bytes) -> None:
        """As a browser: a cursor counts once its frame has been worked off."""
        said = json.loads(payload)
        self.frames.append(said)
        if said["op"] == "events":
            self.heard += [event["seq"] for event in said["events"]]
            self.cursor = said["cursor"]
        elif said["op"] == "beat" or said.get("outcome") == "nothing_missed":
            self.cursor = said["cursor"]

    def buffered(self) -> int:
        return self.held

    def hang_up(self, code: int) -> None:
        self.hung_up = code

    def asks_again(self, seq: int) -> None:
        """An ear has no rights of its own."""

    async def hello(self, keep: int | None = None) -> Resumed:
        """Says hello from the own cursor; takes only the first `keep` frames of the answer when told to."""
        resumed = await resume(self.company, self.hub, self.listener, self.cursor)
        for payload, frame in itertools.islice(frames(self.hub, resumed), keep):
            self.hub.push(self.listener, payload, frame)
        return resumed

    def cut(self) -> None:
        """The connection broke."""
        self.hub.forget(self.listener)
