"""Reactions «after»: what happens because of facts that are already committed, with a cursor of its own in the log.

A reaction reads what came since its cursor; its effect and the moved cursor are one commit, so that each fact has its effect once,
whatever is killed in between. Of several processes the first to move the cursor wins; the others find it moved and read on.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec
import structlog
from sqlalchemy import Connection, insert, select, update

from server.background.models import ReactionCursor
from server.events import log
from server.events.models import LoggedEvent
from server.kit.module import every
from server.kit.tasks import end_tasks
from server.permissions.rules import Rule
from server.work.company import Company
from server.work.work import Work

LOOK_EVERY = 0.2
AT_ONCE = 200
PAUSE_AFTER_FAILURE = 5.0
logger = structlog.get_logger()
T = TypeVar("T")
Shape = type[T]


class Changed(msgspec.Struct, frozen=True):
    """One change of a fact; `data` is the entity as every client got it, not read yet: most are of no interest to most."""

    op: str
    kind: str
    id: int
    data: msgspec.Raw = msgspec.Raw(b"null")

    def as_(self, shape: Shape[T]) -> T:
        return msgspec.json.decode(self.data, type=shape)


class Fact(msgspec.Struct, frozen=True):
    """A committed event, read back from the log."""

    seq: int
    type: str
    at: datetime
    actor: int | None
    changes: list[Changed]

    def of(self, kind: str, shape: Shape[T]) -> list[T]:
        """The entities of one kind that this fact put."""
        return [one.as_(shape) for one in self.changes if one.kind == kind and one.op == "put"]


_FACT = msgspec.json.Decoder(Fact)
Effect = Callable[[Work], None]


@dataclass(frozen=True)
class Reaction:
    """On events of these types, `prepare` works out in a reading thread what to do, and the answer does it in the writer's turn.

    A company that knows this reaction for the first time starts at the newest number, or with `from_beginning` at the oldest that
    the log still holds.
    """

    name: str
    rule: Rule
    types: frozenset[str]
    prepare: Callable[[Connection, Company, Sequence[Fact]], Effect | None]
    from_beginning: bool = False


class Reactor:
    """Runs every declared reaction in this process."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._reactions = every(company.modules, Reaction)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._follow(one)) for one in self._reactions]

    async def stop(self) -> None:
        await end_tasks(*self._tasks)

    async def _follow(self, reaction: Reaction) -> None:
        seen = -1
        while True:
            try:
                if seen < self._company.relay.position:
                    seen = await step(self._company, reaction)
            except Exception as error:
                logger.error("reaction failed", reaction=reaction.name, exc_info=error)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
            await asyncio.sleep(LOOK_EVERY)


async def step(company: Company, reaction: Reaction) -> int:
    """Deals with everything that was in the log when it was called; what comes meanwhile waits for the next step, so that a flood is
    dealt with in large parts. Answers the number up to which it has."""
    goal: int | None = None
    while True:
        look = await company.read(lambda conn: _look(conn, company, reaction))
        if look is None:
            await company.write(lambda work: _begin(work, reaction))
            continue
        goal = look.head if goal is None else goal
        if look.stop > look.start:
            done = await company.write(lambda work: _carry_out(work, reaction, look))  # noqa: B023
            if not done.value:
                continue  # another process was first: what it did not reach is still to do
        if look.stop >= goal:
            return look.stop


def lock(conn: Connection, name: str) -> None:
    """Holds a reaction back until this transaction ends, for whoever writes what it writes."""
    conn.execute(select(ReactionCursor.seq).where(ReactionCursor.name == name).with_for_update())


async def catch_up(company: Company) -> None:
    """Every reaction has dealt with everything committed before the call."""
    for reaction in every(company.modules, Reaction):
        await step(company, reaction)


@dataclass(frozen=True)
class _Look:
    """The facts above `start` and up to `stop`, of a log that reached `head`, and what is to be done about them."""

    start: int
    stop: int
    head: int
    effect: Effect | None


def _look(conn: Connection, company: Company, reaction: Reaction) -> _Look | None:
    """None where this reaction has no cursor yet."""
    start = conn.execute(select(ReactionCursor.seq).where(ReactionCursor.name == reaction.name)).scalar()
    if start is None:
        return None
    head = log.head(conn)
    if head <= start:
        return _Look(start, start, head, None)
    rows = conn.execute(
        select(LoggedEvent.seq, LoggedEvent.body)
        .where(LoggedEvent.seq > start, LoggedEvent.seq <= head, LoggedEvent.type.in_(reaction.types))
        .order_by(LoggedEvent.seq)
        .limit(AT_ONCE)
    ).all()
    stop = rows[-1].seq if len(rows) == AT_ONCE else head
    facts = [_FACT.decode(row.body) for row in rows]
    return _Look(start, stop, head, reaction.prepare(conn, company, facts) if facts else None)


def _begin(work: Work, reaction: Reaction) -> None:
    """Two processes at once: the second one's row is refused by the key, and its second look finds the first's."""
    there = select(ReactionCursor.name).where(ReactionCursor.name == reaction.name)
    if work.conn.execute(there).first() is None:
        seq = log.oldest(work.conn) - 1 if reaction.from_beginning else log.head(work.conn)
        work.conn.execute(insert(ReactionCursor).values(name=reaction.name, seq=seq))


def _carry_out(work: Work, reaction: Reaction, look: _Look) -> bool:
    """False when the cursor was moved by somebody else meanwhile."""
    moved = work.conn.execute(
        update(ReactionCursor)
        .where(ReactionCursor.name == reaction.name, ReactionCursor.seq == look.start)
        .values(seq=look.stop)
    )
    if moved.rowcount == 1 and look.effect is not None:
        look.effect(work)
    return moved.rowcount == 1
