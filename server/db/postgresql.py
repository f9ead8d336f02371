"""PostgreSQL: one thread batches the small acts, a few threads take turns, readers see REPEATABLE READ snapshots (delivery.md §2)."""

import asyncio
import random
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from server.db.database import Database, Lanes, refusal_of, was_taken_back
from server.db.migrate import SCHEMA_LOCK
from server.db.outcomes import settle_all
from server.db.reading import Reading

T = TypeVar("T")
BATCH = 64  # a batch costs some fifteen round trips, whatever it holds; a slow reader holds at most one beyond its limit
READERS = 6
OTHERS = 2  # connections for who reads without the reading threads: commands and the demo
TURNS = 6
TRIES = 3
LONGEST_BATCH = 3_000  # milliseconds


def driver_url(url: str) -> str:
    """Any spelling of a PostgreSQL URL (`postgres://`, `postgresql://`, with or without a driver) for the driver in use."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+psycopg://", url)


def open_postgresql(url: str) -> Database:
    """Opens the pools; connects lazily, so that a database that is away gives refusals, not a failed start."""
    address = driver_url(url)
    options = "-c timezone=UTC -c idle_in_transaction_session_timeout=%d"
    readers = create_engine(
        address,
        pool_size=READERS,
        max_overflow=OTHERS,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,  # what people write must not come out in an error's text
        connect_args={
            "options": options % 10_000 + " -c default_transaction_read_only=on",
            "connect_timeout": 5,
        },
    )
    # A process that stops in the middle of a batch holds conversations and posts that everybody wants: one second is enough.
    # A batch whose connection turns out to be dead is carried out again, act by act: nobody need ask before whether it lives.
    turning, batching = (
        create_engine(
            address,
            pool_size=size,
            max_overflow=0,
            pool_pre_ping=size > 1,
            isolation_level="READ COMMITTED",
            hide_parameters=True,  # what people write must not come out in an error's text
            connect_args={"options": options % idle, "connect_timeout": 5},
        )
        for size, idle in ((TURNS, 10_000), (1, 1_000))
    )
    event.listen(batching, "connect", _by_key)
    event.listen(batching, "connect", _no_longer)
    reading = Reading(readers, READERS, eager=READERS)
    return Database("postgresql", readers, reading, PostgresWriter(turning, batching))


def _by_key(connection: Any, _: object) -> None:
    """Whatever a batch touches it finds by its key. The planner keeps the plan it made when a table was small, and would read it whole."""
    connection.execute("SET enable_seqscan = off")
    connection.execute(
        "SET jit = off"
    )  # older servers would compile whatever a forbidden plan makes look expensive
    connection.commit()


def _no_longer(connection: Any, _: object) -> None:
    """A bound for a whole batch, where PostgreSQL (17 and newer) knows one: between pipelined statements it does not count as idle."""
    if connection.info.server_version >= 170_000:
        connection.execute(f"SET transaction_timeout = {LONGEST_BATCH}")
        connection.commit()


def open_for_backup(url: str) -> Engine:
    """One connection that sees one moment and cannot write."""
    return create_engine(
        driver_url(url),
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={
            "options": "-c timezone=UTC -c default_transaction_read_only=on",
            "connect_timeout": 5,
        },
    )


@contextmanager
def new_database(url: str) -> Iterator[Connection]:
    """One transaction that fills an empty database, or leaves it empty. A server that starts meanwhile waits."""
    engine = create_engine(
        driver_url(url),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"options": "-c timezone=UTC", "connect_timeout": 5},
    )
    try:
        with engine.begin() as conn:
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
            yield conn
    finally:
        engine.dispose()


class PostgresWriter:
    """Lane A: one thread, one transaction for everything waiting. Lane B: a thread per turn, at most `TURNS` at once."""

    def __init__(self, engine: Engine, batching: Engine) -> None:
        self.engine, self._batching = engine, batching
        self._turns = ThreadPoolExecutor(TURNS, thread_name_prefix="turn")
        self._queue: deque[tuple[str, Any, asyncio.Future[Any]]] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self, lanes: Lanes) -> None:
        self._loop = asyncio.get_running_loop()
        self._lanes = lanes
        self._thread = threading.Thread(target=self._run, name="small-acts", daemon=True)
        self._thread.start()

    @property
    def engines(self) -> dict[str, Engine]:
        return {"write": self.engine, "batch": self._batching}

    def turn(self, fn: Callable[[Any], T]) -> "asyncio.Future[T]":
        assert self._loop is not None, "the writer was not started"
        return self._loop.run_in_executor(self._turns, self._turn, fn)

    @property
    def waiting(self) -> int:
        return len(self._queue) + self._turns._work_queue.qsize()

    def _turn(self, fn: Callable[[Any], T]) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                outcome: T = self._lanes.turn(self.engine, fn)
                return outcome
            except Exception as error:
                if not was_taken_back(error) or attempt == TRIES:
                    raise refusal_of(error) from error
                time.sleep(random.uniform(0.005, 0.05) * attempt)  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    def small(self, kind: str, act: Any) -> "asyncio.Future[Any]":
        assert self._loop is not None, "the writer was not started"
        future: asyncio.Future[Any] = self._loop.create_future()
        self._queue.append((kind, act, future))
        if not self._wake.is_set():  # the writer clears it before it looks into the queue
            self._wake.set()
        return future

    def _run(self) -> None:
        assert self._loop is not None
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._queue:
                taken = [self._queue.popleft() for _ in range(min(len(self._queue), BATCH))]
                outcomes = self._lanes.batch(self._batching, [(kind, act) for kind, act, _ in taken])
                answers = [
                    (future, refusal_of(outcome) if isinstance(outcome, Exception) else outcome)
                    for (_, _, future), outcome in zip(taken, outcomes, strict=True)
                ]
                if not self._loop.is_closed():
                    self._loop.call_soon_threadsafe(settle_all, answers)
            if self._closing:
                return

    def close(self) -> None:
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
        self._turns.shutdown(wait=True)
        self.engine.dispose()
        self._batching.dispose()
