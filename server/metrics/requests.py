"""Counts what is asked over HTTP, by route and status, and how long it took. The outermost layer, so that refusals count too."""

import time
from collections.abc import Awaitable

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROUTE = "tenfour.route"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)
# Paths served beside the routes. Anything else is "other": what strangers type must not become labels.
NAMED = frozenset({"/healthz", "/readyz", "/metrics", "/api/docs", "/api/openapi.json"})


class Requests:
    """What was counted, in the process's registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answered = Counter(
            "tenfour_http_requests",
            "Answers over HTTP.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "tenfour_http_seconds",
            "From the request's head to the answer's last byte.",
            ("method", "route"),
            registry=registry,
            buckets=SECONDS,
        )
        # By method, route and status: finding them anew for every answer costs more than counting.
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = scope.get(ROUTE) or (scope["path"] if scope["path"] in NAMED else "other")
        found = self._found.get((method, route, status))
        if found is None:
            found = self._answered.labels(method, route, str(status)), self._seconds.labels(method, route)
            self._found[method, route, status] = found
        answered, took = found
        answered.inc()
        took.observe(seconds)


class Counted:
    """Plain ASGI. Whoever dispatches a route leaves its path under `ROUTE` in the scope."""

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        self.app = app
        self.requests = requests

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        # Not awaited here: a socket would keep this frame for as long as it is open.
        return (
            self._counted(scope, receive, send) if scope["type"] == "http" else self.app(scope, receive, send)
        )

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = time.perf_counter(), 0

        async def counting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counting_send)
        finally:
            self.requests.count(scope, status, time.perf_counter() - begun)
