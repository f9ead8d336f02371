"""Several web processes and a worker are one company: whoever is killed, nobody notices for long and nothing is lost."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import psycopg
import pytest

from server.__main__ import main
from server.config.settings import SettingRefused, read_settings
from tests.chat.talk import fresh
from tests.house import Client, House, postgres_settings
from tests.scaled import Command, Scaled, environment_of
from tests.servers import PostgresServer, ValkeyServer, create_database, drop_database, free_port

pytestmark = pytest.mark.timeout(120)


class Together:
    """The served company, its processes, and its database to look into."""

    def __init__(self, house: House, scaled: Scaled, web: Command) -> None:
        self.house, self.scaled, self.web = house, scaled, web
        self.worker: Command | None = None

    def jobs_done(self) -> int:
        with psycopg.connect(self.house.settings.database_url) as conn:
            row = conn.execute("SELECT count(*) FROM job WHERE state = 'done'").fetchone()
        return row[0] if row else 0


async def until(holds: Callable[[], Awaitable[bool]], patience: float = 30) -> None:
    async with asyncio.timeout(patience):
        while not await holds():
            await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
async def together(
    postgres: PostgresServer,
    postgres_demo: str,
    valkey: ValkeyServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Together]:
    folder: Path = tmp_path_factory.mktemp("scaled")
    name = f"scaled_{free_port()}"
    url = create_database(postgres, name, postgres_demo)
    house = House(postgres_settings(folder / "data", url, valkey.url))
    scaled = Scaled(folder, environment_of(house.settings.data, url, valkey.url), house.settings.port)
    web = scaled.serve()
    made = Together(house, scaled, web)
    try:
        await asyncio.to_thread(scaled.await_answer, web)
        yield made
    finally:
        for client in house.clients:
            await client.aclose()
        for command in (made.worker, web):
            if command is not None:
                await asyncio.to_thread(command.stop)
        drop_database(postgres, name)


async def found(client: Client, words: str) -> bool:
    return bool((await client.get("/api/search", q=words))["items"])


async def test_whoever_listens_at_whichever_process_hears_what_is_said_at_another(together: Together) -> None:
    house = together.house
    zhang, liu = await house.sign_in("1004"), await house.sign_in("1005")
    talk = (await zhang.post("/api/conversations", {"kind": "direct", "people": [liu.id]}))["id"]
    async with AsyncExitStack() as opened:
        sockets = [await opened.enter_async_context(liu.live()) for _ in range(8)]
        for number in range(4):
            body = {"client_id": fresh(), "text": f"第 {number} 句"}
            await zhang.post(f"/api/conversations/{talk}/messages", body)
        for socket in sockets:
            heard = [await socket.event("message.sent") for _ in range(4)]
            assert [event["seq"] for event in heard] == sorted({event["seq"] for event in heard})


async def test_web_processes_leave_jobs_and_reactions_to_the_worker(together: Together) -> None:
    house = together.house
    zhang, liu = await house.sign_in("1004"), await house.sign_in("1005")
    talk = (await zhang.post("/api/conversations", {"kind": "direct", "people": [liu.id]}))["id"]
    path = f"/api/conversations/{talk}/messages"
    await zhang.post(path, {"client_id": fresh(), "text": "琥珀色的报价单"})
    assert (together.jobs_done(), await found(zhang, "琥珀色")) == (0, False)

    together.worker = together.scaled.work()
    await until(lambda: found(zhang, "琥珀色"))

    async def some_are_done() -> bool:
        return together.jobs_done() > 0

    await until(some_are_done)

    together.worker.process.send_signal(signal.SIGKILL)
    together.worker.process.wait()
    together.worker = together.scaled.work()
    await zhang.post(path, {"client_id": fresh(), "text": "墨绿色的合同"})
    await until(lambda: found(zhang, "墨绿色"))


async def test_a_killed_web_process_is_replaced_and_nothing_acknowledged_is_missing(
    together: Together,
) -> None:
    house = together.house
    zhang, liu = await house.sign_in("1004"), await house.sign_in("1005")
    talk = (await zhang.post("/api/conversations", {"kind": "direct", "people": [liu.id]}))["id"]
    path = f"/api/conversations/{talk}/messages"
    before = {one.pid for one in together.web.children}
    assert len(before) == 2
    acknowledged: list[str] = []
    for number in range(30):
        if number == 10:
            together.web.children[0].kill()
        client_id = fresh()
        while True:  # as the outbox does: the same client id until there is an answer
            try:
                await zhang.post(path, {"client_id": client_id, "text": "在吗"})
                break
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
        acknowledged.append(client_id)

    async def is_replaced() -> bool:
        now = {one.pid for one in together.web.children}
        return len(now) == 2 and now != before

    await until(is_replaced)
    kept = (await liu.get(path, limit=50))["items"]
    assert [one["client_id"] for one in kept if one["client_id"] in acknowledged] == acknowledged


async def test_all_processes_are_replaced_without_a_refused_request(together: Together) -> None:
    anybody = together.house.anonymous()
    before = {one.pid for one in together.web.children}
    together.web.process.send_signal(signal.SIGHUP)

    async def answers_and_all_are_new() -> bool:
        async with httpx2.AsyncClient(base_url=anybody.house.base, verify=False) as fresh_connection:
            assert (await fresh_connection.get("/healthz")).status_code == 200
        now = {one.pid for one in together.web.children}
        return len(now) == 2 and not now & before

    await until(answers_and_all_are_new, 60)


def test_several_processes_on_the_embedded_database_are_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TENFOUR_DATABASE_URL", raising=False)
    assert main(["serve", "--workers", "2", "--data", str(tmp_path)]) == 2
    assert "more than one needs TENFOUR_DATABASE_URL" in capsys.readouterr().err
    assert main(["worker", "--data", str(tmp_path)]) == 2
    assert "A worker needs TENFOUR_DATABASE_URL" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_where_jobs_run_is_one_of_two_words() -> None:
    with pytest.raises(SettingRefused, match="TENFOUR_JOBS: must be here or worker"):
        read_settings({"TENFOUR_JOBS": "elsewhere"})
    with pytest.raises(SettingRefused, match="TENFOUR_JOBS=worker needs TENFOUR_DATABASE_URL"):
        read_settings({"TENFOUR_JOBS": "worker"})
