"""The reading threads: a slow question holds up nobody else, a dead connection is replaced, and whoever waits at the end is told."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, literal_column, select, text

from server.db.hot import Hot
from server.db.postgresql import open_postgresql
from server.db.sqlite import open_sqlite
from server.kit.problems import Unavailable
from tests.servers import PostgresServer

ONE = Hot(select(literal_column("1").label("one")))


def one(conn: Connection) -> int:
    return int(conn.execute(text("SELECT 1")).scalar_one())


async def test_a_slow_question_holds_up_nobody_else(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")
    goes_on = threading.Event()
    slow = asyncio.ensure_future(db.read(lambda conn: goes_on.wait(30)))
    try:
        assert await asyncio.wait_for(asyncio.gather(*[db.read(one) for _ in range(20)]), 20) == [1] * 20
        assert db.reading.busy == 1
    finally:
        goes_on.set()
    assert await slow
    await asyncio.to_thread(db.close)


async def test_what_a_question_raises_reaches_who_asked_and_the_thread_goes_on(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")

    def wrong(conn: Connection) -> None:
        conn.execute(text("SELECT 1"))
        raise KeyError("no such thing")

    for _ in range(3):
        with pytest.raises(KeyError, match="no such thing"):
            await db.read(wrong)
        assert await db.read(one) == 1
    await asyncio.to_thread(db.close)


async def test_each_question_sees_what_was_committed_before_it_was_asked(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")
    with db.writer.engine.begin() as conn:
        conn.execute(text("CREATE TABLE x (n INTEGER)"))
    for count in range(1, 30):
        with db.writer.engine.begin() as conn:
            conn.execute(text("INSERT INTO x VALUES (1)"))
        assert await db.read(lambda conn: conn.execute(text("SELECT count(*) FROM x")).scalar_one()) == count
    await asyncio.to_thread(db.close)


async def test_a_question_after_the_end_is_refused(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")
    assert await db.read(one) == 1
    await asyncio.to_thread(db.close)
    with pytest.raises(Unavailable):
        await db.read(one)


async def test_who_went_away_is_not_answered_and_the_next_one_is(tmp_path: Path) -> None:
    db = open_sqlite(tmp_path / "x.sqlite3")
    goes_on = threading.Event()
    asked = [asyncio.ensure_future(db.read(lambda conn: goes_on.wait(30))) for _ in range(10)]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    goes_on.set()
    assert await asyncio.wait_for(db.read(one), 20) == 1
    await asyncio.to_thread(db.close)


def one_hot(conn: Connection) -> int:
    return int(ONE.rows(conn, {})[0][0])


@pytest.mark.parametrize("question", [one, one_hot])
async def test_a_connection_that_died_meanwhile_is_replaced_unseen(
    postgres: PostgresServer, question: Callable[[Connection], int]
) -> None:
    db = open_postgresql(postgres.url)
    await asyncio.gather(*[db.read(question) for _ in range(20)])
    with db.writer.engine.begin() as conn:
        conn.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert await asyncio.gather(*[db.read(question) for _ in range(20)]) == [1] * 20
    await asyncio.to_thread(db.close)
