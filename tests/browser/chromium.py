"""A real Chromium for the browser tests. Give a test the fixture `browser` (Playwright, async) and open pages with it.

Looked for: `$CHROMIUM`, then what apt installs (first the build without windows, which opens a page in half the time), then Chrome
under its usual names. Playwright's own download is not used. Without a browser these tests are skipped and say so; with
`REQUIRE_BROWSER=1`, as in CI, they fail instead.
"""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# No sandbox: CI runs as root in a container, where Chromium refuses to make one. Pages are only our own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",  # a window that is opened again finds its process: tests/browser/windows.py
]


def find_chromium() -> str | None:
    """The path of a Chromium, or None. A `$CHROMIUM` that leads nowhere is an error, not a reason to take another."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise RuntimeError(f"$CHROMIUM is {named!r}, and that is no program")
        return found
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = find_chromium()
    if path is None:
        reason = "no Chromium: `apt-get install chromium fonts-noto-cjk`, or name one in $CHROMIUM"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """One browser for the session; each test opens a context of its own: `await browser.new_context()`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        await browser.close()
