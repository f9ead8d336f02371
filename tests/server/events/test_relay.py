"""From commit to hub: in order, each once, whatever order the writing threads announce them in and whatever pokes are lost."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from server.bus.memory import MemoryBus
from server.events import log, relay
from server.events.envelope import Event, LogRow, person_stream
from server.events.relay import Relay
from server.kit.problems import Unavailable
from server.work.company import Company
from server.work.work import Work
from tests.server.realtime.crowd import eventually


class DeafBus(MemoryBus):
    """Another process commits too, and every poke is lost."""

    alone = False
    healthy = False


class Other:
    """A relay of another process, told only what a test tells it; `heard` is what its hub would get."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.heard: list[int] = []
        self.bundles: list[int] = []
        relay.listener = self._listen

    def _listen(self, rows: Sequence[LogRow]) -> None:
        self.bundles.append(len(rows))
        self.heard += [row.seq for row in rows]


@pytest.fixture
async def other(shared_company: Company) -> AsyncIterator[Other]:
    made = Relay(shared_company.db, MemoryBus())
    await made.start()
    yield Other(made)
    await made.stop()


async def commits(company: Company, count: int, each: int = 1) -> list[tuple[int, list[LogRow]]]:
    """So many acts; what each commit announced: the head before it and its rows."""
    announced: list[tuple[int, list[LogRow]]] = []
    original = company.relay.committed

    def listen(before: int, rows: list[LogRow]) -> None:
        announced.append((before, rows))
        original(before, rows)

    def turn(work: Work) -> None:
        for _ in range(each):
            work.record(Event("test.happened", [person_stream(4)], actor=4, merge="tally/x/1"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company.relay, "committed", listen)
        for _ in range(count):
            await company.write(turn)
    return announced


async def test_commits_announced_backwards_are_handed_on_in_order(
    shared_company: Company, other: Other
) -> None:
    announced = await commits(shared_company, 4, each=2)
    for before, rows in reversed(announced):
        other.relay.committed(before, rows)
    wanted = [row.seq for _, rows in announced for row in rows]
    await eventually(lambda: other.relay.position == wanted[-1])
    assert other.heard == wanted


async def test_a_commit_that_was_never_announced_is_read_from_the_log(
    shared_company: Company, other: Other
) -> None:
    announced = await commits(shared_company, 3)
    other.relay.committed(*announced[0])
    other.relay.committed(*announced[2])
    wanted = [rows[0].seq for _, rows in announced]
    await eventually(lambda: other.heard == wanted)


async def test_what_comes_in_order_is_handed_on_without_asking_the_database(
    shared_company: Company, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = await commits(shared_company, 3)
    looked: list[int] = []

    def look(*about: Any) -> list[LogRow]:
        looked.append(1)
        return []

    monkeypatch.setattr(log, "read_since", look)
    for before, rows in announced:
        other.relay.committed(before, rows)
    await eventually(lambda: len(other.heard) == 3)
    assert (looked, other.bundles) == ([], [1, 1, 1])


async def test_what_comes_twice_is_handed_on_once(shared_company: Company, other: Other) -> None:
    announced = await commits(shared_company, 2)
    for before, rows in (*announced, *announced, announced[0]):
        other.relay.committed(before, rows)
    last = announced[-1][1][-1].seq
    other.relay.poke(last)
    other.relay.poke(last - 1)
    another = await commits(shared_company, 1)
    other.relay.committed(*another[0])
    await eventually(lambda: other.relay.position == last + 1)
    assert other.heard == [last - 1, last, last + 1]


async def test_a_relay_begins_at_the_head_and_tells_nothing_older(
    shared_company: Company, other: Other
) -> None:
    assert other.relay.position == await shared_company.read(log.head)
    assert other.relay.epoch == shared_company.relay.epoch
    assert other.relay.since(other.relay.position) == []
    assert other.relay.since(other.relay.position - 1) is None, "that must be asked of the database"
    await commits(shared_company, 1)
    other.relay.poke(other.relay.position + 1)
    await eventually(lambda: len(other.heard) == 1)


async def test_a_long_gap_is_read_in_pieces(
    shared_company: Company, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "READ_AT_ONCE", 7)
    begun = other.relay.position
    announced = await commits(shared_company, 2, each=20)
    other.relay.poke(begun + 40)
    await eventually(lambda: other.relay.position == begun + 40)
    assert other.heard == list(range(begun + 1, begun + 41))
    assert max(other.bundles) == 7
    for before, rows in announced:
        other.relay.committed(before, rows)  # late, and known by now
    assert len(other.heard) == 40


async def test_memory_reaches_back_as_far_as_it_says(shared_company: Company, other: Other) -> None:
    other.relay.rows = deque(maxlen=5)
    announced = await commits(shared_company, 8)
    for before, rows in announced:
        other.relay.committed(before, rows)
    head = announced[-1][1][-1].seq
    await eventually(lambda: other.relay.position == head)
    assert [row.seq for row in other.relay.since(head - 5) or []] == list(range(head - 4, head + 1))
    assert other.relay.since(head - 6) is None
    assert other.relay.since(head + 1) == []


async def test_rows_read_from_the_log_equal_those_announced_at_the_commit(shared_company: Company) -> None:
    def turn(work: Work) -> None:
        work.record(
            Event(
                "test.happened",
                ["department:99", person_stream(5), "department:99"],
                actor=5,
                echo="e",
                merge="tally/x/9",
                opens={"conversation:999": [5, 6], "conversation:998": []},
                ends_sessions=[77],
            )
        )
        work.record(Event("test.ended", [], closes={"conversation:999": [5, 6]}))

    announced: list[LogRow] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_company.relay, "committed", lambda before, rows: announced.extend(rows))
        done = await shared_company.write(turn)
    shared_company.relay.poke(done.seq)
    found = await shared_company.read(lambda conn: log.read_since(conn, done.seq - 2, 10))

    def plain(row: LogRow) -> tuple[Any, ...]:
        return row.seq, sorted(row.streams), row.body, row.control, row.merge

    assert [plain(row) for row in found] == [plain(row) for row in announced]
    assert sorted(found[0].streams) == ["department:99", "person:5"]


async def test_when_every_poke_is_lost_the_tail_brings_what_others_committed(shared_company: Company) -> None:
    tailing = Other(Relay(shared_company.db, DeafBus()))
    await tailing.relay.start()
    try:
        announced = await commits(shared_company, 3)
        await eventually(lambda: tailing.heard == [rows[0].seq for _, rows in announced], patience=5)
    finally:
        await tailing.relay.stop()


async def test_a_log_that_cannot_be_read_for_a_while_is_read_when_it_can(
    shared_company: Company, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "TAIL", 0.01)
    announced = await commits(shared_company, 2)
    reads: list[int] = []
    original = log.read_since

    def sometimes(*about: Any) -> Any:
        reads.append(1)
        if len(reads) <= 2:
            raise Unavailable()
        return original(*about)

    monkeypatch.setattr(log, "read_since", sometimes)
    other.relay.poke(announced[-1][1][0].seq)
    await eventually(lambda: len(other.heard) == 2)
    assert len(reads) >= 3
