"""Every page, on a phone in Chinese and at a desk in English: it comes up, complains of nothing and stays within its width.

What people do on them is told by the stories, each on the device where it matters.
"""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import BOTH, PATIENCE, WEB, Device, Screens
from tests.house import House

pytestmark = pytest.mark.timeout(120)
SHELL = WEB / "src" / "shell" / "Shell.tsx"
SECTIONS = WEB / "src" / "admin" / "sections.ts"
# An address that is an example of one with parts; the others are found in the client's own lists.
EXAMPLES = {
    "/chat/:id?": "/chat",
    "/posts/:id": "/posts/1",
    "/posts/:id/paper": "/posts/1/paper",
    "/topics/:name": "/topics/晨会",
    "/crm/:kind": "/crm/customer",
    "/crm/:kind/:id": "/crm/customer/1",
    "/admin/:section?": "/admin",
    "/me/acting/:id": "/me/acting/1",
}


def addresses() -> list[str]:
    pages = re.findall(r'<Route path="([^"]+)"', SHELL.read_text(encoding="utf-8"))
    sections = re.findall(r"^    path: '([^']+)'", SECTIONS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(pages) > 20, "the shell's pages are no longer found"
    assert len(sections) > 12, "the sections of the administration are no longer found"
    return [EXAMPLES.get(page, page) for page in pages] + [f"/admin/{section}" for section in sections]


@BOTH
async def test_every_page_comes_up_and_stays_within_its_width(
    served: House, screens: Screens, device: Device
) -> None:
    screen = await screens.of("1002", device)
    page = screen.page
    for address in addresses():
        assert ":" not in address, f"give an example of {address}"
        await page.evaluate("address => history.pushState({}, '', address)", address)
        await expect(page.locator("#main")).to_contain_text(re.compile(r"\S"), timeout=PATIENCE)
        await expect(page.locator("#main [aria-busy=true]")).to_have_count(0, timeout=PATIENCE)
        await screen.look("page" + address.replace("/", "-"))
