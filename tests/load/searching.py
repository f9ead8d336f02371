"""Search in very many messages, by somebody who is in many groups."""

import time
from urllib.parse import quote

from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.report import Section
from tests.load.seed import Company, make_company
from tests.load.seed_messages import make_messages
from tests.load.workloads import Window, percentile
from tests.load.world import World

PEOPLE, DEPARTMENTS, MINE = 2_000, 50, 500
# Common, rare, two words, the beginning of a word, one sign, a number, nothing at all.
QUERIES = ("客户", "合同 报价", "钛合金", "鼎盛科技", "quaran", "order 发货", "户", "4711", "没有这个词")
TIMES = 10  # of each query in a window


def searching(world: World) -> Section:
    """One request at a time over a kept-alive connection; every query the same number of times."""
    plan = world.plan
    title = f"{plan.messages:,} messages, one person in {MINE} groups, {len(QUERIES)} queries"
    section = Section("search", title, world.kind, "issue C: ≤ 100 ms p95 in 1,000,000 messages")
    product = world.product("search")
    product.program.start()
    product.program.stop()
    begun = time.monotonic()
    engine = product.seed_engine()
    company = make_company(engine, seed=plan.seed, people=PEOPLE, departments=DEPARTMENTS)
    make_messages(engine, company, plan.messages, MINE)
    engine.dispose()
    section.remarks.append(f"seeded in {time.monotonic() - begun:.0f} s (seed {plan.seed})")
    product.program.start()
    for query in QUERIES:
        section.add(f"tenfour, «{query}»", ask(product, company, [query]))
    for _ in range(plan.windows):
        section.add("tenfour, all of them", ask(product, company, QUERIES))
    product.program.stop()
    return section


def ask(product: Product, company: Company, queries: "tuple[str, ...] | list[str]") -> Window:
    http = product.http(company, company.people[0])
    meter, latencies = Meter(product.program.pids), []
    for _ in range(TIMES):
        for query in queries:
            begun = time.monotonic_ns()
            http.ask("GET", f"/api/search?q={quote(query)}")
            latencies.append(time.monotonic_ns() - begun)
    usage = meter.usage()
    http.close()
    latencies.sort()
    return Window({"p50 ms": percentile(latencies, 0.5), "p95 ms": percentile(latencies, 0.95)}, usage)
