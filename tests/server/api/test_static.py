"""Built files are served packed to browsers that take it, and as they are to others."""

from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from server.api import static


@pytest.fixture
async def browser_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> httpx2.AsyncClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.js").write_text("plain")
    (tmp_path / "assets" / "a.js.br").write_bytes(b"brotli")
    (tmp_path / "index.html").write_text("<p>page")
    monkeypatch.setattr(static, "DIST", tmp_path)
    transport = httpx2.ASGITransport(app=Starlette(routes=static.routes()))
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


async def test_a_browser_that_takes_brotli_gets_the_packed_copy(browser_like: httpx2.AsyncClient) -> None:
    async with browser_like as http:
        answer = await http.send(
            http.build_request("GET", "/assets/a.js", headers={"Accept-Encoding": "br"}), stream=True
        )
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
        await answer.aclose()


async def test_a_client_that_takes_nothing_gets_the_file_as_it_is(browser_like: httpx2.AsyncClient) -> None:
    async with browser_like as http:
        answer = await http.get("/assets/a.js", headers={"Accept-Encoding": "identity"})
        assert (answer.text, "content-encoding" in answer.headers) == ("plain", False)


async def test_an_address_only_the_client_knows_gets_the_page(browser_like: httpx2.AsyncClient) -> None:
    async with browser_like as http:
        assert (await http.get("/posts/9")).text == "<p>page"


async def test_a_file_of_an_earlier_build_is_gone(browser_like: httpx2.AsyncClient) -> None:
    async with browser_like as http:
        assert (await http.get("/assets/b.js")).status_code == 404
