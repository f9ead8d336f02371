"""G13: a fifth of all readers stop reading in the middle of talk. They cost bounded memory, delay nobody, and miss nothing.

A cycle: everybody reads and is measured, the slow ones stall and the others are measured again, the slow ones come round.
"""

import time
from dataclasses import dataclass, field

from tests.load.checker import Finding, check
from tests.load.engine import Loop
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span
from tests.load.faults.stage import pages
from tests.load.history import Stored, digest, save
from tests.load.machine import memory
from tests.load.product import Product
from tests.load.seed import make_company
from tests.load.strangers import ask
from tests.load.talker import Talker
from tests.load.wire import Counted, WebSocket
from tests.load.workloads import MARK, MARKED

MIB = 1 << 20
GIVEN_UP = 20.0  # seconds without anything new


@dataclass(frozen=True)
class Size:
    """`slow` and `measured` of each group of `group`; `rate` messages a second of `text` characters in all."""

    groups: int
    group: int
    slow: int
    measured: int
    rate: float
    text: int
    letter: str
    calm: float
    stall: float


FULL = Size(20, 50, 10, 4, 500.0, 2_000, "x", 45.0, 75.0)
SHORT = Size(2, 10, 2, 6, 80.0, 7_900, "很", 0.3, 6.0)


class Narrow(WebSocket):
    """The kernel keeps little for it, so that it is the server that has to."""

    __slots__ = ()
    receive_buffer = 4096


class Slow(Talker):
    """Listens only, and now and then does not read."""

    kind = Narrow

    def stall(self) -> None:
        if self.socket is not None:
            self.loop.deafen(self.socket)

    def come_round(self) -> None:
        if self.socket is not None:
            self.loop.add(self.socket)


@dataclass
class Readers:
    """One company of groups: in each a speaker, slow ones, measured ones, and the rest, who only count."""

    ground: Ground
    span: Span
    findings: list[Finding] = field(default_factory=list)
    latencies: list[int] = field(default_factory=list)
    said: int = 0
    delivered: int = 0

    def __post_init__(self) -> None:
        self.size = SHORT if self.ground.short else FULL
        size = self.size
        self.product: Product = self.ground.product("slow")
        self.ground.found(self.product)
        engine = self.product.seed_engine()
        people = size.groups * size.group
        self.company = make_company(engine, seed=self.span.seed, people=people, departments=20)
        engine.dispose()
        if self.span.broken:
            self.product.run_instead("tests.load.broken.endless_buffers")
        self.product.start()
        self.loop = Loop()
        self.groups: list[int] = []
        self.speakers: list[Talker] = []
        self.slow: list[Slow] = []
        for at in range(size.groups):
            self.settle(self.company.people[at * size.group : (at + 1) * size.group])

    def settle(self, members: list[int]) -> None:
        size, product, company, loop = self.size, self.product, self.company, self.loop
        body: dict[str, object] = {"kind": "group", "name": f"组{members[0]}", "people": members[1:]}
        group = product.make_conversation(company, members[0], {**body, "departments": []})
        self.groups.append(group)
        speaker = Talker(product, company, loop, members[0], [group], self.span.seed)
        slow = [Slow(product, company, loop, one, [group], 1) for one in members[1 : 1 + size.slow]]
        for talker in (speaker, *slow):
            talker.connect()
        self.speakers.append(speaker)
        self.slow += slow
        rest = members[1 + size.slow :]
        for at, one in enumerate(rest):
            socket = product.live(company, one)
            if at < size.measured:
                socket.on_text = self.heard
                loop.add(socket)
            else:
                counted = Counted(socket, MARK)
                counted.on_marks = self.count
                loop.add(counted)
            loop.run(0)

    def count(self, marks: int) -> None:
        self.delivered += marks

    def heard(self, _: WebSocket, text: bytes) -> None:
        now = time.monotonic_ns()
        self.latencies += [now - int(stamp, 16) for stamp in MARKED.findall(text)]

    def speak(self, seconds: float) -> list[int]:
        """At a fixed rate, the groups in turn; the latencies of those who are measured."""
        self.latencies = []
        begun, count = time.monotonic() + 0.01, int(seconds * self.size.rate)
        for turn in range(count):
            speaker, group = self.speakers[turn % len(self.speakers)], self.groups[turn % len(self.groups)]
            self.loop.at(begun + turn / self.size.rate, lambda s=speaker, g=group: self.say(s, g))  # type: ignore[misc]
        self.loop.run(seconds + 0.01)
        wanted = count * self.size.measured
        self.loop.run(20.0, lambda: len(self.latencies) >= wanted)
        return sorted(self.latencies)

    def say(self, speaker: Talker, group: int) -> None:
        self.said += 1
        client_id = f"{speaker.person}-{self.said}"
        words = f"~t={time.monotonic_ns():016x}~".ljust(self.size.text, self.size.letter)
        speaker.unanswered[client_id] = (group, words)
        speaker.history.add("invoke", group, client_id=client_id, digest=digest(words))
        speaker.send(client_id, group, words)

    def stopped(self) -> int:
        """How many the server says it does not serve."""
        reply = ask(self.product.port, "Cookie: none", "GET", "/metrics")
        (line,) = [one for one in str(reply.body).splitlines() if one.startswith("tenfour_slow_readers ")]
        return int(float(line.split()[1]))

    def cycle(self) -> dict[str, float]:
        """Calm, stalled, come round; figures of this cycle."""
        size, pids = self.size, self.product.program.pids
        calm = self.speak(size.calm)
        before = memory(pids)
        for one in self.slow:
            one.stall()
        stalled: list[int] = []
        most, stopped, end = before, 0, time.monotonic() + size.stall
        while time.monotonic() < end:
            stalled += self.speak(min(3.0, size.stall / 6))
            most, stopped = max(most, memory(pids)), max(stopped, self.stopped())
            if size is SHORT and stopped == len(self.slow):
                break
        stalled.sort()
        if not stopped:
            self.findings.append(
                Finding("not bounded", "the server went on keeping everything for readers that do not read")
            )
        for one in self.slow:
            one.come_round()
        return {
            "stopped serving": stopped,
            "memory + MiB": round((most - before) / MIB, 1),
            "others' p99 ms, calm": round(calm[int(len(calm) * 0.99)] / 1e6, 2) if calm else 0.0,
            "others' p99 ms, with slow ones": round(stalled[int(len(stalled) * 0.99)] / 1e6, 2)
            if stalled
            else 0.0,
            "others' p50 ms, calm": round(calm[len(calm) // 2] / 1e6, 2) if calm else 0.0,
            "others' p50 ms, with slow ones": round(stalled[len(stalled) // 2] / 1e6, 2) if stalled else 0.0,
        }

    def finish(self) -> list[Stored]:
        """Everybody reads to the end; whoever was hung up comes back."""
        stored: list[Stored] = []
        for speaker, group in zip(self.speakers, self.groups, strict=True):
            http = self.product.http(self.company, speaker.person)
            stored += pages(http, group)
            http.close()
        last = {message.conversation: message.number for message in stored}
        everybody = [*self.speakers, *self.slow]
        seen, end = -1, time.monotonic() + GIVEN_UP
        while time.monotonic() < end:
            if (now := sum(number for one in everybody for number in one.newest.values())) > seen:
                seen, end = now, time.monotonic() + GIVEN_UP  # a client that reads on is waited for
            for one in everybody:
                one.come_back()
            if self.loop.run(
                0.1,
                lambda: all(one.newest[place] >= last[place] for one in everybody for place in one.newest),
            ):
                break
        for one in everybody:
            for place in one.newest:
                one.history.add("end", place)
        self.findings += check([fact for one in everybody for fact in one.history.facts], stored)
        return stored


def play(ground: Ground, span: Span) -> Outcome:
    readers = Readers(ground, span)
    try:
        figures: list[dict[str, float]] = [readers.cycle() for _ in span.turns()]
        stored = readers.finish()
        if span.history is not None:
            save(span.history, [one.history for one in (*readers.speakers, *readers.slow)], stored)
    finally:
        readers.loop.close()
        readers.product.end()
    facts = [fact for one in (*readers.speakers, *readers.slow) for fact in one.history.facts]
    worst = {name: max(one[name] for one in figures) for name in figures[0]} if figures else {}
    outcome = Outcome(
        len(figures),
        sum(fact.what == "answer" for fact in facts),
        len(stored),
        readers.delivered,
        readers.findings,
        {"readers": len(readers.company.people), "slow": len(readers.slow), **worst},
    )
    outcome.resumes.update(one for talker in readers.slow for one in talker.outcomes)
    return outcome


SLOW = Scenario(
    "slow",
    "a fifth of 1,000 readers stop reading at 500 messages a second of 2,000 characters (groups of 50); worst of all cycles",
    "G13: memory + ≤ 64 MiB, others' p99 + ≤ 20 %, nothing missed",
    ("sqlite",),
    play,
    "a server without a limit on what it keeps for a reader",
)
