"""The database is away, or its disk is full: writes are refused in words, nothing is acknowledged falsely, and it comes back (P10)."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from server.db.postgresql import PostgresWriter
from server.demo.company import fill
from server.events import log
from server.events.envelope import Event, person_stream
from server.opening import open_company
from server.work.work import Work
from tests.chat.talk import fresh, group_of, send, stored, try_send
from tests.house import House, postgres_settings, serve, sqlite_settings
from tests.server.realtime.crowd import enter
from tests.servers import PostgresServer, ValkeyServer, create_database, start_postgres


def refused(answer: httpx2.Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
    assert int(answer.headers["Retry-After"]) >= 1


# --- PostgreSQL


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server of our own, to be stopped."""
    server = start_postgres(tmp_path_factory.mktemp("mortal"), durable=True)
    yield server
    server.stop()


@pytest.fixture
async def on_mortal(mortal: PostgresServer, valkey: ValkeyServer, tmp_path: Path) -> AsyncIterator[House]:
    url = create_database(mortal, fresh("away").replace("-", "_"))
    settings = postgres_settings(tmp_path / "data", url, valkey.url)
    company = open_company(settings)
    await asyncio.to_thread(fill, company)
    company.db.close()
    async with serve(settings) as house:
        yield house


async def test_while_postgresql_is_away_all_is_refused_and_afterwards_all_goes_on(
    on_mortal: House, mortal: PostgresServer
) -> None:
    house = on_mortal
    three, four = await enter(house, 3), await enter(house, 4)
    group = await group_of(three, 4)
    before = await send(three, group, client_id="before")
    async with four.live() as live, three.live() as mine:
        mortal.kill()
        try:
            refused(await try_send(three, group, client_id="during"))
            refused(
                await three.try_post(
                    "/api/posts", {"kind": "share", "text": "x", "audience": {"people": [4]}}
                )
            )
            refused(await three.http.get("/api/bootstrap"))
            refused(
                await three.http.put(f"/api/conversations/{group}/read", json={"number": before["number"]})
            )
            ready = await house.anonymous().http.get("/readyz")
            assert (ready.status_code, ready.json()["database"]) == (503, False)
            assert (await house.anonymous().http.get("/healthz")).status_code == 200
            await mine.say(op="send", conversation=group, client_id="over-socket", text="x")
            frame = await mine.until(lambda frame: frame["op"] == "refused")
            assert (frame["client_id"], frame["problem"]["code"]) == ("over-socket", "unavailable")
        finally:
            mortal.restart()
        async with asyncio.timeout(10):
            while (await three.http.get("/readyz")).status_code != 200:
                pass
        again = await send(three, group, client_id="during")
        assert again["number"] == before["number"] + 1
        event = await live.event("message.sent", client_id="during")
        assert event["changes"][0]["data"] == again
    assert [row.client_id for row in await stored(house.company, group)] == ["before", "during"]


async def test_a_socket_that_says_hello_while_the_database_is_away_is_told_to_come_again(
    on_mortal: House, mortal: PostgresServer
) -> None:
    client = await enter(on_mortal, 4)
    cursor = (await client.bootstrap())["cursor"]
    async with client.raw_socket() as live:
        mortal.kill()
        try:
            await live.say(op="hello", cursor=cursor)
            assert await last_word(live) == 1013
            async with client.raw_socket() as late:
                assert await last_word(late) == 1013
        finally:
            mortal.restart()
    async with client.live(cursor) as again:
        assert again.frames[0]["outcome"] == "nothing_missed"


async def last_word(live: Any) -> int | None:
    try:
        while True:
            await live.next_frame()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def test_a_connection_cut_under_a_turn_is_a_refusal_and_leaves_nothing(on_mortal: House) -> None:
    company = on_mortal.company
    head = await company.read(log.head)

    def cut(work: Work) -> None:
        work.conn.exec_driver_sql("UPDATE person SET title = 'half done' WHERE id = 4")
        work.conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Exception, match="cannot store"):
        await company.write(cut)
    title = await company.read(
        lambda conn: conn.exec_driver_sql("SELECT title FROM person WHERE id = 4").scalar()
    )
    assert title != "half done"
    assert await company.read(log.head) == head
    with pytest.raises(Exception, match="cannot be reached"):
        await company.read(
            lambda conn: conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())").scalar()
        )
    assert await company.read(log.head) == head


async def test_a_deadlock_is_tried_again(on_mortal: House) -> None:
    company = on_mortal.company
    assert isinstance(company.db.writer, PostgresWriter)
    order = asyncio.Event()
    loop = asyncio.get_running_loop()
    tries: list[str] = []

    def turn(name: str, first: int, second: int) -> Any:
        def run(work: Work) -> str:
            tries.append(name)
            work.conn.exec_driver_sql("SET LOCAL deadlock_timeout = '20ms'")
            work.conn.exec_driver_sql(f"UPDATE person SET title = '{name}' WHERE id = {first}")
            if tries == ["a"]:
                loop.call_soon_threadsafe(order.set)
                while len(tries) < 2:
                    pass
            work.conn.exec_driver_sql(f"UPDATE person SET title = '{name}' WHERE id = {second}")
            return name

        return run

    one = asyncio.create_task(company.write(turn("a", 4, 5)))
    await order.wait()
    two = asyncio.create_task(company.write(turn("b", 5, 4)))
    assert sorted([(await one).value, (await two).value]) == ["a", "b"]


async def test_a_turn_that_the_server_ended_for_resting_too_long_is_carried_out_again(
    on_mortal: House,
) -> None:
    """As where a machine stood still between two statements: nothing was stored, and who asked hears of none of it."""
    company = on_mortal.company
    tries: list[int] = []

    def turn(work: Work) -> str:
        work.conn.exec_driver_sql("UPDATE person SET title = 'after a rest' WHERE id = 4")
        tries.append(len(tries))
        if len(tries) == 1:
            work.conn.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '20ms'")
            time.sleep(0.5)
        work.record(Event("test.happened", [person_stream(4)]))
        return "stored"

    head = await company.read(log.head)
    done = await company.write(turn)
    assert (done.value, done.seq, tries) == ("stored", head + 1, [0, 1])


# --- SQLite


async def test_while_the_disk_is_full_writes_are_refused_and_reads_go_on(
    sqlite_demo: Path, tmp_path: Path
) -> None:
    async with serve(sqlite_settings(tmp_path / "data", sqlite_demo)) as house:
        three, four = await enter(house, 3), await enter(house, 4)
        group = await group_of(three, 4)
        await send(three, group, client_id="before")

        def pages(limit: int) -> Any:
            return lambda work: work.conn.exec_driver_sql(f"PRAGMA max_page_count = {limit}").scalar()

        await house.company.write(pages(1))  # SQLite takes the present size for less
        acknowledged = []
        async with four.live() as live:
            async with asyncio.timeout(10):
                while True:
                    answer = await try_send(three, group, text="很" * 8_000)
                    if answer.status_code != 201:
                        break
                    acknowledged.append(answer.json()["client_id"])
            refused(answer)
            refused(await try_send(three, group, text="很" * 8_000))
            posted = {"kind": "share", "text": "长" * 20_000, "audience": {"people": [4]}}
            refused(await three.try_post("/api/posts", posted))
            page = await four.get(f"/api/conversations/{group}/messages", limit=100)
            assert len(page["items"]) == len(acknowledged) + 2
            assert (await three.http.get("/readyz")).status_code == 200
            await house.company.write(pages(1 << 30))
            after = await send(three, group, client_id="after", text="很" * 8_000)
            assert after["number"] == len(acknowledged) + 3
            await live.event("message.sent", client_id="after")
        rows = await stored(house.company, group)
        assert [row.client_id for row in rows] == ["before", *acknowledged, "after"]
