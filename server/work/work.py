"""The unit of work: what one act changes, says and queues, committed together. Use-cases get it first and never commit.

`record` collects facts; at the end they are numbered under the log head, after everything else, and only statements that carry the
number follow (architecture.md §4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Connection, Table, bindparam, update

from server.audit import entries
from server.audit.trace import BY_THE_HOUSE, Trace
from server.db.hot import Hot
from server.events import log
from server.events.envelope import Event, LogRow
from server.jobs import queue
from server.kit.problems import Problem

if TYPE_CHECKING:
    from server.work.company import Company

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A committed act: its value and the log number from which it is visible (P7)."""

    value: T
    seq: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the commit tells the relay: the head before it and its rows."""

    before: int
    rows: list[LogRow]


class Work:
    """One transaction. `now` is the product's time of this act, the same for everything in it; `trace` says from where it comes."""

    def __init__(self, conn: Connection, company: "Company") -> None:
        self.conn = conn
        self.company = company
        self.now: datetime = company.clock.now()
        self.trace: Trace = BY_THE_HOUSE
        self.events: list[Event] = []
        self.has_jobs = False
        self._is_audited = False
        self._stamps: list[tuple[Table, dict[str, Any], Event | None]] = []

    def record(self, event: Event) -> Event:
        """A fact of this act. Its `seq` is set at the end, before COMMIT."""
        self.events.append(event)
        return event

    def enqueue(self, name: str, args: dict[str, Any], *, key: str, at: datetime | None = None) -> None:
        """A job that exists exactly when this act is committed; `key` makes it once."""
        self.has_jobs |= queue.put(self.conn, name, args, at or self.now, key)

    def audit(self, act: str, about: tuple[str, int], *, reason: str = "", **details: Any) -> None:
        """This act is kept for good: `act` as noun.verb_in_the_past, `about` as (kind, id), details without personal values."""
        entry = entries.write(self.conn, self.trace, self.now, act, about, reason, details)
        self._is_audited = True
        self.stamp(entries.ENTRIES, {"id": entry})

    def stamp(self, table: Table, key: dict[str, Any], event: Event | None = None) -> None:
        """Fills `table.seq` of the row with this key once the number is known (the event's, else the act's last)."""
        self._stamps.append((table, key, event))

    def attempt(self, fn: Callable[[], T]) -> T:
        """A part of this act that may be refused by itself: what it wrote and said is undone then. Raises what it raised."""
        said, stamped, is_audited = len(self.events), len(self._stamps), self._is_audited
        try:
            with self.conn.begin_nested():
                return fn()
        except Problem:
            del self.events[said:], self._stamps[stamped:]
            self._is_audited = is_audited
            raise

    def finish(self) -> Numbered | None:
        """Lets the other domains react, then numbers and writes what was recorded. Called once by the lanes, just before COMMIT."""
        if self.company.within:
            self._react()
        if not self.events:
            if self._is_audited:
                # Under the head's lock, so that entries are sealed in log order: none can appear before one that is sealed.
                self._fill(log.number(self.conn, 0))
            elif self._stamps:
                self._fill(log.head(self.conn))
            return None
        last = log.number(self.conn, len(self.events))
        rows = log.append(self.conn, self.events, last, self.now)
        self._fill(last)
        return Numbered(last - len(self.events), rows)

    def _react(self) -> None:
        for event in self.events:  # grows while it is walked: reactions record too
            for reaction in self.company.within.get(event.type, ()):
                reaction.run(self, event)

    def _fill(self, last: int) -> None:
        groups: dict[tuple[Table, tuple[str, ...]], list[dict[str, Any]]] = {}
        for table, key, event in self._stamps:
            values = {f"k_{name}": value for name, value in key.items()} | {"s": event.seq if event else last}
            groups.setdefault((table, tuple(key)), []).append(values)
        for (table, names), rows in groups.items():
            if names == ("id",) and _is_run(rows):
                # The rows of a batch got their ids, and their events their numbers, in the same order: one statement.
                first, final = rows[0], rows[-1]
                _stamp_run(table).many(
                    self.conn,
                    [{"d": first["s"] - first["k_id"], "first": first["k_id"], "final": final["k_id"]}],
                )
                continue
            where = [table.c[name] == bindparam(f"k_{name}") for name in names]
            self.conn.execute(update(table).where(*where).values(seq=bindparam("s")), rows)

    @property
    def seq(self) -> int:
        """The number from which this act is visible; only after `finish`."""
        return self.events[-1].seq if self.events else log.head(self.conn)


def _is_run(rows: list[dict[str, Any]]) -> bool:
    first = rows[0]
    return all(
        row["k_id"] == first["k_id"] + at and row["s"] == first["s"] + at for at, row in enumerate(rows)
    )


@cache
def _stamp_run(table: Table) -> Hot:
    """Fills `seq` of consecutive rows whose numbers are consecutive too."""
    return Hot(
        update(table)
        .where(table.c.id.between(bindparam("first"), bindparam("final")))
        .values(seq=table.c.id + bindparam("d"))
    )
