"""Nothing inside is asked on somebody's behalf: addresses are looked at, pinned, and so is every redirect; answers are bounded."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from server.outbound import client
from server.outbound.addresses import Refused, is_global, pinned
from server.outbound.client import MOST, Outbound, Unreachable
from tests.servers import free_port


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public_however_it_is_written(address: str) -> None:
    assert not is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is(address: str) -> None:
    assert is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "::1"])
async def test_the_own_machine_is_refused_by_every_name(host: str) -> None:
    with pytest.raises(Refused):
        await pinned(host, 80, ())


async def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    async def both(host: str, port: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", ("10.0.0.7", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
    with pytest.raises(Refused, match=r"10\.0\.0\.7"):
        await pinned("rebinding.example", 443, ())
    assert await pinned("rebinding.example", 443, ("rebinding.example",)) == "93.184.216.34"
    with pytest.raises(Refused):
        await pinned("rebinding.example", 443, ("rebinding.example:8443",))


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[str]:
    """A server on the own machine, allowed by name; it answers in ways that one should not believe."""

    async def serve(request: Request) -> Response:
        path = request.url.path
        match path:
            case "/inside":
                return RedirectResponse("http://127.0.0.1:1/")
            case "/elsewhere":
                return RedirectResponse("file:///etc/passwd")
            case "/round":
                return RedirectResponse("/round")
            case "/there":
                return RedirectResponse("/seen")
            case "/large":
                return Response(b"x" * (MOST + 1))
            case "/endless":
                return StreamingResponse(endless())
            case "/bomb":
                return Response(b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
            case "/slow":
                await asyncio.sleep(30)
        said = [request.method, request.headers["host"], request.headers.get("authorization", "-")]
        return PlainTextResponse(" ".join([*said, (await request.body()).decode()]))

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536
            await asyncio.sleep(0)  # lets the server see that nobody listens any more

    port = free_port()
    app = Starlette(routes=[Route("/{path:path}", serve, methods=["GET", "POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    yield f"http://localhost:{port}"
    server.should_exit = server.force_exit = True
    await task


async def test_what_is_allowed_is_asked_under_its_own_name(outside: str) -> None:
    ask = Outbound([outside.removeprefix("http://")])
    answer = await ask.get(f"{outside}/seen", {"Authorization": "Bearer a"})
    assert answer.body.decode().split() == ["GET", outside.removeprefix("http://"), "Bearer", "a"]
    posted = await ask.post(f"{outside}/seen", {"a": "1"})
    assert posted.body.endswith(b"- a=1")
    redirected = await ask.get(f"{outside}/there", {"Authorization": "Bearer a"})
    assert redirected.body.decode().split()[-1] == "-"


@pytest.mark.parametrize("path", ["inside", "elsewhere"])
async def test_a_redirect_is_looked_at_like_an_address(outside: str, path: str) -> None:
    with pytest.raises(Refused):
        await Outbound(["localhost"]).get(f"{outside}/{path}")


@pytest.mark.parametrize("path", ["round", "large", "endless"])
async def test_an_answer_without_end_is_cut(outside: str, path: str) -> None:
    with pytest.raises(Unreachable):
        await Outbound(["localhost"]).get(f"{outside}/{path}")


async def test_what_was_sent_follows_no_redirect_and_nothing_is_unpacked(outside: str) -> None:
    with pytest.raises(Unreachable):
        await Outbound(["localhost"]).post(f"{outside}/there", {"a": "1"})
    assert (await Outbound(["localhost"]).get(f"{outside}/bomb")).body == b"\x1f\x8b"


async def test_nobody_is_waited_for_long(outside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.05)
    with pytest.raises(Unreachable, match="seconds"):
        await Outbound(["localhost"]).get(f"{outside}/slow")


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "ftp://example.com/", "http://example.com/", "https://a:b@example.com/", "https:///x", "https://[::1/", "https://127.0.0.1/"],
)  # fmt: skip
async def test_what_is_no_public_https_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        await Outbound().get(address)
