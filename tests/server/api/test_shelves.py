"""A route is found on its shelf exactly when the router would have found it."""

from starlette.routing import Match
from starlette.routing import Route as HttpRoute

from server.api.shelves import beginning, shelved
from tests.house import House

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def test_the_shelves_hold_what_the_router_would_find(shared: House) -> None:
    routes = [one for one in shared.server.config.app.routes if isinstance(one, HttpRoute)]  # type: ignore[union-attr]
    shelves = shelved(routes)
    paths = [route.path_format.replace("{", "").replace("}", "") for route in routes]
    paths += [route.path_format.format_map(_Sevens()) for route in routes]
    paths += [
        "/",
        "/api",
        "/api/",
        "/api/people/",
        "/api/people/7/",
        "/api//people",
        "/api/nothing",
        "/a/b/c/d",
    ]
    for path in paths:
        for method in METHODS:
            scope = {"type": "http", "path": path, "method": method, "root_path": ""}
            found = [one for one in routes if one.matches(scope)[0] is Match.FULL][:1]
            shelf = shelves.get(beginning(path), [])
            assert [one for one in shelf if one.matches(scope)[0] is Match.FULL][:1] == (
                found if beginning(path) in shelves else []
            ), (method, path)


class _Sevens(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "7"
