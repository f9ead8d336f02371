"""Many people at once: a thousand online who all talk a little, and one post that reaches everybody."""

import json
import os
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.load.engine import Loop
from tests.load.machine import Meter
from tests.load.report import Section
from tests.load.sockets import live_sockets, sockets_of
from tests.load.wire import JSON, Broken, Http, WebSocket
from tests.load.workloads import DRAIN, Latency, Talk, Window, percentile, product_talk
from tests.load.world import CROWD, IDLE_GROUP, World, interleave

RATE = 200.0
SHARE: JSON = {"kind": "share", "text": "周五下午三点开会。" * 10, "audience": {"everyone": True}}


class Circle(Latency):
    """Open loop: the speakers take turns, and each message is awaited at the members of the speaker's group."""

    def __init__(
        self, loop: Loop, members: list[WebSocket], speakers: list[WebSocket], talk: Talk, servers: list[int]
    ) -> None:
        super().__init__(loop, members, talk, servers, RATE)
        self.speakers, self.turn = speakers, 0
        self.hearers = len(members) // len(speakers)

    def say_one(self) -> None:
        self.turn += 1
        self.talk.say(self.speakers[self.turn % len(self.speakers)], time.monotonic_ns())


def busy(world: World) -> Section:
    """From sending to having it, with a thousand online in groups of twenty, 200 messages a second among them."""
    plan, chat = world.plan, world.chat()
    groups = chat.twenties(CROWD)
    people = [one for some in groups.values() for one in some]
    title = f"{len(people):,} online in {len(groups)} groups of {IDLE_GROUP}, {RATE:g} messages/s among them"
    section = Section("busy", title, world.kind, "G9: p99 ≤ 40 ms", "p50 ms")
    with ExitStack() as stack:
        loop = stack.enter_context(Loop())
        here = sockets_of(loop, live_sockets(chat, people))
        speakers = {some[0]: group for group, some in groups.items()}
        speaking = [one for one in here if one.owner in speakers]
        load = Circle(loop, here, speaking, product_talk(speakers), chat.product.program.pids)
        seconds = min(plan.seconds, 2.0)
        loads: list[tuple[str, Callable[[], Window]]] = [("tenfour", lambda: load.window(seconds, 0.5))]
        return interleave(world, section, loads, max(3, plan.latency_windows // 2))


def everyone(world: World) -> Section:
    """From the request that publishes a post for the whole company until the last of all sockets has it."""
    plan, chat = world.plan, world.chat()
    people = chat.company.people[: plan.online]
    title = f"one post for the whole company, {len(people):,} online"
    section = Section("everyone", title, world.kind, "G10: ≤ 0.5 s to the last")
    with ExitStack() as stack:
        loop = stack.enter_context(Loop())
        here = sockets_of(loop, live_sockets(chat, people))
        asking = chat.product.http(chat.company, people[0])
        loop.add(asking)
        for _ in range(plan.windows):
            window, _ = post_to_all(asking, chat.product.program.pids, loop, here, SHARE)
            section.add("tenfour", window)
    return section


def post_to_all(
    asking: Http, servers: list[int], loop: Loop, here: list[WebSocket], value: JSON
) -> tuple[Window, int]:
    """How soon it is answered and who has it when; and its id."""
    heard: list[int] = []
    answered: list[int] = []
    made: list[int] = []

    def on_text(socket: WebSocket, text: bytes) -> None:
        if b'"post.published"' in text:
            heard.append(time.monotonic_ns())

    def on_answer(http: Http, status: int, answer: bytes) -> None:
        if status != 201:
            raise Broken(f"a post was answered {status}: {answer.decode()[:300]}")
        answered.append(time.monotonic_ns())
        made.append(json.loads(answer)["id"])

    for socket in here:
        socket.on_text = on_text
    asking.on_answer = on_answer
    meter, begun = Meter(servers), time.monotonic_ns()
    key = f"Idempotency-Key: {os.urandom(8).hex()}\r\n"
    asking.begin("POST", "/api/posts", json.dumps(value).encode(), key)
    loop.run(DRAIN, lambda: len(heard) >= len(here) and bool(answered))
    usage = meter.usage()
    if len(heard) < len(here) or not answered:
        raise Broken(f"{len(here) - len(heard)} sockets never heard of the post")
    heard.sort()
    since = [one - begun for one in heard]
    figures = {
        "first ms": percentile(since, 0),
        "p50 ms": percentile(since, 0.5),
        "last ms": percentile(since, 1),
        "answer ms": percentile([answered[0] - begun], 0),
    }
    return Window(figures, usage), made[0]
