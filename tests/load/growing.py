"""Cost grows with what happens, not with what exists: the same acts in a company with few messages and in one with very many.

Both have the same people, conversations and posts (`archive`), run at the same time, and are asked in turn.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from tests.load.archive import MINE, Archive
from tests.load.asking import Request, asked
from tests.load.engine import Loop
from tests.load.machine import Meter
from tests.load.report import Section
from tests.load.wire import Broken, WebSocket
from tests.load.workloads import Window, body, percentile
from tests.load.world import World, interleave

FEW, SENDS, READS, RESUMES = 10_000, 200, 100, 4
MISSED = (10, 5_000)
AT_ONCE = 50


class Resident:
    """Somebody in an archive with a conversation to talk in and somebody else who talks there."""

    def __init__(self, archive: Archive, person: int) -> None:
        self.archive, self.person = archive, person
        own = [talk for talk in archive.talks if person in talk.members]
        self.conversations = len(own)
        # Not the largest: what is compared is the company's size, not the conversation's.
        talk = next(one for one in own if one.id != archive.talks[0].id and not one.direct)
        self.conversation = talk.id
        self.other = next(one for one in talk.members if one not in (person, archive.person))

    @property
    def pids(self) -> list[int]:
        return self.archive.product.program.pids

    def live(self, person: int) -> WebSocket:
        return self.archive.product.live(self.archive.company, person)

    def say(self, socket: WebSocket) -> None:
        stamp = time.monotonic_ns()
        text = body(stamp).decode()
        frame = {
            "op": "send",
            "conversation": self.conversation,
            "client_id": f"{stamp:016x}",
            "text": text,
        }
        socket.send(json.dumps(frame).encode())

    def sends(self, count: int = SENDS) -> Window:
        """One after the other over one socket: milliseconds from sending to the acknowledgement."""
        socket = self.live(self.person)
        meter, started, latencies = Meter(self.pids), time.monotonic(), []
        for _ in range(count):
            begun = time.monotonic_ns()
            self.say(socket)
            socket.wait_text(b'"op":"sent"')
            latencies.append(time.monotonic_ns() - begun)
        took, usage = time.monotonic() - started, meter.usage()
        socket.socket.close()
        latencies.sort()
        figures = {
            "p50 ms": percentile(latencies, 0.5),
            "p95 ms": percentile(latencies, 0.95),
            "processor ms": round(usage.server * took * 1000 / count, 3),
        }
        return Window(figures, usage)

    def reads(self, path: str) -> Window:
        requests = [Request(path, items=10)] * READS
        window = asked(self.archive.product, self.archive.company, self.person, requests)
        del window.figures["least ms"]
        return window

    def talk(self, count: int) -> None:
        """The other one says so much, quickly."""
        socket = self.live(self.other)
        for start in range(0, count, AT_ONCE):
            now = min(AT_ONCE, count - start)
            heard = [0]

            def on_text(_: WebSocket, text: bytes, heard: list[int] = heard) -> None:
                heard[0] += text.startswith(b'{"op":"sent"')

            socket.on_text = on_text
            for _ in range(now):
                self.say(socket)
            with Loop() as loop:
                loop.add(socket)
                if not loop.run(60, lambda heard=heard, now=now: heard[0] >= now):  # type: ignore[misc]
                    raise Broken("messages were not acknowledged")
                loop.release()
        socket.socket.close()

    def resumes(self, cursor: str, missed: int) -> Window:
        """From hello to the last missed event, of so many people in the conversation one after the other."""
        latencies = []
        meter, started = Meter(self.pids), time.monotonic()
        for _ in range(RESUMES):
            seen = [0]

            def on_text(_: WebSocket, text: bytes, seen: list[int] = seen) -> None:
                seen[0] += text.count(b'"message.sent"')
                if b'"outcome":"reset"' in text:
                    raise Broken("a hello was answered with a reset")

            product, company = self.archive.product, self.archive.company
            socket = WebSocket(product.port, "/api/live", company.cookie(self.person), owner=self.person)
            socket.on_text = on_text
            begun = time.monotonic_ns()
            socket.send(json.dumps({"op": "hello", "cursor": cursor}).encode())
            with Loop() as loop:
                loop.add(socket)
                if not loop.run(60, lambda seen=seen: seen[0] >= missed):  # type: ignore[misc]
                    raise Broken(f"{missed - seen[0]} missed events never came")
            latencies.append(time.monotonic_ns() - begun)
        took, usage = time.monotonic() - started, meter.usage()
        latencies.sort()
        figures = {
            "p50 ms": percentile(latencies, 0.5),
            "processor ms": round(usage.server * took * 1000 / RESUMES, 2),
        }
        return Window(figures, usage)

    def hellos(self) -> Window:
        """From hello to ready, with nothing missed."""
        cursor = self.archive.product.cursor(self.archive.company, self.person)
        latencies = []
        meter, started = Meter(self.pids), time.monotonic()
        for _ in range(SENDS // 10):
            product, company = self.archive.product, self.archive.company
            socket = WebSocket(product.port, "/api/live", company.cookie(self.person), owner=self.person)
            begun = time.monotonic_ns()
            socket.send(json.dumps({"op": "hello", "cursor": cursor}).encode())
            socket.wait_text(b'"op":"ready"')
            latencies.append(time.monotonic_ns() - begun)
            socket.socket.close()
        took, usage = time.monotonic() - started, meter.usage()
        latencies.sort()
        figures = {
            "p50 ms": percentile(latencies, 0.5),
            "processor ms": round(usage.server * took * 1000 / len(latencies), 2),
        }
        return Window(figures, usage)


def growing(world: World) -> Section:
    """Sends, a page of history, the timeline; resuming after few and many missed events; somebody in very many conversations."""
    plan = world.plan
    few, many = world.archive(FEW), world.archive()
    here, there = (Resident(one, one.company.people[1]) for one in (few, many))
    busy = Resident(many, many.person)
    goal = "at 10,000,000 messages ≤ 1.3 × at 10,000; in 2,000 conversations as in few"
    title = f"{FEW:,} and {plan.history:,} messages stored, in two companies alike; {MINE:,} and {there.conversations} conversations"
    section = Section("growth", title, world.kind, goal)
    section.remarks += [few.seeded, many.seeded]
    for one in (here, there, busy):
        one.talk(60)
    path = "/api/conversations/{}/messages?limit=50"
    loads: list[tuple[str, Callable[[], Window]]] = []
    for name, one in (("few", here), ("many", there)):
        loads += [
            (f"send, {name}", one.sends),
            (f"page of 50, {name}", partial(one.reads, path.format(one.conversation))),
            (f"timeline, {name}", partial(one.reads, "/api/posts")),
        ]
    loads += [
        (f"send, in {MINE:,} conversations", busy.sends),
        (f"hello, in {MINE:,} conversations", busy.hellos),
        ("hello, in few conversations", there.hellos),
    ]
    interleave(world, section, loads, plan.windows)
    few.product.program.stop()
    taken, cursors = section.series, _behind(there)
    program, rounds = many.product.program, max(2, plan.windows // 2)
    for where in ("from memory", "from the database"):
        resuming: list[tuple[str, Callable[[], Window]]] = [
            (f"resume, {missed:,} missed, {where}", partial(there.resumes, cursors[missed], missed))
            for missed in MISSED
        ]
        interleave(world, section, resuming, rounds)
        taken = section.series = {**taken, **section.series}
        program.stop()  # what it knew by heart is gone
        program.start()
    return section


def _behind(one: Resident) -> dict[int, str]:
    """A cursor for each number of missed events."""
    cursors = {}
    for missed, following in zip(reversed(MISSED), (*reversed(MISSED[:-1]), 0), strict=True):
        cursors[missed] = one.archive.product.cursor(one.archive.company, one.person)
        one.talk(missed - following)
    return cursors
