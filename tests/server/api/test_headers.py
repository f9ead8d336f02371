"""What stands around every answer: the walls of security.md §3, on errors and files too; and files only from the built client."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from server.api import static
from server.people import routes as people_routes
from tests.conftest import SettingsMaker
from tests.house import House, serve
from tests.server.api.samples import SAMPLES, Things
from tests.server.api.test_refused_requests import routes, signed, target
from tests.server.api.wire import Reply, ask, send

WALLS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)


def check_walls(reply: Reply, about: str) -> None:
    for name, value in WALLS.items():
        assert reply.all(name) == [value], f"{about}: {name} {reply.all(name)}"
    policy = reply.header("content-security-policy")
    assert all(part in policy for part in POLICY), f"{about}: {policy}"
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built client in a folder beside which lies what nobody may fetch."""
    dist = tmp_path / "web" / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html>the page")
    (dist / "assets" / "app-1a2b.js").write_text("the script")
    (tmp_path / "web" / "secret.txt").write_text("the secret")
    (tmp_path / "web" / "dist-old").mkdir()
    (tmp_path / "web" / "dist-old" / "secret.txt").write_text("the secret")
    (dist / "link.txt").symlink_to(tmp_path / "web" / "secret.txt")
    monkeypatch.setattr(static, "DIST", dist)
    return dist


async def test_every_answer_of_every_kind_stands_behind_the_same_walls(
    shared: House, things: Things, built: Path
) -> None:
    cookie = signed(things)
    for method, path, headers, status in (
        ("GET", "/api/me", cookie, 200),
        ("GET", "/api/me", [], 401),
        ("GET", "/api/posts/999999", cookie, 404),
        ("GET", "/api/nothing", [], 404),
        ("GET", "/api/%00", [], 404),
        ("DELETE", "/api/me", cookie, 405),
        ("POST", "/api/posts", cookie, 422),
        ("POST", "/api/posts", [*cookie, ("Origin", "https://evil.example")], 403),
        ("GET", "/" + "x" * 3_000, [], 414),
        ("GET", "/", [("X", "x" * 40_000)], 431),
        ("GET", "/api/openapi.json", [], 200),
        ("GET", "/api/docs", [], 200),
        ("GET", "/healthz", [], 200),
        ("GET", "/readyz", [], 200),
        ("GET", "/", [], 200),
        ("GET", "/any/page/7", [], 200),
        ("GET", "/assets/app-1a2b.js", [], 200),
        ("HEAD", "/", [], 200),
        ("GET", "/assets/app-1a2b.js", [("Range", "bytes=0-1")], 206),
        ("GET", "/assets/app-1a2b.js", [("Range", "bytes=9999-")], 416),
        ("GET", "/assets/app-1a2b.js", [("Range", "bytes=x")], 400),
    ):
        reply = await ask(shared, method, path, headers)
        assert reply.status == status, f"{method} {path}: {reply.status}"
        check_walls(reply, f"{method} {path}")
    check_walls(await send(shared, b"no request\r\n\r\n"), "no request")


async def test_our_own_mistake_is_answered_without_details_behind_the_walls_and_logged_once(
    shared: House, things: Things, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(conn: object) -> None:
        raise RuntimeError("not for the client")

    monkeypatch.setattr(people_routes, "departments", broken)
    with capture_logs() as lines:
        reply = await ask(shared, "GET", "/api/departments", signed(things))
    assert (reply.status, reply.json()["code"]) == (500, "unexpected")
    assert b"not for the client" not in reply.body
    check_walls(reply, "500")
    assert reply.header("cache-control") == "no-store, private"
    assert [(line["event"], line["path"]) for line in lines] == [("unhandled", "/api/departments")]
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


async def test_a_mistake_on_an_invitations_page_keeps_the_token_out_of_the_log(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.auth import sign_in

    def broken(conn: object, token: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(sign_in, "invited", broken)
    with capture_logs() as lines:
        reply = await ask(shared, "GET", "/api/invitations/very-secret-token")
    assert reply.status == 500
    assert [line["path"] for line in lines] == ["/api/invitations/{token}"]


async def test_no_answer_about_a_person_may_be_kept_by_anybody(shared: House, things: Things) -> None:
    for route in routes(shared):
        path = target(route, SAMPLES[route.name](things))
        wait = "?wait=0" if route.path == "/api/events" else ""
        for headers in (signed(things), []):
            method = route.method if not headers or route.method == "GET" else "GET"
            reply = await ask(shared, method, path + wait, headers)
            assert reply.header("cache-control") == "no-store, private", f"{method} {path}: {reply.status}"


async def test_only_files_of_the_built_client_are_handed_out(shared: House, built: Path) -> None:
    for path in (
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//etc/passwd", "/%2fetc%2fpasswd", "///../secret.txt", "/..\\secret.txt", "/..%5csecret.txt", "/dist-old/secret.txt",
        "/../dist-old/secret.txt", "/link.txt", "/%252e%252e%252fsecret.txt", "/.", "/./", "/assets", "/assets/", "/index.html/..",
        "/" + "a" * 300, "/" + "a/" * 900, "/%F0%9F%98%80", "/%FF%FE", "/con", "/~", "/index.html%20", "/assets/app-1a2b.js/x",
    ):  # fmt: skip
        reply = await ask(shared, "GET", path)
        if path.startswith("/assets/"):  # a script that is gone is no page
            assert (reply.status, b"secret" in reply.body) == (404, False), f"{path}: {reply.status}"
            continue
        assert (reply.status, reply.body) == (200, b"<!doctype html>the page"), f"{path}: {reply.status}"
        assert reply.header("cache-control") == "no-cache", path
    script = await ask(shared, "GET", "/assets/app-1a2b.js")
    assert (script.status, script.body) == (200, b"the script")
    assert script.header("cache-control") == "public, max-age=31536000, immutable"
    for path in ("/%00", "/index.html%00.js", "/a%0Ab", "/%7F"):
        assert (await ask(shared, "GET", path)).status == 404, path


async def test_without_a_built_client_the_page_says_so(
    shared: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static, "DIST", tmp_path)
    reply = await ask(shared, "GET", "/")
    assert (reply.status, b"make run" in reply.body) == (503, True)
    check_walls(reply, "not built")


async def test_over_tls_browsers_are_told_to_stay_there(house_settings: SettingsMaker) -> None:
    async with serve(house_settings(base_url="https://work.example")) as house:
        for path in ("/api/me", "/healthz", "/api/nothing"):
            assert (await ask(house, "GET", path)).header("strict-transport-security") == "max-age=31536000"


async def test_without_tls_nobody_is_told_so_but_behind_a_proxy_that_has_it(shared: House) -> None:
    assert (await ask(shared, "GET", "/healthz")).header("strict-transport-security") == ""
    forwarded = [("X-Forwarded-Proto", "https")]
    assert (await ask(shared, "GET", "/healthz", forwarded)).header("strict-transport-security")
