"""SQLite: one writer thread with one connection and one queue for both lanes; readers see snapshots (delivery.md §2)."""

import asyncio
import fcntl
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from server.db.database import Database, Lanes, refusal_of
from server.db.outcomes import settle_all
from server.db.reading import Reading

T = TypeVar("T")
BATCH = 64
READERS = 4
OTHERS = 2  # connections for who reads without the reading threads: commands and the demo


class DataFolderBusy(Exception):
    """A second server was started on the same data folder."""


def open_sqlite(file: Path) -> Database:
    """Opens (and makes) the database file. Raises `DataFolderBusy` when another process serves it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = _lock(file.with_suffix(".lock"))
    writer_engine = _engine(file, "BEGIN IMMEDIATE", StaticPool)
    _listen(
        writer_engine,
        [
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-65536",
        ],
    )
    with writer_engine.connect():
        pass  # makes the file and switches it to WAL before a reader looks
    readers = _engine(file, "BEGIN", QueuePool, pool_size=READERS, max_overflow=OTHERS)
    _listen(readers, ["busy_timeout=10000", "query_only=ON", "wal_autocheckpoint=0", "cache_size=-16384"])
    return Database("sqlite", readers, Reading(readers, READERS, eager=1), SqliteWriter(writer_engine, lock))


def open_for_backup(file: Path) -> Engine:
    """Only for reading, beside a running server or without one. Raises `FileNotFoundError`."""
    if not file.exists():
        raise FileNotFoundError(2, "There is no database", str(file))
    address = f"file:{quote(str(file.absolute()))}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=10),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    _begins_with(engine, "BEGIN")
    _listen(engine, ["query_only=ON", "cache_size=-16384"])
    return engine


@contextmanager
def new_file(file: Path) -> Iterator[Engine]:
    """A database that gets its name when the block ends well; after a failure or a kill there is none.

    Raises `DataFolderBusy`, or `FileExistsError` when there is one already.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = _lock(file.with_suffix(".lock"))
    part = file.with_name(f"{file.name}.restoring")
    try:
        for one in (file, file.with_name(f"{file.name}-wal")):
            if one.exists():
                raise FileExistsError(17, "There is a database already", str(one))
        part.unlink(missing_ok=True)
        engine = _engine(part, "BEGIN IMMEDIATE", StaticPool)
        _listen(engine, ["journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-65536"])
        try:
            yield engine
        finally:
            engine.dispose()
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
        _sync(file.parent)
    finally:
        part.unlink(missing_ok=True)
        lock.close()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(file: Path) -> IO[str]:
    handle = file.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise DataFolderBusy(f"Another Tenfour server is using {file.parent}.") from error
    return handle


def _engine(file: Path, begin: str, pool: type, **options: int) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}",
        poolclass=pool,
        hide_parameters=True,  # what people write must not come out in an error's text
        connect_args={"check_same_thread": False, "timeout": 10},
        **options,
    )

    _begins_with(engine, begin)
    return engine


def _begins_with(engine: Engine, begin: str) -> None:
    """Not by a listener to «begin»: SQLAlchemy's work for one costs a hundred microseconds on each connection taken."""

    def do_begin(connection: Any) -> None:
        connection.execute(begin)

    engine.dialect.do_begin = do_begin  # type: ignore[method-assign, assignment]


def _listen(engine: Engine, pragmas: list[str]) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and be deferred
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")


class SqliteWriter:
    """First come, first served. Small acts standing next to each other go into one transaction of at most `BATCH`."""

    def __init__(self, engine: Engine, lock: IO[str]) -> None:
        self.engine = engine
        self._lock = lock
        self._queue: deque[tuple[str | None, Any, asyncio.Future[Any]]] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self, lanes: Lanes) -> None:
        self._loop = asyncio.get_running_loop()
        self._lanes = lanes
        self._thread = threading.Thread(target=self._run, name="write", daemon=True)
        self._thread.start()

    @property
    def engines(self) -> dict[str, Engine]:
        return {"write": self.engine}

    def turn(self, fn: Callable[[Any], T]) -> "asyncio.Future[T]":
        return self._put(None, fn)

    def small(self, kind: str, act: Any) -> "asyncio.Future[Any]":
        return self._put(kind, act)

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def _put(self, kind: str | None, act: Any) -> "asyncio.Future[Any]":
        assert self._loop is not None, "the writer was not started"
        future: asyncio.Future[Any] = self._loop.create_future()
        self._queue.append((kind, act, future))
        if not self._wake.is_set():  # the writer clears it before it looks into the queue
            self._wake.set()
        return future

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._queue:
                self._one_transaction()
            if self._closing:
                return

    def _one_transaction(self) -> None:
        kind, act, future = self._queue.popleft()
        if kind is None:
            try:
                outcome: Any = self._lanes.turn(self.engine, act)
            except Exception as error:
                outcome = refusal_of(error)
            self._answer([(future, outcome)])
            return
        batch, futures = [(kind, act)], [future]
        while self._queue and len(batch) < BATCH and self._queue[0][0] is not None:
            kind, act, future = self._queue.popleft()
            batch.append((str(kind), act))
            futures.append(future)
        outcomes = [
            refusal_of(o) if isinstance(o, Exception) else o for o in self._lanes.batch(self.engine, batch)
        ]
        self._answer(list(zip(futures, outcomes, strict=True)))

    def _answer(self, outcomes: list[tuple["asyncio.Future[Any]", Any]]) -> None:
        assert self._loop is not None
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(settle_all, outcomes)

    def close(self) -> None:
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
        self.engine.dispose()
        self._lock.close()
