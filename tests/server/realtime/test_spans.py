"""Replay and live streams give exactly what a person's spans allow: everything, in order, once, and nothing after the revoking row."""

import asyncio
import contextlib
import random
from collections import deque
from pathlib import Path

import pytest

from server.events.envelope import LogRow
from server.events.relay import Relay
from server.realtime.hub import Hub
from server.realtime.resume import resume
from server.work.company import Company
from tests.house import sqlite_settings
from tests.server.realtime.crowd import Ear, eventually, handed_out, running, seeds
from tests.server.realtime.rights import Chronicle, Oracle

PEOPLE = [1, 3, 4, 5, 6, 7, 8, 12]
ACTS = 60


class Reader:
    """A person's client on a bad line: cut at any moment, back with the cursor it had; what it heard is checked per connection."""

    def __init__(self, company: Company, hub: Hub, person: int, cursor: str) -> None:
        self.company, self.hub, self.person = company, hub, person
        self.ear = Ear(company, hub, person, cursor)
        self.connections: list[list[int]] = []
        self.skipped: list[tuple[int, int]] = []
        self.begun = number(cursor)

    async def come_back(self, keep: int | None = None) -> str:
        """A new connection; `keep` frames of the answer arrive before the line breaks again."""
        self.cut()
        self.ear = Ear(self.company, self.hub, self.person, self.ear.cursor)
        resumed = await self.ear.hello(keep)
        if resumed.outcome == "reset":
            # As a client: look at everything anew, go on from the number of that look.
            before = number(self.ear.cursor)
            head = await handed_out(self.company, self.hub)
            self.skipped.append((before, head))
            self.ear.cursor = f"{self.hub.relay.epoch}-{head}"
            return await self.come_back()
        if keep is not None:
            self.cut()
        return resumed.outcome

    async def hello_again(self) -> None:
        """On the same socket. A held-back tally holds the cursor back, so what came since may come again."""
        self._turn_page()
        await self.ear.hello()

    def cut(self) -> None:
        self.ear.cut()
        self._turn_page()

    def _turn_page(self) -> None:
        if self.ear.heard:
            self.connections.append(self.ear.heard)
            self.ear.heard = []

    def check(self, oracle: Oracle) -> None:
        wanted = [
            seq
            for seq in oracle.may_hear(self.person, self.begun)
            if not any(low < seq <= high for low, high in self.skipped)
        ]
        tallies = oracle.merged.keys()
        heard = {seq for one in self.connections for seq in one}
        for one in self.connections:
            whole = [seq for seq in one if seq not in tallies]
            assert whole == sorted(set(whole)), f"person {self.person}: out of order or twice: {one}"
        # What a reset jumped over is looked at anew; some of it may have come before the line broke.
        counted = {seq for seq in heard - tallies if not any(low < seq <= high for low, high in self.skipped)}
        assert sorted(counted) == [seq for seq in wanted if seq not in tallies], f"person {self.person}"
        assert heard <= set(oracle.may_hear(self.person, self.begun)), f"person {self.person}"
        newest = {oracle.merged[seq]: seq for seq in wanted if seq in tallies}
        assert set(newest.values()) <= heard, f"person {self.person}: a tally was lost"


@pytest.mark.parametrize("seed", seeds(2))
async def test_replay_from_any_cursor_is_exactly_what_the_spans_allow(company: Company, seed: int) -> None:
    dice = random.Random(seed)
    hub = Hub(company.relay)
    chronicle = Chronicle(company, list(PEOPLE), dice)
    await chronicle.open()
    for _ in range(0, ACTS, 3):
        await asyncio.gather(*[chronicle.act() for _ in range(3)])
    await handed_out(company, hub)
    oracle = await chronicle.oracle()
    assert oracle.head > oracle.start + ACTS / 2

    fresh = Relay(company.db, company.bus)  # another process, which remembers nothing
    await fresh.start()
    forgetful = Relay(company.db, company.bus)
    await forgetful.start()
    forgetful.rows = deque(list(company.relay.rows)[-len(company.relay.rows) // 3 :])
    hubs = {"memory": hub, "database": Hub(fresh), "both": Hub(forgetful)}
    try:
        for _ in range(60):
            person, cursor = dice.choice(chronicle.people), dice.randint(oracle.start, oracle.head)
            wanted = oracle.may_hear(person, cursor)
            for name, one in hubs.items():
                ear = Ear(company, one, person, f"{fresh.epoch}-{cursor}")
                resumed = await ear.hello()
                assert ear.heard == wanted, f"{name}: person {person} from {cursor}"
                assert resumed.outcome == ("replay" if wanted else "nothing_missed")
                assert number(ear.cursor) == oracle.head
                still = {
                    stream
                    for (who, stream), spans in oracle.spans.items()
                    if who == person and spans[-1][1] is None
                }
                assert ear.listener.streams == still, f"{name}: person {person} from {cursor}"
                ear.cut()
    finally:
        await fresh.stop()
        await forgetful.stop()


@pytest.mark.parametrize("seed", seeds(2))
async def test_listeners_on_bad_lines_hear_everything_once_while_rights_come_and_go(
    company: Company, seed: int
) -> None:
    dice = random.Random(seed)
    hub = Hub(company.relay)
    company.relay.rows = deque(maxlen=40)  # some come back from memory, some from the database
    chronicle = Chronicle(company, list(PEOPLE), dice)
    await chronicle.open()
    cursor = f"{company.relay.epoch}-{chronicle.start}"
    readers = [Reader(company, hub, person, cursor) for person in PEOPLE for _ in range(2)]
    for reader in readers:
        await reader.come_back()
    outcomes: list[str] = []

    async def acts() -> None:
        for _ in range(0, ACTS, 3):
            await asyncio.gather(*[chronicle.act() for _ in range(3)])

    async def lines() -> None:
        while not acting.done():
            reader = dice.choice(readers[: len(readers) // 2])
            match dice.randint(0, 3):
                case 0:
                    reader.cut()
                case 1:
                    await reader.come_back(keep=dice.randint(0, 1))
                case 2 if reader.ear.listener.streams:
                    await reader.hello_again()
                case _:
                    outcomes.append(await reader.come_back())
            await asyncio.sleep(0)

    acting = asyncio.create_task(acts())
    await asyncio.gather(acting, lines())
    await handed_out(company, hub)
    for reader in readers[: len(readers) // 2]:
        await reader.come_back()
    oracle = await chronicle.oracle()
    for reader in readers:
        reader.cut()
        reader.check(oracle)
    assert "replay" in outcomes


@pytest.mark.parametrize("fault", ["none", "no fence", "a lost row", "a row twice", "a cursor too far"])
async def test_the_check_itself_finds_each_fault_it_is_there_for(
    sqlite_demo: Path, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: a hub broken on purpose must not pass, a whole one does."""
    async with running(sqlite_settings(tmp_path / "data", sqlite_demo)) as company:
        await broken_on_purpose(company, fault, monkeypatch)


async def broken_on_purpose(company: Company, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(3)
    hub = Hub(company.relay)
    chronicle = Chronicle(company, [3, 4, 5], dice)
    await chronicle.open()
    reader = Reader(company, hub, 4, f"{company.relay.epoch}-{chronicle.start}")
    await reader.come_back()
    await chronicle.start_group()
    while not any(
        right[0] == 4 and right[1].startswith("conversation:")
        for note in chronicle.notes
        for right in note.given
    ):
        await chronicle.start_group()
    original = Hub._offer

    def offer(self: Hub, row: LogRow) -> None:
        if fault == "a lost row" and row.seq % 5 == 0:
            return
        original(self, row)
        if fault == "a row twice" and row.seq % 5 == 0:
            for listener in self._dirty:
                listener.pending += listener.pending[-1:]

    monkeypatch.setattr(Hub, "_offer", offer)
    if fault == "no fence":
        monkeypatch.setattr(Hub, "_after", lambda *about: None)
    if fault == "a cursor too far":
        monkeypatch.setattr(Hub, "settled", property(lambda self: self.relay.position + 3))
    for _ in range(12):
        await chronicle.send()
        await chronicle.publish()
        await chronicle.remove()
        await chronicle.add()
        if fault == "a cursor too far":
            reader.cut()
            await chronicle.send()
            with contextlib.suppress(RecursionError):
                await reader.come_back()
    await eventually(lambda: company.relay.position >= hub.relay.position)
    oracle = await chronicle.oracle()
    reader.cut()
    if fault == "none":
        reader.check(oracle)
        return
    with pytest.raises(AssertionError, match="twice" if fault == "a row twice" else "person 4"):
        reader.check(oracle)


def number(cursor: str) -> int:
    return int(cursor.rpartition("-")[2])


async def test_a_span_of_another_person_never_opens_anything(company: Company) -> None:
    hub = Hub(company.relay)
    nobody = Ear(company, hub, 999_999, f"{company.relay.epoch}-0")
    resumed = await resume(company, hub, nobody.listener, nobody.cursor)
    assert (resumed.outcome, resumed.bodies, nobody.listener.streams) == ("nothing_missed", [], set())
