"""The first page of the timeline, in a company with very many posts."""

import time
from urllib.parse import quote

from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.report import Section
from tests.load.seed import Company, make_company
from tests.load.seed_posts import OFTEN, SELDOM, make_posts, make_topics
from tests.load.wire import Broken
from tests.load.workloads import Window, percentile
from tests.load.world import World

READERS, DEPARTMENTS, PEOPLE = 10, 300, 10_000
REQUESTS = 20  # of each reader in a window


def timeline(world: World) -> Section:
    """For people in six departments, one request at a time over kept-alive connections."""
    plan = world.plan
    title = (
        f"first page, {plan.posts:,} posts, {DEPARTMENTS} departments, {PEOPLE:,} people, Zipf authors,"
        f" 15 % company-wide; {READERS} readers in 6 departments each"
    )
    section = Section("timeline", title, world.kind)
    product = world.product("timeline")
    product.program.start()
    product.program.stop()
    begun = time.monotonic()
    engine = product.seed_engine()
    company = make_company(engine, seed=plan.seed, people=PEOPLE, departments=DEPARTMENTS, in_six=READERS)
    make_posts(engine, company, plan.posts)
    make_topics(engine)
    engine.dispose()
    section.remarks.append(f"seeded in {time.monotonic() - begun:.0f} s (seed {plan.seed})")
    product.program.start()
    section.add("tenfour, first of each person", pages(product, company, 1))
    for _ in range(plan.windows):
        section.add("tenfour", pages(product, company, REQUESTS))
    for name, query in filters(company).items():
        section.add(f"tenfour, {name}", pages(product, company, REQUESTS, query))
    product.program.stop()
    return section


def filters(company: Company) -> dict[str, str]:
    """Questions about much and about little: the post's own reader, a few colleagues, a department that is mostly others'."""
    return {
        "mine": "filter=mine",
        "@me": "filter=mentions",
        "favourites": "filter=favourites",
        "a kind": "kind=share",
        "one colleague": f"person={company.people[READERS + 1]}",
        "a topic": f"topic={quote(OFTEN)}",
        "a rare topic": f"topic={quote(SELDOM)}",
        "a department": f"department={company.departments[-1]}",
        "a colleague to a department": f"person={company.people[READERS + 2]}&department={company.departments[0]}",
    }


def pages(product: Product, company: Company, times: int, query: str = "") -> Window:
    opened = [product.http(company, person) for person in company.people[:READERS]]
    meter, latencies = Meter(product.program.pids), []
    for _ in range(times):
        for http in opened:
            begun = time.monotonic_ns()
            page = http.ask("GET", f"/api/posts?{query}")
            latencies.append(time.monotonic_ns() - begun)
            if not page["items"] and not query:
                raise Broken("a timeline page without posts")
    usage = meter.usage()
    for http in opened:
        http.close()
    latencies.sort()
    return Window({"p50 ms": percentile(latencies, 0.5), "p95 ms": percentile(latencies, 0.95)}, usage)
