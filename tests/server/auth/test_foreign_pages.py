"""A page of another origin, open in a signed-in browser, changes nothing here and reads nothing."""

import json

from tests.house import House
from tests.server.api.people import cookie, everything
from tests.server.api.samples import SAMPLES, prepare
from tests.server.api.test_refused_requests import routes, target, uploads
from tests.server.api.wire import Headers, ask

FOREIGN: list[Headers] = [
    [("Origin", "https://evil.example")],
    [("Origin", "null")],
    [("Origin", "")],
    [("Origin", "http://127.0.0.1")],
    [("Origin", "http://127.0.0.1:1")],
    [("Origin", "http://127.0.0.1.evil.example")],
    [("Origin", "file://")],
    [("Origin", "\xff")],
    [("Sec-Fetch-Site", "cross-site")],
    [("Sec-Fetch-Site", "same-site")],
    [("Sec-Fetch-Site", "anything")],
    [("Sec-Fetch-Site", "")],
    [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-origin")],
]


async def test_every_unsafe_route_refuses_a_foreign_page(shared: House) -> None:
    things = await prepare(shared)
    before = await everything(shared)
    port = shared.settings.port
    for route in routes(shared):
        if route.method == "GET":
            continue
        sample = SAMPLES[route.name](things)
        headers: Headers = [("Cookie", cookie(things.me)), ("Idempotency-Key", "foreign")]
        if route.upload:
            headers.append(("Content-Type", uploads()[0][1]))
        else:
            headers.append(("Content-Type", "application/json"))
        body = json.dumps(sample.body).encode() if sample.body else b""
        for foreign in [
            *FOREIGN,
            [("Origin", f"https://127.0.0.1:{port}")],
            [("Origin", f"http://localhost:{port}.x")],
        ]:
            reply = await ask(shared, route.method, target(route, sample), [*headers, *foreign], body)
            assert (reply.status, reply.json()["code"]) == (403, "forbidden"), f"{route.name} {foreign}"
            assert not reply.header("set-cookie")
    assert await everything(shared) == before


async def test_our_own_pages_and_scripts_are_let_through(shared: House) -> None:
    port = shared.settings.port
    body = b'{"login":"nobody","password":"guess"}'
    for headers in (
        [],
        [("Origin", f"http://127.0.0.1:{port}")],
        [("Origin", f"http://localhost:{port}")],
        [("Origin", f"http://localhost:{port}"), ("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Site", "none")],
    ):
        own: Headers = [("Content-Type", "application/json"), *headers]
        reply = await ask(shared, "POST", "/api/session", own, body)
        assert reply.status in (401, 429), headers


async def test_no_answer_invites_another_origin(shared: House) -> None:
    things = await prepare(shared)
    for method, path in (
        ("GET", "/api/me"),
        ("OPTIONS", "/api/posts"),
        ("OPTIONS", "/api/session"),
        ("GET", "/"),
    ):
        asking: Headers = [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")]
        reply = await ask(shared, method, path, [("Cookie", cookie(things.me)), *asking])
        assert not [name for name, _ in reply.headers if name.startswith("access-control")], path


async def test_nothing_changes_by_a_question(shared: House) -> None:
    things = await prepare(shared)
    before = await everything(shared)
    for route in routes(shared):
        if route.method == "GET":
            path = target(route, SAMPLES[route.name](things))
            wait = "?wait=0" if route.path == "/api/events" else ""
            for method in ("GET", "HEAD"):
                await ask(shared, method, path + wait, [("Cookie", cookie(things.me))])
    assert await everything(shared) == before
