"""Two web processes with PostgreSQL and Valkey and a worker, beside one process that does everything on the same PostgreSQL.

All of it has the server's core, so figures of throughput would say little; what counts is processor time. It is that of everything:
web processes, worker, PostgreSQL, Valkey.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from copy import copy
from pathlib import Path

import psutil

from tests.load.engine import Loop
from tests.load.machine import SERVER_CORE, cpu_seconds, family, on_core
from tests.load.processes import Program
from tests.load.report import Section
from tests.load.sockets import live_sockets, sockets_of
from tests.load.wire import Counted, WebSocket
from tests.load.workloads import (
    MARK,
    MARKED,
    Fanout,
    Latency,
    Talk,
    Window,
    percentile,
    product_talk,
)
from tests.load.world import Chat, World, interleave
from tests.servers import ValkeyServer, start_valkey

OUTSTANDING, PROCESSES = 4, 2


class Scaled:
    """The chat company's database served by several processes; the first one's server must not run meanwhile."""

    def __init__(self, folder: Path, chat: Chat, stack: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        product = chat.product
        with on_core(SERVER_CORE):
            self.valkey: ValkeyServer = start_valkey(folder / "valkey")
        stack.callback(self.valkey.stop)
        environment = {
            **product.environment(),
            "TENFOUR_REDIS_URL": self.valkey.url,
            "TENFOUR_JOBS": "worker",
            "TENFOUR_DATA": str(product.data),
        }
        command = [sys.executable, "-m", "server", "serve", "--port", "{port}", "--workers", str(PROCESSES)]
        also = [*product.program.also, self.valkey.process.pid]
        self.program = Program("tenfour", command, folder / "web", environment=environment, also=also)
        self.program.start()
        stack.callback(self.program.stop)
        self.worker = Program(
            "worker", [sys.executable, "-m", "server", "worker"], folder / "worker", environment=environment
        )
        self.worker.spawn()
        stack.callback(self.worker.stop)
        self.program.also.extend(self.worker.pids)


def process_of(opened: list[WebSocket], program: Program) -> dict[int, int]:
    """Which of the processes holds the socket of each person."""
    owners: dict[int, int] = {}
    ports = {one.socket.getsockname()[1]: one.owner for one in opened}
    assert program.process is not None
    for child in psutil.Process(program.process.pid).children(recursive=True):
        for connection in child.net_connections(kind="tcp"):
            if len(connection.raddr) and connection.raddr.port in ports:
                owners[ports[connection.raddr.port]] = child.pid
    return owners


class Across(Latency):
    """Tells also what those saw whose process is not the speaker's."""

    def __init__(
        self, loop: Loop, members: list[WebSocket], talk: Talk, servers: list[int], owners: dict[int, int]
    ) -> None:
        super().__init__(loop, members, talk, servers)
        here = owners[members[0].owner]
        self.elsewhere = {one.owner for one in members if owners[one.owner] != here}
        self.far: list[int] = []

    def heard(self, member: WebSocket, text: bytes) -> None:
        super().heard(member, text)
        if member.owner in self.elsewhere:
            now = time.monotonic_ns()
            self.far += [now - int(stamp, 16) for stamp in MARKED.findall(text)]

    def window(self, seconds: float, warm: float) -> Window:
        self.far = []
        window = super().window(seconds, warm)
        # The warming up is in it too: of two processes nothing else tells which was first to be warm.
        far = sorted(self.far)
        window.figures |= {"across p50 ms": percentile(far, 0.5), "across p99 ms": percentile(far, 0.99)}
        return window


def scaled(world: World) -> Section:
    """Latency across processes in a group of 100 at 50 messages a second; what a delivery costs in a group of 1,000."""
    plan, chat = world.plan, world.chat()
    goal = "p99 across processes ≤ 30 ms; deliveries per CPU-second ≥ 0.9 × one process"
    title = f"{PROCESSES} web processes, worker, PostgreSQL, Valkey; 100 members at 50/s; 1,000 members, closed loop"
    section = Section("scaled", title, world.kind, goal, "deliveries/CPU-s")
    program = chat.product.program
    for turn in range(max(1, plan.windows // 2)):
        if program.process is None:
            program.start()
        _measure(world, section, chat, program, "one process", None)
        program.stop()
        with ExitStack() as stack:
            two = Scaled(world.folder / f"scaled{turn}", chat, stack)
            _measure(world, section, chat, two.program, "tenfour", two)
    program.start()
    return section


def _measure(
    world: World, section: Section, chat: Chat, program: Program, name: str, two: Scaled | None
) -> None:
    """Sockets are opened anew for each; some windows of both loads."""
    plan, served = world.plan, copy(chat)
    served.product = copy(chat.product)
    served.product.program = program
    with ExitStack() as stack:
        loop = stack.enter_context(Loop())  # one for all: who is not read answers no ping
        group = sockets_of(loop, live_sockets(served, chat.group))
        crowd = sockets_of(loop, live_sockets(served, chat.crowd))
        loop.release()
        for one in group:
            loop.add(one)
        talk = product_talk({chat.group[0]: chat.group_id, chat.crowd[0]: chat.crowd_id})
        if two is None:
            speaking: Latency = Latency(loop, group, talk, program.pids)
        else:
            owners = process_of([*group, *crowd], program)
            speaking = Across(loop, group, talk, program.pids, owners)
            spread = sorted(Counter(owners[one.owner] for one in crowd).values())
            section.remarks.append(f"sockets of the 1,000 on the {PROCESSES} processes: {spread}")
        counted = [Counted(one, MARK) for one in crowd]
        fan = Fanout(loop, counted, lambda stamp: talk.say(crowd[0], stamp), program.pids, OUTSTANDING)
        loads: list[tuple[str, Callable[[], Window]]] = [
            (f"{name}, 100 at 50/s", lambda: speaking.window(min(plan.seconds, 2.0), 0.5)),
            (name, lambda: _costed(fan, program.pids, plan.seconds, plan.warm)),
        ]
        before = section.series
        interleave(world, section, loads, 2)
        section.series = {**before, **section.series}


def _costed(fan: Fanout, servers: list[int], seconds: float, warm: float) -> Window:
    """Deliveries for each second of processor time of everything on the server's side, warming up included."""
    processes = family(servers)
    before = cpu_seconds(processes)
    window = fan.window(seconds, warm)
    window.figures["deliveries/CPU-s"] = round(fan.delivered / (cpu_seconds(processes) - before))
    return window
