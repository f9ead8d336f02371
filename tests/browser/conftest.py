"""What the browser tests share."""

import pytest

from tests.browser.chromium import browser, chromium_path, find_chromium

__all__ = ["browser", "chromium_path"]


def pytest_report_header(config: pytest.Config) -> str:
    return f"browser: {find_chromium() or 'none'}"
