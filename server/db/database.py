"""The two databases behind one door: snapshots for reading, one queue of turns for writing.

SQL runs in plain synchronous functions on the database's own threads: a use-case cannot await anything inside its turn, a request
that goes away cannot cancel a commit, and no check can be forgotten behind a missing `await`. Why not an async driver: ARCHITECTURE.md.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from server.db.reading import Reading
from server.kit.problems import Unavailable

T = TypeVar("T")


class Lanes(Protocol):
    """What the unit of work gives the writer: how one turn and one batch of small acts are carried out and committed."""

    def turn(self, engine: Engine, fn: Callable[[Any], Any]) -> Any: ...

    def batch(self, engine: Engine, acts: list[tuple[str, Any]]) -> list[Any]:
        """One outcome per act, exceptions among them; never raises."""
        ...


class Database:
    """A reading side with its threads and a writing side with its queue. Built by `open_sqlite` or `open_postgresql`."""

    def __init__(self, dialect: str, readers: Engine, reading: Reading, writer: "Writer") -> None:
        self.dialect = dialect
        self.readers = readers
        self.reading = reading
        self.writer = writer

    def snapshot(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in one read-only snapshot on the calling thread."""
        try:
            with self.readers.connect() as conn, conn.begin():
                return fn(conn)
        except DBAPIError as error:
            raise _refused(error) from error

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` in one read-only snapshot on a reading thread. Raises `Unavailable` when the database is away."""
        try:
            return await self.reading.ask(fn)
        except DBAPIError as error:
            raise _refused(error) from error

    def close(self) -> None:
        self.writer.close()
        self.reading.close()


class Writer(Protocol):
    """Where writes wait. `turn` is lane B (one transaction per act), `small` lane A (everything waiting at one moment in one)."""

    engine: Engine

    @property
    def engines(self) -> dict[str, Engine]:
        """Whatever it writes through, by name."""
        ...

    def start(self, lanes: Lanes) -> None: ...

    def turn(self, fn: Callable[[Any], T]) -> "asyncio.Future[T]": ...

    def small(self, kind: str, act: Any) -> "asyncio.Future[Any]": ...

    @property
    def waiting(self) -> int:
        """How many acts are not begun yet."""
        ...

    def close(self) -> None: ...


def refusal_of(error: Exception) -> Exception:
    """A lost connection, a full disk or a lock that never came becomes `Unavailable`; everything else stays itself."""
    if isinstance(error, DBAPIError) and _is_away(error):
        problem = Unavailable()
        problem.__cause__ = error
        return problem
    return error


# PostgreSQL's words for what it took back whole: a deadlock, a serialisation failure, a transaction that rested too long.
_TAKEN_BACK = ("40P01", "40001", "25P03")


def was_taken_back(error: Exception) -> bool:
    """Nothing of the transaction stands, and another try may go through. A connection that the server has closed fails at the rollback,
    and says why only in what led there."""
    if not isinstance(error, DBAPIError):
        return False
    led: BaseException | None = error
    while led is not None:
        if getattr(getattr(led, "orig", led), "sqlstate", None) in _TAKEN_BACK:
            return True
        led = led.__context__
    return False


def _refused(error: DBAPIError) -> Exception:
    return Unavailable("The database cannot be reached right now.") if _is_away(error) else error


def _is_away(error: DBAPIError) -> bool:
    return isinstance(error, OperationalError) or error.connection_invalidated
