"""The threads that answer questions: each keeps one connection, and gives every question a snapshot of its own on it.

Taking a connection from the pool, asking whether it still lives and giving it back cost more than a small question itself (measured,
`python -m tests.load bench --only get`). A connection that died meanwhile (PostgreSQL was restarted) is replaced, and the question put
again: it only reads.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from server.db.outcomes import settle
from server.kit.problems import Unavailable

T = TypeVar("T")
STUCK = 0.003
Question = Callable[[Connection], Any]


class Reading:
    """`eager` threads work at once; another one of `count` helps when those have found no answer for `STUCK` seconds.

    Where questions are answered within this process (SQLite), more threads than one only take the interpreter from each other; where
    they are waited for (PostgreSQL), all may wait at once. Threads begin with the first question.
    """

    def __init__(self, engine: Engine, count: int, eager: int) -> None:
        self.count = count
        self._engine, self._eager = engine, eager
        self._kept: list[_Kept] = []
        self._questions: deque[tuple[Question, asyncio.Future[Any]]] = deque()
        self._lock = threading.Lock()  # of the questions together with how many are awake
        self._awake = self._answered = 0
        self._wake: SimpleQueue[bool] = SimpleQueue()
        self._watch: asyncio.TimerHandle | None = None
        self._answers: deque[tuple[asyncio.Future[Any], Any]] = deque()
        self._told: asyncio.AbstractEventLoop | None = None
        self._threads: list[threading.Thread] = []
        self._closing = False

    @property
    def busy(self) -> int:
        return sum(one.at_work for one in self._kept)

    def ask(self, question: Callable[[Connection], T]) -> "asyncio.Future[T]":
        """Called on the event loop. Raises `Unavailable` when the database is away, and after `close`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if self._closing:
            settle(future, Unavailable())
            return future
        if not self._threads:
            self._begin()
        with self._lock:
            self._questions.append((question, future))
            alone = self._awake < self._eager
            self._awake += alone
        if alone:
            self._wake.put(True)
        elif self._watch is None or self._watch.when() < loop.time() - 1:  # of a loop that has ended
            self._watch = loop.call_later(STUCK, self._look, self._answered)
        return future

    def _begin(self) -> None:
        self._threads = [
            threading.Thread(target=self._run, name=f"read_{at}", daemon=True) for at in range(self.count)
        ]
        for thread in self._threads:
            thread.start()

    def _look(self, answered: int) -> None:
        """Somebody waits: has anybody been answered since the last look?"""
        self._watch = None
        with self._lock:
            waiting = bool(self._questions)
            stuck = waiting and self._answered == answered and self._awake < self.count
            self._awake += stuck
        if stuck:
            self._wake.put(True)
        if waiting:
            self._watch = asyncio.get_running_loop().call_later(STUCK, self._look, self._answered)

    def close(self) -> None:
        """Whoever still waits is refused."""
        self._closing = True
        for _ in self._threads:
            self._wake.put(False)
        for thread in self._threads:
            thread.join(timeout=30)
        self._engine.dispose()

    def _run(self) -> None:
        kept = _Kept(self._engine)
        self._kept.append(kept)
        while self._wake.get():
            self._work(kept)
        if self._closing:
            self._work(kept)
        kept.let_go()

    def _work(self, kept: "_Kept") -> None:
        """Until nobody waits."""
        while True:
            with self._lock:
                if not self._questions:
                    self._awake -= 1
                    return
                question, future = self._questions.popleft()
            if future.cancelled():
                continue
            kept.at_work = True
            try:
                outcome = Unavailable() if self._closing else kept.snapshot(question)
            except BaseException as error:
                outcome = error
            kept.at_work = False
            self._answered += 1
            self._answer(future, outcome)
            del question, future, outcome  # nothing is held while nothing is asked

    def _answer(self, future: "asyncio.Future[Any]", outcome: Any) -> None:
        """What several threads found while the loop was busy reaches it in one call."""
        loop = future.get_loop()
        if loop.is_closed():
            return
        self._answers.append((future, outcome))
        if self._told is not loop:
            self._told = loop
            loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        self._told = None
        while self._answers:
            future, outcome = self._answers.popleft()
            if not future.get_loop().is_closed():
                settle(future, outcome)


class _Kept:
    """A thread's connection."""

    def __init__(self, engine: Engine) -> None:
        self.at_work = False
        self._engine = engine
        self._conn: Connection | None = None

    def snapshot(self, question: Callable[[Connection], T]) -> T:
        was_kept = self._conn is not None
        try:
            return self._once(question)
        except DBAPIError as error:
            if error.connection_invalidated and was_kept:
                return self._once(question)
            raise

    def _once(self, question: Callable[[Connection], T]) -> T:
        conn = self._conn = self._conn or self._engine.connect()
        try:
            with conn.begin():
                return question(conn)
        except BaseException:
            if conn.invalidated or conn.closed or conn.in_transaction():
                self.let_go()
            raise

    def let_go(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()
