"""From commit to hub: rows of our own commits arrive in memory, those of others by «look from here», a tail heals lost pokes.

Every method runs on the event loop; `committed` is called from writing threads and only hops over.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

import structlog

from server.bus.bus import Bus
from server.db.database import Database
from server.events import log
from server.events.envelope import COMPANY, LogRow
from server.kit.tasks import end_tasks

KEPT = 20_000
READ_AT_ONCE = 1_000
TAIL = 1.0
TAIL_WITHOUT_BUS = 0.1

logger = structlog.get_logger()


class Relay:
    """Holds the newest rows and the position of this process; tells one listener of new rows, in order, each once."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus
        self.position = 0
        self.epoch = ""
        self.rows: deque[LogRow] = deque(maxlen=KEPT)
        self.listener: Callable[[Sequence[LogRow]], None] = lambda rows: None
        self.on_epoch: Callable[[], None] = lambda: None
        self.on_company_changed: Callable[[], None] = lambda: None
        self._early: dict[int, list[LogRow]] = {}
        self._behind = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Stands at the present head; nothing older is announced."""
        self._loop = asyncio.get_running_loop()
        self.position, self.epoch = await self._db.read(log.stand)
        self._bus.on_head(self.poke)
        self._tasks = [asyncio.create_task(self._catch_up()), asyncio.create_task(self._tail())]

    async def stop(self) -> None:
        await end_tasks(*self._tasks)

    def committed(self, before: int, rows: list[LogRow]) -> None:
        """A commit of this process that moved the head from `before`. Called on a writing thread, in no particular order."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, before, rows)

    def _take(self, before: int, rows: list[LogRow]) -> None:
        self._bus.publish_head(rows[-1].seq)
        if before == self.position:
            self._advance(rows)
            while (following := self._early.pop(self.position, None)) is not None:
                self._advance(following)
        elif before > self.position:
            self._early[before] = rows
            self._behind.set()

    def _advance(self, rows: Sequence[LogRow]) -> None:
        fresh = [row for row in rows if row.seq > self.position]
        if not fresh:
            return
        self.position = fresh[-1].seq
        self.rows.extend(fresh)
        if any(COMPANY in row.streams for row in fresh):
            self.on_company_changed()
        self.listener(fresh)

    def poke(self, head: int) -> None:
        """Somebody committed up to `head`."""
        if head > self.position:
            self._behind.set()

    async def look(self) -> None:
        """Looks whether somebody else committed, or began another epoch: then no cursor counts any more."""
        head, epoch = await self._db.read(log.stand)
        if epoch != self.epoch:
            self.epoch = epoch
            self.on_epoch()
        self.poke(head)

    async def _catch_up(self) -> None:
        while True:
            await self._behind.wait()
            self._behind.clear()
            try:
                while rows := await self._db.read(
                    lambda conn: log.read_since(conn, self.position, READ_AT_ONCE)
                ):
                    self._advance(rows)
            except Exception as error:
                logger.warning("relay cannot read the log", error=type(error).__name__)
                await asyncio.sleep(TAIL)
                self._behind.set()
            self._early = {before: rows for before, rows in self._early.items() if before >= self.position}

    async def _tail(self) -> None:
        while True:
            await asyncio.sleep(TAIL if self._bus.healthy else TAIL_WITHOUT_BUS)
            if self._bus.alone:
                continue
            try:
                await self.look()
            except Exception as error:
                logger.warning("relay cannot see the head", error=type(error).__name__)

    def since(self, position: int) -> list[LogRow] | None:
        """The rows above `position` from memory, or None when memory does not reach back that far."""
        if position >= self.position:
            return []
        if not self.rows or self.rows[0].seq > position + 1:
            return None
        return [row for row in self.rows if row.seq > position]
