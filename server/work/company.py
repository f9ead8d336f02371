"""A company is one database and one data folder. Everything that would be a global hangs here; the doors make it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, String, false, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from server.bus.bus import Bus
from server.config.settings import Settings
from server.db.base import Base
from server.db.database import Database
from server.db.hot import Hot
from server.events.relay import Relay
from server.images.workshop import Workshop
from server.kit.clock import Clock
from server.kit.module import Module, every
from server.secrets.box import Secrets
from server.work.lanes import SmallAct, WorkLanes
from server.work.within import Within, by_type

if TYPE_CHECKING:
    from server.work.work import Done, Work

T = TypeVar("T")


class CompanyRow(Base):
    """One row (id 1): the company's name, its language and time zone, and the offset of its clock in microseconds.

    `second_factor`: nobody | administrators | everyone must have one. `watermark`: pages of records bear their reader's name (W44).
    """

    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    language: Mapped[str]
    time_zone: Mapped[str]
    clock_offset: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    second_factor: Mapped[str] = mapped_column(String(16), server_default="nobody")
    watermark: Mapped[bool] = mapped_column(server_default=false())


@dataclass(frozen=True)
class Profile:
    """What everyone may know about the company."""

    name: str
    language: Literal["zh-Hans", "en"]
    time_zone: str
    watermark: bool = False


_PROFILE = Hot(select(CompanyRow.name, CompanyRow.language, CompanyRow.time_zone, CompanyRow.watermark))


def profile_of(conn: Connection) -> Profile:
    """The profile as this snapshot has it."""
    (row,) = _PROFILE.rows(conn, {})
    name, language, time_zone, watermark = row
    return Profile(name, language, time_zone, bool(watermark))


class Company:
    """`write` runs a use-case in a turn of its own, `small` queues a small act, `read` gives a snapshot."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        bus: Bus,
        modules: Sequence[Module],
        secrets: Secrets | None = None,
    ) -> None:
        self.settings = settings
        self.db = db
        self.bus = bus
        self.modules = modules
        self.secrets = secrets or Secrets()
        self.clock = Clock()
        self.relay = Relay(db, bus)
        self.profile = Profile("Tenfour", "zh-Hans", "Asia/Shanghai")
        self.within = by_type(every(modules, Within))
        self.lanes = WorkLanes(self, every(modules, SmallAct))
        self.images = Workshop()
        self.wake_jobs: Callable[[], None] = lambda: None
        self._looking: asyncio.Task[None] | None = None

    @property
    def data(self) -> Path:
        return self.settings.data

    @property
    def zone(self) -> ZoneInfo:
        """Where the company's days begin and end."""
        return ZoneInfo(self.profile.time_zone)

    def today(self) -> date:
        """The company's day by the product's clock."""
        return self.clock.now().astimezone(self.zone).date()

    async def start(self) -> None:
        self.db.writer.start(self.lanes)
        await self.bus.start()
        self.relay.on_company_changed = self._look_again
        await self.relay.start()
        await self.read(self.refresh)

    def _look_again(self) -> None:
        """Somebody, perhaps in another process, changed the company's row."""
        self._looking = asyncio.get_running_loop().create_task(self.read(self.refresh))

    async def stop(self) -> None:
        if self._looking is not None:
            await asyncio.gather(self._looking, return_exceptions=True)
        await self.relay.stop()
        await self.bus.stop()
        await asyncio.to_thread(self.db.close)

    def refresh(self, conn: Connection) -> None:
        """Reads name, language and clock offset again."""
        row = conn.execute(select(CompanyRow.__table__)).first()
        if row is not None:
            self.profile = Profile(row.name, row.language, row.time_zone, row.watermark)
            self.clock.offset = timedelta(microseconds=row.clock_offset)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        return await self.db.read(fn)

    async def write(self, fn: "Callable[[Work], T]") -> "Done[T]":
        """Lane B: one transaction for this act. The caller going away does not undo or cancel it."""
        return await asyncio.shield(self.db.writer.turn(fn))  # type: ignore[arg-type]

    def write_now(self, fn: "Callable[[Work], T]") -> T:
        """A turn on the calling thread, for the command line and the demo, before anything is served."""
        value: T = self.lanes.turn(self.db.writer.engine, fn).value
        return value

    def small(self, kind: str, act: Any) -> "asyncio.Future[Any]":
        """Lane A: the act joins whatever else waits at this moment. Answers the act's outcome or raises its refusal."""
        return self.db.writer.small(kind, act)


def make_company(conn: Connection, profile: Profile, now: datetime) -> None:
    """Writes the company's row once."""
    if conn.execute(select(CompanyRow.id)).first() is None:
        conn.execute(
            insert(CompanyRow).values(
                id=1,
                **asdict(profile),
                clock_offset=0,
                created_at=now,
            )
        )


def move_clock(conn: Connection, offset: timedelta) -> None:
    conn.execute(update(CompanyRow).values(clock_offset=offset // timedelta(microseconds=1)))
