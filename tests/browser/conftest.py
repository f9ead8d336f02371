"""What the browser tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from server.api.static import DIST
from tests.browser.chromium import browser, chromium_path, find_chromium
from tests.browser.screens import Screens
from tests.browser.windows import Windows
from tests.house import House, serve, sqlite_settings

__all__ = ["browser", "chromium_path"]


def pytest_report_header(config: pytest.Config) -> str:
    return f"browser: {find_chromium() or 'none'}"


@pytest.fixture
async def served(chromium_path: str, tmp_path: Path, sqlite_demo: Path) -> AsyncIterator[House]:
    """The demo company on SQLite with the built web client, at http://localhost:PORT."""
    if not (DIST / "index.html").is_file():
        pytest.fail("The web client is not built: run `make web/dist/index.html`.", pytrace=False)
    async with serve(sqlite_settings(tmp_path / "data", sqlite_demo)) as house:
        yield house


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
async def screens(windows: Windows, served: House) -> AsyncIterator[Screens]:
    """Opens windows. When the test ends none of them may have complained."""
    screens = Screens(windows, served)
    yield screens
    await screens.close()
    assert not screens.complaints(), "\n".join(screens.complaints())
