"""An announcement to ten thousand who must confirm it: how soon it is answered and seen, and a minute in which all of them confirm."""

import json
import time
from collections import deque
from contextlib import ExitStack

from tests.load.crowding import post_to_all
from tests.load.engine import Loop
from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.report import Section
from tests.load.seed import Company, make_boss, make_company
from tests.load.sockets import sockets_of
from tests.load.wire import JSON, Broken, Http, WebSocket
from tests.load.workloads import Window, percentile
from tests.load.world import World

PEOPLE, OPEN, DEPARTMENTS, CONNECTIONS = 10_000, 1_000, 60, 64
VALUE: JSON = {
    "kind": "announcement",
    "title": "国庆值班安排",
    "text": "请各部门负责人确认值班名单。" * 10,
    "audience": {"everyone": True},
    "receipts": {"everyone": True},
    "details": {},
}


def announced(world: World) -> Section:
    """To everybody, with receipts: the answer, the last of a thousand open screens; then as many receipts as there are people."""
    plan = world.plan
    people = plan.asked
    title = f"one announcement to {people:,} who must confirm it, {OPEN:,} of them online; all confirm within {plan.confirming:g} s"
    goal = "issue E: answered ≤ 500 ms, on the last screen ≤ 1 s, counts exact, the author's screen ≤ 4 updates/s"
    section = Section("announced", title, world.kind, goal)
    product = world.product("announced")
    product.program.start()
    product.program.stop()
    engine = product.seed_engine()
    company = make_company(engine, seed=plan.seed, people=people, departments=DEPARTMENTS)
    make_boss(engine, company.people[0])
    engine.dispose()
    product.program.start()
    with ExitStack() as stack:
        loop = stack.enter_context(Loop())
        here = sockets_of(loop, (product.live(company, one) for one in company.people[1 : OPEN + 1]))
        asking = product.http(company, company.people[0])
        loop.add(asking)
        posts = []
        for _ in range(plan.windows):
            window, post = post_to_all(asking, product.program.pids, loop, here, VALUE)
            section.add("tenfour", window)
            posts.append(post)
        loop.drop(asking)
        section.add("tenfour, all confirm", _confirm(product, company, loop, posts[-1], plan.confirming))
    product.program.stop()
    return section


def _confirm(product: Product, company: Company, loop: Loop, post: int, seconds: float) -> Window:
    """Open loop over a few connections, each request another person's; the author watches."""
    author = product.live(company, company.people[0])
    updates: list[float] = []

    def on_text(_: WebSocket, text: bytes) -> None:
        if b'"receipts.counted"' in text:
            updates.append(time.monotonic())

    author.on_text = on_text
    author.send(json.dumps({"op": "watch", "ref": {"kind": "receipts", "id": post}}).encode())
    loop.add(author)
    free = deque(Http(product.port) for _ in range(CONNECTIONS))
    for http in free:
        loop.add(http)
    begun_at: dict[Http, int] = {}
    latencies: list[int] = []
    waiting = list(company.people[1:])
    wanted, body = len(waiting), json.dumps({"version": 1}).encode()

    def next_one(http: Http) -> None:
        begun_at[http] = time.monotonic_ns()
        http.begin("PUT", f"/api/posts/{post}/receipt", body, company.cookie(waiting.pop()))

    def on_answer(http: Http, status: int, answer: bytes) -> None:
        if status != 200:
            raise Broken(f"a receipt was answered {status}: {answer.decode()[:300]}")
        latencies.append(time.monotonic_ns() - begun_at[http])
        free.append(http)

    for http in free:
        http.on_answer = on_answer
    meter, begun = Meter(product.program.pids), time.monotonic()
    while len(latencies) < wanted and time.monotonic() - begun < 10 * seconds:
        due = int((time.monotonic() - begun) / seconds * wanted) + 1
        while free and waiting and wanted - len(waiting) < due:
            next_one(free.popleft())
        loop.run(0.002)
    took, usage = time.monotonic() - begun, meter.usage()
    loop.run(2.0)
    counts = product.http(company, company.people[0]).ask("GET", f"/api/posts/{post}/receipts?limit=1")[
        "counts"
    ]
    assert isinstance(counts, dict)
    if (counts["asked"], counts["done"]) != (wanted, wanted):
        raise Broken(f"{wanted} confirmed, counted are {counts}")
    latencies.sort()
    figures = {
        "receipts": len(latencies),
        "took s": round(took, 1),
        "p50 ms": percentile(latencies, 0.5),
        "p99 ms": percentile(latencies, 0.99),
        "most updates in a second": most_in_a_second(updates),
    }
    return Window(figures, usage)


def most_in_a_second(moments: list[float]) -> int:
    """Of any second, not of the clock's."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most
