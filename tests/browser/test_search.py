"""Finding people, conversations and what was written, on a phone in Chinese and at a desk in English."""

import pytest
from playwright.async_api import Locator

from server.background.reactions import catch_up
from tests.browser.screens import BOTH, Device, Screen, Screens
from tests.browser.test_story import group_of, person_id, seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


def found(screen: Screen, text: str) -> Locator:
    return screen.page.get_by_role("option").filter(has_text=text)


@BOTH
async def test_what_was_written_long_ago_is_found_and_read_among_its_neighbours(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1004", "1005"], "仓库值班", 300)
    boss = await served.sign_in("1001")
    reader = await person_id(boss, "1005")
    await boss.post(
        "/api/posts",
        {"kind": "share", "text": "新的**报价规则**从周一起生效", "audience": {"people": [reader]}},
    )
    await catch_up(served.company)
    screen = await screens.of("1005", device)
    page = screen.page
    if device.touch:
        await screen.button("search.open").click()
    else:
        await page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name=screen.t("search.placeholder"))
    await seen(found(screen, "仓库值班"))
    await screen.check_access("search-empty")

    await box.fill("第37句")
    await seen(found(screen, "第37句"))
    await screen.check_access("search-message")
    await found(screen, "第37句").click()
    await page.wait_for_url(f"**/chat/{group}?at=*")
    await seen(page.locator("[data-found]").filter(has_text="第37句"))
    await seen(screen.log.get_by_text("第36句", exact=True))
    await screen.check_access("search-context")
    await page.get_by_role("link", name=screen.t("search.to_newest")).click()
    await seen(screen.log.get_by_text("第300句", exact=True))

    await page.keyboard.press("Control+k")
    await box.fill("报价")
    await seen(found(screen, "报价规则").locator("mark"))
    await page.keyboard.press("Enter")
    await seen(screen.post("报价规则"))

    await page.keyboard.press("Control+k")
    await box.fill("没有这样的词")
    await seen(page.get_by_text(screen.t("search.nothing")))
    await screen.look("search-nothing")
    await screen.button("search.filter").click()
    await screen.check_access("search-filters")
    await page.keyboard.press("Escape")
    await seen(page.get_by_role("dialog"), 0)
