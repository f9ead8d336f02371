"""Records at real sizes: lists, what they are found by, one customer's page, and a change until it is on another's open card."""

import json
import random
import time
from urllib.parse import quote, urlencode

from crm_objects.templates.base import CUSTOMER
from tests.load.asking import Request, asked
from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.report import Section
from tests.load.seed import Company, make_boss, make_company
from tests.load.seed_records import RICH, make_customers, make_field, make_rich
from tests.load.wire import JSON
from tests.load.workloads import Window, percentile
from tests.load.world import World

PEOPLE, DEPARTMENTS, TIMES, CHANGES = 1_000, 50, 8, 40
LIST = f"/api/records/{CUSTOMER.kind}"
# Common words, rarer ones, one sign, the sound, the initials, what is nowhere.
QUERIES = ("科技", "鼎新", "远帆供应链", "鼎", "dingxin", "shanghaid", "nbdx", "没有这家")


def records(world: World) -> Section:
    """First with few customers, then with many; the boss sees all of them, a seller what is theirs."""
    few, many = world.plan.records
    title = f"{few:,} customers, then {many:,}, of {PEOPLE:,} people; the boss, who sees all, and a seller; one request at a time"
    goal = "issue F: a list with two filters and a sort ≤ 50 ms and ≤ 150 ms, a page ≤ 40 ms, a change elsewhere ≤ 100 ms"
    section = Section("records", title, world.kind, goal)
    product = world.product("records")
    product.program.start()
    product.program.stop()
    engine = product.seed_engine()
    company = make_company(engine, seed=world.plan.seed, people=PEOPLE, departments=DEPARTMENTS)
    make_boss(engine, company.people[0])
    field = make_field(engine)
    engine.dispose()
    there = 0
    for size, name in ((few, "few"), (many, "many")):
        begun = time.monotonic()
        engine = product.seed_engine()
        make_customers(engine, company, there + 1, size - there, field)
        if there == 0:
            make_rich(engine, company, list(range(1, RICH + 1)))
        engine.dispose()
        section.remarks.append(f"{size - there:,} seeded in {time.monotonic() - begun:.0f} s")
        there = size
        product.program.start()
        _measured(world, section, product, company, field, name)
        product.program.stop()
    return section


def _measured(
    world: World, section: Section, product: Product, company: Company, field: int, name: str
) -> None:
    dice = random.Random(world.plan.seed)
    boss, seller = company.people[0], company.people[1]
    added = f"c{field}"
    filters: list[list[object]] = [["level", "in", ["key", "important"]], ["source", "in", ["website"]]]
    with_added: list[list[object]] = [filters[0], [added, "at_least", "1000"]]
    lists = {
        "list": [_list(filters, sort) for sort in ("-updated_at", "name", "-last_followed_at")],
        "list by an added field": [
            _list(with_added, "-updated_at"),
            _list(filters, f"-{added}"),
            _list(with_added, added),
        ],
    }
    for subject, requests in lists.items():
        for who, person in (("", boss), (" of a seller", seller)):
            for _ in range(world.plan.windows):
                some = requests * TIMES
                section.add(f"tenfour, {subject}{who}, {name}", asked(product, company, person, some))
    for _ in range(world.plan.windows):
        section.add(
            f"tenfour, words, {name}",
            asked(product, company, boss, [Request(f"{LIST}?q={quote(one)}") for one in QUERIES * 4]),
        )
    for query in QUERIES:
        section.add(
            f"tenfour, «{query}», {name}",
            asked(product, company, boss, [Request(f"{LIST}?q={quote(query)}")] * TIMES),
        )
    for _ in range(world.plan.windows):
        section.add(
            f"tenfour, totals, {name}",
            asked(product, company, boss, [Request(f"{LIST}/totals?{_said(filters)}")] * 4),
        )
    for _ in range(world.plan.windows):
        section.add(f"tenfour, page, {name}", _pages(product, company, boss, dice))
        section.add(f"tenfour, a change, {name}", _changes(product, company, boss, company.people[2], dice))


def _said(filters: list[list[object]]) -> str:
    return urlencode({"filter": json.dumps(filters, ensure_ascii=False)})


def _list(filters: list[list[object]], sort: str) -> Request:
    return Request(f"{LIST}?{_said(filters)}&sort={sort}", items=1)


def _pages(product: Product, company: Company, person: int, dice: random.Random) -> Window:
    """All that a customer's page asks for, one after the other, as one figure."""
    http = product.http(company, person)
    meter, latencies, started = Meter(product.program.pids), [], time.monotonic()
    for _ in range(CHANGES):
        path = f"{LIST}/{dice.randint(1, RICH)}"
        begun = time.monotonic_ns()
        for part in ("", "/team", "/followups", "/history", "/related"):
            http.ask("GET", path + part)
        latencies.append(time.monotonic_ns() - begun)
    return _window(meter, started, latencies, http.close)


def _changes(product: Product, company: Company, writer: int, watcher: int, dice: random.Random) -> Window:
    """From the press of one until the new value stands on the open card of another, who asks again as the client does."""
    record, other = dice.randint(1, RICH), product.http(company, writer)
    row: JSON = other.ask("GET", f"{LIST}/{record}")["item"]  # type: ignore[assignment]
    place: JSON = {"role": "member", "access": "read"}
    other.ask("PUT", f"{LIST}/{record}/team/{watcher}", place)
    socket, http = product.live(company, watcher), product.http(company, watcher)
    ref = {"kind": CUSTOMER.kind, "id": record}
    socket.send(json.dumps({"op": "watch", "ref": ref}).encode())
    socket.wait_text(b'"op":"watching"')
    version = int(str(row["version"]))
    meter, latencies, started = Meter(product.program.pids), [], time.monotonic()
    for at in range(CHANGES):
        level = ("key", "low")[at % 2] if row["fields"]["level"] == "low" else ("low", "key")[at % 2]  # type: ignore[index]
        begun = time.monotonic_ns()
        answer = other.ask("PATCH", f"{LIST}/{record}", {"version": version, "fields": {"level": level}})
        version = int(str(answer["item"]["version"]))  # type: ignore[index]
        socket.wait_text(f'"version":{version}'.encode())
        card = http.ask("POST", "/api/cards", {"refs": [ref]})["items"][0]  # type: ignore[index]
        latencies.append(time.monotonic_ns() - begun)
        assert card["shown"]["level"] == level
    socket.socket.close()
    http.close()
    return _window(meter, started, latencies, other.close)


def _window(meter: Meter, started: float, latencies: list[int], close: object) -> Window:
    took, usage = time.monotonic() - started, meter.usage()
    assert callable(close)
    close()
    latencies.sort()
    return Window(
        {
            "p50 ms": percentile(latencies, 0.5),
            "p95 ms": percentile(latencies, 0.95),
            "least ms": percentile(latencies, 0),
            "processor ms": round(usage.server * took * 1000 / len(latencies), 2),
        },
        usage,
    )
