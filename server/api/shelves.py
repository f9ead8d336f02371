"""Finding a request's route among hundreds without trying each: by the first two parts of its address.

Stands before Starlette's router, which tries its routes one after the other, and leaves to it whatever is not found here: wrong methods,
unknown addresses, the web client's pages.
"""

from collections.abc import Awaitable, Sequence

from starlette.routing import BaseRoute, Match, Router, WebSocketRoute
from starlette.routing import Route as HttpRoute
from starlette.types import ASGIApp, Receive, Scope, Send

Found = HttpRoute | WebSocketRoute


class Shelves:
    """Plain ASGI. On each shelf lie, in the router's order, all routes that an address with this beginning may mean."""

    def __init__(self, router: Router, others: ASGIApp) -> None:
        self.others = others
        self.shelves = shelved(router.routes)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] != "lifespan":
            for route in self.shelves.get(beginning(scope["path"]), ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    scope["route"] = route
                    return route.handle(scope, receive, send)
        return self.others(scope, receive, send)


def beginning(path: str) -> str:
    """`/api/people` of `/api/people/7/access`."""
    return "/".join(path.split("/", 3)[:3])


def shelved(routes: Sequence[BaseRoute]) -> dict[str, list[Found]]:
    plain: list[Found] = [route for route in routes if isinstance(route, (HttpRoute, WebSocketRoute))]
    named = [(beginning(route.path), route) for route in plain]
    shelves: dict[str, list[Found]] = {}
    for name in dict.fromkeys(name for name, _ in named if "{" not in name):
        shelves[name] = [route for its, route in named if its == name or "{" in its]
    return shelves
