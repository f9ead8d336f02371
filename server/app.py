"""The web door: a company, its hub and its routes as one Starlette application."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Protocol

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send

from server.api import clock_route, docs, errors, guard, health, static
from server.api.endpoint import Authenticator, Endpoint
from server.api.entities import Entity, Variant
from server.api.openapi import describe
from server.api.route import Route
from server.api.shelves import Shelves
from server.background.reactions import Reactor
from server.background.runner import Runner
from server.kit.module import every
from server.kit.problems import Problem
from server.metrics.page import Metrics
from server.metrics.requests import ROUTE, Counted
from server.operating.door import AdminDoor
from server.permissions.capabilities import Capability, check_capabilities
from server.permissions.roles import SHIPPED, shipped
from server.permissions.rules import check_rules
from server.realtime.commands import Command, Watch
from server.realtime.hub import Hub
from server.realtime.routes import routes_of
from server.realtime.socket import Live
from server.work.company import Company

logger = structlog.get_logger()
Serve = Callable[[Request], Awaitable[Response]]


class Attending(Protocol):
    """Works in the background for as long as the application serves."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


def routes_for(company: Company, hub: Hub, runner: Runner) -> list[Route]:
    """Every route of the product, each with its rule."""
    own = [*routes_of(hub)]
    if company.settings.test_clock:
        own.append(clock_route.route_of(runner.work_off))
    return [*every(company.modules, Route), *own]


def make_app(company: Company) -> Starlette:
    """Raises `WithoutRule` when anything that can be called names none."""
    hub = Hub(company.relay)
    runner = Runner(company)
    reactor = Reactor(company)
    attending: list[Attending] = [runner, reactor]
    if company.settings.jobs != "here":
        from server.background.carrier import Carrier  # arq is not loaded where nobody needs it

        attending = [Carrier(company)]
    routes = routes_for(company, hub, runner)
    modules = company.modules
    commands, watches = every(modules, Command), every(modules, Watch)
    # Whatever has a place for a rule must have one, a to-do kind or what a later domain declares too.
    ruled = [*routes, *[thing for module in modules for thing in module.things if hasattr(thing, "rule")]]
    check_rules(ruled)
    check_capabilities(every(modules, Capability), ruled, {code: shipped(code) for code in SHIPPED})
    authenticator = every(modules, Authenticator)[0]
    door = AdminDoor(company)
    metrics = Metrics(company, hub, runner)
    live = Live(company, hub, authenticator, commands, watches)

    @cache
    def description() -> dict[str, Any]:
        """Made when somebody first asks: it takes longer than all the rest of the start."""
        described: dict[str, Any] = msgspec.to_builtins(
            describe(routes, every(modules, Entity), every(modules, Variant))
        )
        return described

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await company.start()
        hub.start()
        for one in attending:
            one.start()
        await door.open()
        if company.settings.test_clock:
            logger.warning("TENFOUR_TEST_CLOCK is on: anyone who may sign in can move this company's clock")
        yield
        await door.close()
        for one in reversed(attending):
            await one.stop()
        await hub.stop()
        await company.stop()

    @cache
    def encoded() -> bytes:
        return json.dumps(description()).encode()

    async def openapi(request: Request) -> Response:
        return Response(await asyncio.to_thread(encoded), media_type="application/json")

    app = Starlette(
        routes=[
            *_merge_methods(company, routes, authenticator),
            WebSocketRoute("/api/live", live),
            HttpRoute("/api/openapi.json", openapi),
            HttpRoute("/api/docs", docs.page),
            *health.routes(company),
            metrics.route(),
            *static.routes(),
        ],
        lifespan=lifespan,
        exception_handlers={
            Problem: errors.on_problem,
            HTTPException: errors.on_http_exception,
        },
    )
    app.router.redirect_slashes = False
    app.router.middleware_stack = Shelves(app.router, app.router.app)  # type: ignore[assignment]
    app.add_middleware(guard.Guard, secure=company.settings.secure)
    app.add_middleware(Counted, requests=metrics.requests)
    app.state.company = company
    app.state.hub = hub
    app.state.routes = routes
    app.state.description = description
    app.state.live = live
    return app


def _merge_methods(company: Company, routes: list[Route], authenticator: Authenticator) -> list[HttpRoute]:
    """One Starlette route per path, so that a wrong method is answered 405 with what is allowed."""
    by_path: dict[str, dict[str, Serve]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = Endpoint(company, route, authenticator).serve
    merged = []
    for path, methods in by_path.items():
        merged.append(HttpRoute(path, _Methods(path, methods), methods=list(methods)))
    return merged


class _Methods:
    """Plain ASGI: the endpoints of one path. Problems are answered further out, once."""

    def __init__(self, path: str, endpoints: Mapping[str, Serve]) -> None:
        self.path, self.endpoints = path, endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ROUTE] = self.path
        serve = self.endpoints["GET" if scope["method"] == "HEAD" else scope["method"]]
        response = await serve(Request(scope, receive, send))
        await response(scope, receive, send)
