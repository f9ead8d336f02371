"""A served demo company for a test: the real application on a real port, clients and sockets that speak to it from outside."""

import asyncio
import itertools
import json
import shutil
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import httpx2
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from server.config.settings import Settings
from server.demo.people import PASSWORD
from server.kit.module import Module
from server.modules import MODULES
from server.opening import DATABASE_FILE, open_company
from server.serving import server_for
from server.work.company import Company
from tests.invariants import check_invariants
from tests.servers import free_port

PATIENCE = 10.0
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loading them takes longer than many a test
_keys = itertools.count(1)


class Live:
    """A socket that has said hello. Frames wait in `frames` until a test asks for them."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.frames: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.cursor = ""

    async def say(self, **frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def say_raw(self, text: str | bytes) -> None:
        await self.connection.send(text)

    async def next_frame(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next frame; remembers cursor and events as a client would."""
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.connection.recv(), timeout))
        self.frames.append(frame)
        self.cursor = frame.get("cursor") or self.cursor
        self.events += frame.get("events", [])
        return frame

    async def until(
        self, wanted: Callable[[dict[str, Any]], bool], timeout: float = PATIENCE
    ) -> dict[str, Any]:
        """The first frame, past or to come, that is wanted."""
        for frame in self.frames:
            if wanted(frame):
                return frame
        async with asyncio.timeout(timeout):
            while True:
                frame = await self.next_frame(timeout)
                if wanted(frame):
                    return frame

    async def event(self, type: str, timeout: float = PATIENCE, **about: Any) -> dict[str, Any]:
        """The first event of this type whose changes hold these values; each is given out once."""

        def fits(event: dict[str, Any]) -> bool:
            if event["type"] != type:
                return False
            data = [change.get("data") or {"id": change["id"]} for change in event["changes"]]
            return not about or any(all(one.get(k) == v for k, v in about.items()) for one in data)

        async with asyncio.timeout(timeout):
            while True:
                for event in self.events:
                    if fits(event):
                        self.events.remove(event)
                        return event
                await self.next_frame(timeout)

    async def quiet(self, seconds: float = 0.3) -> None:
        """Takes what comes until nothing has come for this long."""
        while True:
            try:
                await self.next_frame(seconds)
            except TimeoutError:
                return

    async def hello(self, cursor: str) -> dict[str, Any]:
        """Says hello again on this socket; answers `ready`."""
        self.frames.clear()
        await self.say(op="hello", cursor=cursor)
        return await self.until(lambda frame: frame["op"] == "ready")


class Client:
    """A signed-in (or anonymous) person's HTTP client."""

    def __init__(self, house: "House", http: httpx2.AsyncClient) -> None:
        self.house = house
        self.http = http
        self.me: dict[str, Any] = {}

    @property
    def id(self) -> int:
        return int(self.me["person"]["id"])

    async def get(self, path: str, **params: Any) -> Any:
        """The decoded answer; fails the test on a refusal."""
        return _good(await self.http.get(path, params=params or None))

    async def post(self, path: str, body: Any = None, **about: Any) -> Any:
        return _good(await self.try_post(path, body, **about))

    async def try_post(self, path: str, body: Any = None, *, key: str | None = None) -> httpx2.Response:
        headers = {"Idempotency-Key": key or f"test-{next(_keys)}"}
        return await self.http.post(path, json={} if body is None else body, headers=headers)

    async def put(self, path: str, body: Any = None) -> Any:
        return _good(await self.http.put(path, json={} if body is None else body))

    async def delete(self, path: str) -> Any:
        return _good(await self.http.delete(path))

    async def bootstrap(self) -> Any:
        return await self.get("/api/bootstrap")

    @asynccontextmanager
    async def live(self, cursor: str | None = None) -> AsyncIterator[Live]:
        """A socket that has said hello, from now on (`None`) or from a cursor."""
        async with self.raw_socket() as live:
            await live.say(
                op="hello", cursor=(await self.bootstrap())["cursor"] if cursor is None else cursor
            )
            await live.until(lambda frame: frame["op"] == "ready")
            yield live

    @asynccontextmanager
    async def raw_socket(self) -> AsyncIterator[Live]:
        """A socket that has said nothing yet."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        url = f"ws://127.0.0.1:{self.house.settings.port}/api/live"
        # With a bounded queue a socket that nobody reads would not see the answer to its close either: ten seconds each.
        async with connect(
            url,
            additional_headers={"Cookie": cookies},
            compression=None,
            ping_interval=None,
            max_queue=None,
        ) as ws:
            yield Live(ws)


def _good(response: httpx2.Response) -> Any:
    assert response.status_code < 300, f"{response.status_code} {response.text}"
    return response.json() if response.content else None


class House:
    """The demo company, served until `stop`."""

    def __init__(self, settings: Settings, modules: Sequence[Module] = MODULES) -> None:
        self.settings = settings
        self.modules = modules
        self.clients: list[httpx2.AsyncClient] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    async def start(self) -> Self:
        self.company: Company = open_company(self.settings, self.modules)
        self.server: uvicorn.Server = server_for(self.company)
        # What `Server.serve` does, without its loop that looks ten times a second whether it should end.
        self.server.config.load()
        self.server.lifespan = self.server.config.lifespan_class(self.server.config)
        await self.server.startup()
        if not self.server.started:
            raise RuntimeError("the server stopped while starting")
        await self.server.on_tick(0)  # the Date header
        return self

    async def stop(self) -> None:
        for client in self.clients:
            await client.aclose()
        for listening in self.server.servers:
            listening.close()
        for connection in list(self.server.server_state.connections):
            connection.shutdown()
        left = list(self.server.server_state.tasks)  # nobody is waited for …
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self.server.lifespan.shutdown()  # … but the company stops its threads and gives its files back

    def anonymous(self) -> Client:
        http = httpx2.AsyncClient(base_url=self.base, timeout=PATIENCE, verify=NO_CERTIFICATES)
        self.clients.append(http)
        return Client(self, http)

    async def sign_in(self, login: str, password: str = PASSWORD) -> Client:
        """A person of the demo by staff number (`server/demo/people.py`)."""
        client = self.anonymous()
        client.me = await client.post("/api/session", {"login": login, "password": password})
        return client

    async def check(self) -> None:
        """The invariants hold (delivery.md §3)."""
        await self.company.read(check_invariants)


@asynccontextmanager
async def serve(settings: Settings, modules: Sequence[Module] = MODULES) -> AsyncIterator[House]:
    house = await House(settings, modules).start()
    try:
        yield house
        await house.check()
    finally:
        await house.stop()


def sqlite_settings(folder: Path, template: Path, **more: Any) -> Settings:
    """A fresh copy of the demo company in a data folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, folder / DATABASE_FILE)
    return Settings(data=folder, port=free_port(), **_defaults(more))


def postgres_settings(folder: Path, database_url: str, redis_url: str, **more: Any) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(
        data=folder, port=free_port(), database_url=database_url, redis_url=redis_url, **_defaults(more)
    )


def _defaults(more: dict[str, Any]) -> dict[str, Any]:
    return {
        "test_clock": True,
        "sends_per_second": 2_000.0,
        "sends_burst": 5_000,
        "sockets_per_person": 50,
        **more,
    }
