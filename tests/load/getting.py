"""GETs of JSON through everything that stands before a handler: middleware, routing, session, rights, snapshot, headers.

Beside it bare starlette on uvicorn, which answers the same JSON from memory. Two routes whose own work is small: one colleague (one
query) and one conversation with its people (more).
"""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.load.engine import Loop
from tests.load.machine import Meter
from tests.load.processes import plain_floor
from tests.load.report import Section
from tests.load.wire import Broken, Http
from tests.load.workloads import DRAIN, Window, percentile
from tests.load.world import World, interleave

CONNECTIONS = 64


class Gets:
    """Closed loop: every kept-alive connection has one request on its way."""

    def __init__(self, loop: Loop, connections: list[Http], path: str, servers: list[int]) -> None:
        self.loop, self.connections, self.path, self.servers = loop, connections, path, servers
        self.sending, self.open = False, 0
        self.begun: dict[Http, int] = {}
        self.latencies: list[int] = []
        for connection in connections:
            connection.on_answer = self.answered

    def ask(self, connection: Http) -> None:
        self.begun[connection] = time.monotonic_ns()
        self.open += 1
        connection.begin("GET", self.path)

    def answered(self, connection: Http, status: int, answer: bytes) -> None:
        if status != 200:
            raise Broken(f"GET {self.path} was answered {status}: {answer.decode()[:300]}")
        self.latencies.append(time.monotonic_ns() - self.begun[connection])
        self.open -= 1
        if self.sending:
            self.ask(connection)

    def window(self, seconds: float, warm: float) -> Window:
        self.sending = True
        for connection in self.connections:
            connection.socket.close()  # the server closes what was silent during the others' windows
            connection.open()
            self.loop.add(connection)
            self.ask(connection)
        self.loop.run(warm)
        self.latencies = []
        meter, begun = Meter(self.servers), time.monotonic()
        self.loop.run(seconds)
        took, usage = time.monotonic() - begun, meter.usage()
        ordered = sorted(self.latencies)
        self.sending = False
        drained = self.loop.run(DRAIN, lambda: self.open <= 0)
        for connection in self.connections:
            self.loop.drop(connection)
        figures = {
            "requests/s": round(len(ordered) / took),
            "p50 ms": percentile(ordered, 0.5),
            "p99 ms": percentile(ordered, 0.99),
        }
        return Window(figures, usage, {"never_answered": 0 if drained else self.open})


def getting(world: World) -> Section:
    """Requests a second over 64 connections of 64 people."""
    plan, chat = world.plan, world.chat()
    goal = "≥ 0.5 × bare starlette on uvicorn (ambition 0.75 ×)"
    section = Section("get", f"{CONNECTIONS} connections, closed loop", world.kind, goal, "requests/s")
    people = chat.group[:CONNECTIONS]
    one = f"/api/people/{people[0]}"
    asking = chat.product.http(chat.company, people[0])
    answer = asking.ask("GET", one)
    asking.close()
    file = world.folder / "answer.json"
    file.write_text(json.dumps(answer))
    with ExitStack() as stack:
        floor = plain_floor(world.folder / "plain", file)
        floor.start()
        stack.callback(floor.stop)

        def of(opened: list[Http], path: str, pids: list[int]) -> Callable[[], Window]:
            load = Gets(stack.enter_context(Loop()), opened, path, pids)
            return lambda: load.window(plan.seconds, plan.warm)

        def signed_in() -> list[Http]:
            return [chat.product.http(chat.company, person) for person in people]

        pids = chat.product.program.pids
        bare = [Http(floor.port) for _ in range(CONNECTIONS)]
        loads = [
            ("starlette", of(bare, "/answer", floor.pids)),
            ("tenfour", of(signed_in(), one, pids)),
            ("tenfour, a conversation", of(signed_in(), f"/api/conversations/{chat.group_id}", pids)),
        ]
        return interleave(world, section, loads, plan.windows)
