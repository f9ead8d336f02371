"""How long a thousand people take to be there: accounts, passwords, sockets, one group.

What the peers' load counted (ejabberd 45 s): sixteen at a time, each member registers an account with a password (kept as it is, no
hash), signs in with it, binds a session and enters the room, which tells moderators only. The same steps here, timed apart because
they cost so differently: an account is an invitation with a link of its own; the password is hashed with argon2id, whose price is its
purpose; a member has bootstrapped, opened a socket and said hello, is added by the owner, and hears so on that socket, as does
everybody who came before. The goal is about the last step; «everything» is the sum.
"""

import json
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.load.engine import Loop
from tests.load.machine import Meter
from tests.load.report import Section
from tests.load.seed import make_boss, make_company
from tests.load.wire import JSON, Http, WebSocket
from tests.load.workloads import Window
from tests.load.world import CROWD, Chat, World

AT_ONCE = 16
PASSWORD = "four-words-nobody-guesses"


def joining(world: World) -> Section:
    """Sixteen at a time: accounts made and signed in, then members of one group, one by one and in one act."""
    plan, chat = world.plan, world.chat()
    people = chat.crowd[: plan.joining]
    goal = f"joining {CROWD:,} members ≤ 5 s (ambition ≤ 1 s); ejabberd, accounts included: 45 s"
    title = f"{len(people):,} people, {AT_ONCE} at a time, one group"
    section = Section("joining", title, world.kind, goal)
    for _ in range(min(3, plan.windows)):
        section.add("tenfour, one by one", _one_by_one(chat, people))
        section.add("tenfour, in one act", _in_one_act(chat, people))
    section.add("tenfour, accounts", _accounts(world, len(people)))
    return section


def _all(work: Callable[[int], None], people: Sequence[int]) -> float:
    """Seconds until it is done for everybody, so many at a time."""
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(work, one) for one in people]:
            done.result()
    return time.monotonic() - begun


class _Arriving:
    """Opens sockets in the threads of `_all`, reads those that have arrived all the while."""

    def __init__(self, chat: Chat, stack: ExitStack) -> None:
        self.chat, self.loop = chat, stack.enter_context(Loop())
        self.heard: set[int] = set()
        self._opened: queue.SimpleQueue[WebSocket] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        stack.callback(self._end)
        self._wanted = b"conversation.joined"

    def open(self, person: int) -> None:
        socket = self.chat.product.live(self.chat.company, person)
        socket.on_text = self._hear
        self._opened.put(socket)

    def _hear(self, socket: WebSocket, text: bytes) -> None:
        if self._wanted in text:
            self.heard.add(socket.owner)

    def _read(self) -> None:
        while not self._ended.is_set():
            while not self._opened.empty():
                self.loop.add(self._opened.get())
            self.loop.run(0.005)

    def _end(self) -> None:
        self._ended.set()
        self._reader.join()

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 60
        while len(self.heard) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{count - len(self.heard)} members never heard that they are in")
            time.sleep(0.002)


def _one_by_one(chat: Chat, people: Sequence[int]) -> Window:
    """Each is added with a request of its own while everybody who is in listens."""
    with ExitStack() as stack:
        owner, others = people[0], people[1:]
        group = chat.make_group([owner, others[0]], "逐个加入")
        asking = threading.local()
        arriving = _Arriving(chat, stack)

        def join(person: int) -> None:
            arriving.open(person)
            http = getattr(asking, "http", None)
            if http is None:
                http = asking.http = chat.product.http(chat.company, owner)
            key = f"Idempotency-Key: {os.urandom(8).hex()}\r\n"
            http.ask("POST", f"/api/conversations/{group}/members", {"people": [person]}, key)

        meter, begun = Meter(chat.product.program.pids), time.monotonic()
        _all(join, others[1:])
        arriving.wait_for(len(others) - 1)
        took, usage = time.monotonic() - begun, meter.usage()
    return Window({"joining s": round(took, 2), "members/s": round((len(people) - 2) / took)}, usage)


def _in_one_act(chat: Chat, people: Sequence[int]) -> Window:
    """All open their sockets, then the owner makes the group with everybody in it."""
    with ExitStack() as stack:
        arriving = _Arriving(chat, stack)
        meter, begun = Meter(chat.product.program.pids), time.monotonic()
        _all(arriving.open, people[1:])
        opened = time.monotonic()
        chat.make_group(list(people), "一起加入")
        arriving.wait_for(len(people) - 1)
        took, usage = time.monotonic() - begun, meter.usage()
        figures = {
            "joining s": round(took, 2),
            "members/s": round(len(people) / took),
            "sockets s": round(opened - begun, 2),
            "the act s": round(took - (opened - begun), 2),
        }
    return Window(figures, usage)


def _accounts(world: World, count: int) -> Window:
    """Invitations by the boss one by one, then each sets a password through the link, which signs in."""
    product = world.product("accounts")
    product.program.start()
    product.program.stop()
    engine = product.seed_engine()
    company = make_company(engine, seed=world.plan.seed, people=1, departments=5)
    boss = company.people[0]
    make_boss(engine, boss)
    engine.dispose()
    product.program.start()
    links: list[str] = []
    here = threading.local()

    def mine(cookie: str = "") -> Http:
        http: Http | None = getattr(here, cookie or "nobody", None)
        if http is None:
            http = Http(product.port, cookie)
            setattr(here, cookie or "nobody", http)
        return http

    def invite(number: int) -> None:
        body: JSON = {"name": f"新人{number}", "staff_number": f"n{number}"}
        key = f"Idempotency-Key: {os.urandom(8).hex()}\r\n"
        made = mine(company.cookie(boss)).ask("POST", "/api/people", body, key)
        found = re.search(r'"link": ".*?([^/#?="]+)"', json.dumps(made["invitation"]))
        assert found is not None
        links.append(found[1])

    def enter(number: int) -> None:
        mine().ask("POST", f"/api/invitations/{links[number]}", {"password": PASSWORD})

    meter = Meter(product.program.pids)
    invited = _all(invite, range(count))
    entered = _all(enter, range(count))
    usage = meter.usage()
    product.program.stop()
    figures = {
        "invitations s": round(invited, 2),
        "passwords s": round(entered, 2),
        "password ms": round(entered / count * 1e3, 1),
    }
    return Window(figures, usage)
