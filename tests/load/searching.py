"""Search in very many messages, by somebody who is in many groups."""

import time

from tests.load.asking import Request, asked
from tests.load.report import Section
from tests.load.seed import make_company
from tests.load.seed_messages import make_messages
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
    person = company.people[0]
    requests = {query: [Request.search(query)] * TIMES for query in QUERIES}
    for query in QUERIES:
        section.add(f"tenfour, «{query}»", asked(product, company, person, requests[query]))
    for _ in range(plan.windows):
        mixed = [one for row in zip(*requests.values(), strict=True) for one in row]
        section.add("tenfour, all of them", asked(product, company, person, mixed))
    product.program.stop()
    return section
