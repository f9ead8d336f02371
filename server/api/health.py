"""For operators and load balancers: alive, and ready to serve."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

from server.events import log
from server.kit.problems import Problem
from server.work.company import Company


def routes(company: Company) -> list[HttpRoute]:
    async def healthz(request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"ok": True})

    async def readyz(request: Request) -> Response:
        """The database answers; `bus` tells whether pokes arrive (without them the tail heals within a second)."""
        try:
            head = await company.read(log.head)
        except Problem:
            return JSONResponse({"ok": False, "database": False, "bus": company.bus.healthy}, 503)
        return JSONResponse({"ok": True, "database": True, "bus": company.bus.healthy, "head": head})

    return [HttpRoute("/healthz", healthz), HttpRoute("/readyz", readyz)]
