"""`GET /metrics`: for whoever sits on this machine, and for whoever knows TENFOUR_METRICS_TOKEN. Nobody else."""

import asyncio
import hmac
import ipaddress

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from server.api.endpoint import PRIVATE
from server.api.errors import problem_response
from server.background.runner import Runner
from server.kit.problems import Forbidden
from server.metrics.requests import Requests
from server.metrics.state import State, look
from server.realtime.hub import Hub
from server.work.company import Company

# A reverse proxy on this machine adds one of these: then the caller is somewhere else, whatever the connection says.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via", "cf-connecting-ip")
_HERE = ("localhost", "127.0.0.1", "[::1]")


class Metrics:
    """One per process; `requests` is counted into by the outermost layer."""

    def __init__(self, company: Company, hub: Hub, runner: Runner) -> None:
        self._company, self._hub, self._runner = company, hub, runner
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self.requests = Requests(self._registry)

    def route(self) -> HttpRoute:
        return HttpRoute("/metrics", self.show)

    async def show(self, request: Request) -> Response:
        """The figures now."""
        if not may_see(request, self._company.settings.metrics_token):
            return problem_response(
                Forbidden(
                    "Figures are shown on this machine itself, or with the token of TENFOUR_METRICS_TOKEN.",
                    next_step="send_token",
                )
            )
        now = State(self._company, self._hub, self._runner, await look(self._company))
        text = await asyncio.to_thread(lambda: _of(now) + generate_latest(self._registry))
        return Response(text, headers={**PRIVATE, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def _of(state: State) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(state)
    return generate_latest(registry)


def may_see(request: Request, token: str) -> bool:
    """Over loopback, asked for by a loopback name and not passed on by a proxy; or with the token."""
    said = request.headers.get("authorization", "")
    if token and hmac.compare_digest(said.encode("latin-1", "replace"), f"Bearer {token}".encode()):
        return True
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    passed_on = any(header in request.headers for header in _FORWARDED)
    return name in _HERE and not passed_on and _is_loopback(request.client.host if request.client else "")


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
