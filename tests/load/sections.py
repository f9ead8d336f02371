"""What `make bench` measures, one function a section. Product and floors run in the same minutes, window by window."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from tests.load.announcing import announced
from tests.load.crowding import busy, everyone
from tests.load.engine import Loop
from tests.load.getting import getting
from tests.load.growing import growing
from tests.load.joining import joining
from tests.load.looking import cards, conversations, history
from tests.load.machine import Meter, memory
from tests.load.processes import Program
from tests.load.product import Product
from tests.load.records import records
from tests.load.report import Section
from tests.load.scaling import scaled
from tests.load.searching import searching
from tests.load.sockets import floor_sockets, live_sockets, sockets_of
from tests.load.timeline import timeline
from tests.load.uploading import uploads
from tests.load.wire import Counted, RawLines, WebSocket
from tests.load.workloads import (
    FLOOR_TALK,
    MARK,
    Fanout,
    HttpSends,
    Latency,
    Sends,
    Window,
    body,
    product_talk,
)
from tests.load.world import CROWD, GROUP, PAIRS, World, interleave

OUTSTANDING = 4
Load = tuple[str, Callable[[], Window]]


def sends(world: World) -> Section:
    """Durable messages a second through the whole stack, over the socket and over HTTP."""
    plan, chat = world.plan, world.chat()
    title = f"{PAIRS} conversations × 2 people, {OUTSTANDING} on their way in each, closed loop, {plan.seconds:g} s windows"
    goal = (
        "G8: ≥ 5,500/s on SQLite, ≥ 4,600/s on PostgreSQL over the socket (ambition 11,000); ack p99 ≤ 50 ms"
    )
    section = Section("sends", title, world.kind, goal, "messages/s")
    window = partial(_closed, plan.seconds, plan.warm)
    with ExitStack() as stack:
        floor = world.skeleton(stack)
        floor_loop, live_loop, http_loop = (stack.enter_context(Loop()) for _ in range(3))
        there = sockets_of(
            floor_loop, floor_sockets(floor, [str(number // 2) for number in range(2 * PAIRS)])
        )
        at_floor = Sends(floor_loop, there[::2], FLOOR_TALK, floor.pids, OUTSTANDING)
        people = [person for pair in chat.pairs for person in pair]
        here = sockets_of(live_loop, live_sockets(chat, people))
        pids = chat.product.program.pids
        live = Sends(live_loop, here[::2], product_talk(chat.direct), pids, OUTSTANDING)
        posting = [chat.product.http(chat.company, a) for a, _ in chat.pairs for _ in range(OUTSTANDING)]
        for connection in posting:
            http_loop.add(connection)
        by_http = HttpSends(http_loop, posting, chat.direct, pids)
        loads = [
            ("skeleton", window(at_floor)),
            ("tenfour", window(live)),
            ("tenfour over HTTP", window(by_http)),
        ]
        return interleave(world, section, loads, plan.windows)


def _closed(seconds: float, warm: float, load: Sends | HttpSends | Latency | Fanout) -> Callable[[], Window]:
    return lambda: load.window(seconds, warm)


def latency(world: World) -> Section:
    """From sending to having it on another screen, over all members of a group of 100."""
    plan, chat = world.plan, world.chat()
    goal = "G9: SQLite p50 ≤ 2.8, p95 ≤ 4.5 ms, p99 ≤ skeleton + 3 ms; PostgreSQL ≤ 1.5 × its skeleton; ≥ 20 windows"
    section = Section("latency", f"{GROUP} members, one sends 50/s, open loop", world.kind, goal, "p50 ms")
    seconds = min(plan.seconds, 2.0)
    window = partial(_closed, seconds, min(plan.warm, 0.5))
    with ExitStack() as stack:
        floor = world.skeleton(stack)
        floor_loop, live_loop = (stack.enter_context(Loop()) for _ in range(2))
        there = sockets_of(floor_loop, floor_sockets(floor, ["all"] * GROUP))
        here = sockets_of(live_loop, live_sockets(chat, chat.group))
        talk = product_talk({chat.group[0]: chat.group_id})
        loads: list[Load] = [
            ("skeleton", window(Latency(floor_loop, there, FLOOR_TALK, floor.pids))),
            ("tenfour", window(Latency(live_loop, here, talk, chat.product.program.pids))),
        ]
        return interleave(world, section, loads, plan.latency_windows)


def fanout(world: World) -> Section:
    """Deliveries a second to 1,000 sockets."""
    plan, chat = world.plan, world.chat()
    goal = "G10: ≥ 0.85 × raw (coalesced ≥ 1.7 ×)"
    title = f"one group of {CROWD:,}, {OUTSTANDING} messages on their way, closed loop"
    section = Section("fanout", title, world.kind, goal, "deliveries/s")
    window = partial(_closed, plan.seconds, plan.warm)
    with ExitStack() as stack:
        raw, bare = world.raw(stack), world.skeleton(stack, coalesce=True)
        raw_loop, bare_loop, live_loop = (stack.enter_context(Loop()) for _ in range(3))
        lines = [RawLines(raw.port, "all") for _ in range(CROWD)]
        sockets = list(floor_sockets(bare, ["all"] * CROWD))
        here = sockets_of(live_loop, live_sockets(chat, chat.crowd))
        live_loop.release()
        talk = product_talk({chat.crowd[0]: chat.crowd_id})
        pids = chat.product.program.pids

        def of(
            loop: Loop, opened: Sequence[WebSocket | RawLines], say: Callable[[int], None], pids: list[int]
        ) -> Callable[[], Window]:
            return window(Fanout(loop, [Counted(one, MARK) for one in opened], say, pids, OUTSTANDING))

        loads: list[Load] = [
            ("raw", of(raw_loop, lines, lambda stamp: lines[0].send(body(stamp)), raw.pids)),
            (bare.name, of(bare_loop, sockets, lambda stamp: sockets[0].send(body(stamp)), bare.pids)),
            ("tenfour", of(live_loop, here, lambda stamp: talk.say(here[0], stamp), pids)),
        ]
        return interleave(world, section, loads, plan.windows)


def idle(world: World) -> Section:
    """Memory and processor time of the server for signed-in sockets that have joined their conversations and are silent."""
    plan, chat = world.plan, world.chat()
    goal = "G11: 10,000, ≤ 34 KiB each (ambition 29), ≤ 10 % of one core (their heartbeats)"
    section = Section(
        "idle", f"{plan.idle:,} sockets, each in a group of 20", world.kind, goal, "KiB per socket"
    )
    half = plan.idle // 10
    chat.twenties(plan.idle)

    def measure(open_one: Callable[[int], WebSocket], roots: list[int]) -> Window:
        meter = Meter(roots)
        warm = [
            open_one(turn) for turn in range(half)
        ]  # lazily loaded code is not charged to the connections
        time.sleep(1.0)
        before, begun = memory(roots), time.monotonic()
        opened = [open_one(turn) for turn in range(half, plan.idle)]
        took = time.monotonic() - begun
        time.sleep(2.0)
        each = (memory(roots) - before) / 1024 / len(opened)
        usage, silent = meter.usage(), Meter(roots)
        time.sleep(plan.silent)
        figures = {
            "KiB per socket": round(each, 2),
            "sockets/s": round(len(opened) / took),
            "cores, silent": silent.usage().server,
        }
        for socket in (*warm, *opened):
            socket.socket.close()
        return Window(figures, usage)

    with ExitStack() as stack:
        bare = world.skeleton(stack)
        section.add(
            "skeleton", measure(lambda turn: WebSocket(bare.port, f"/ws/{turn // 20}"), bare.pids[:1])
        )
    program = chat.product.program
    program.stop()
    program.start()
    section.add(
        "tenfour", measure(lambda turn: chat.product.live(chat.company, chat.idle[turn]), program.pids[:1])
    )
    return section


def start(world: World) -> Section:
    """From spawn to the first answer, with everything embedded."""
    goal = "≤ 0.6 × ejabberd's 1.8 s; ambition ≤ 2.5 × the floor of uvicorn alone (0.23 s there)"
    section = Section("start", "spawn to the first answer, warm page cache", world.kind, goal, "seconds")
    with ExitStack() as stack:
        bare = world.skeleton(stack)
        made: list[Product] = []

        def timed(program: Program) -> Window:
            program.stop()
            meter = Meter([])
            seconds = program.start()
            return Window({"seconds": round(seconds, 3)}, meter.usage(started=program.pids[:1]))

        def empty() -> Window:
            made.append(world.product(f"start{len(made)}"))
            return timed(made[-1].program)

        def again() -> Window:
            if not made:
                empty()
            return timed(made[-1].program)

        for _ in range(world.plan.starts):
            section.add("skeleton", timed(bare))
            section.add("tenfour, first start", empty())
            section.add("tenfour", again())
            made[-1].program.stop()
    return section


SECTIONS: dict[str, Callable[[World], Section]] = {
    "sends": sends,
    "latency": latency,
    "fanout": fanout,
    "idle": idle,
    "start": start,
    "timeline": timeline,
    "search": searching,
    "uploads": uploads,
    "history": history,
    "conversations": conversations,
    "cards": cards,
    "busy": busy,
    "everyone": everyone,
    "announced": announced,
    "joining": joining,
    "get": getting,
    "scaled": scaled,
    "growth": growing,
    "records": records,
}
EMBEDDED_ONLY, SCALED_ONLY = {"start"}, {"scaled"}
