"""Requests one after the other over one kept-alive connection, each timed."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from tests.load.machine import Meter
from tests.load.product import Product
from tests.load.seed import Company
from tests.load.wire import JSON, Broken
from tests.load.workloads import Window, percentile


@dataclass(frozen=True)
class Request:
    """`items`: how many things the answer must hold at least, so that nothing is quick because it is empty."""

    path: str
    body: JSON | None = None
    items: int = 0

    @staticmethod
    def search(words: str) -> "Request":
        return Request(f"/api/search?q={quote(words)}")


def asked(product: Product, company: Company, person: int, requests: Iterable[Request]) -> Window:
    """Median, 95th percentile and least milliseconds, and milliseconds of processor time of the server with its database for each."""
    http = product.http(company, person)
    meter, latencies, wanted = Meter(product.program.pids), [], list(requests)
    started = time.monotonic()
    for one in wanted:
        begun = time.monotonic_ns()
        answer = http.ask("GET" if one.body is None else "POST", one.path, one.body)
        latencies.append(time.monotonic_ns() - begun)
        items = answer.get("items")
        if one.items and not (isinstance(items, list) and len(items) >= one.items):
            raise Broken(f"{one.path}: fewer than {one.items} items")
    took, usage = time.monotonic() - started, meter.usage()
    http.close()
    latencies.sort()
    figures = {
        "p50 ms": percentile(latencies, 0.5),
        "p95 ms": percentile(latencies, 0.95),
        "least ms": percentile(latencies, 0),
        "processor ms": round(usage.server * took * 1000 / len(wanted), 2),
    }
    return Window(figures, usage)
