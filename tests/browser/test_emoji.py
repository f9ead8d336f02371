"""Emoji put where the caret stands, in a share, a comment and a message; phone and desk."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, Device, Screens
from tests.browser.test_story import group_of, seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_an_emoji_goes_where_the_caret_stands_and_is_kept_among_those_used(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1004", "1005"], "表情小组", 1)
    screen = await screens.of("1004", device)
    page = screen.page
    await screen.open(f"/chat/{group}")
    field = page.locator("form[data-composer] textarea")
    await field.fill("周报已交,谢谢")
    await field.evaluate("area => area.setSelectionRange(4, 4)")
    await screen.button("ui.emoji").click()
    panel = page.get_by_role("dialog", name=screen.t("ui.emoji"))
    await seen(panel.get_by_role("button").first)
    await screen.check_access("emoji-panel")
    await panel.get_by_label(screen.t("emoji.search")).fill("收到" if device.touch else "salute")
    await panel.get_by_role("button", name="收到" if device.touch else "salute", exact=True).click()
    await expect(field).to_have_value("周报已交🫡,谢谢")
    await expect(field).to_be_focused()
    await screen.button("chat.send").click()
    await seen(screen.log.get_by_text("周报已交🫡,谢谢"))
    await screen.button("ui.emoji").click()
    lately = page.get_by_role("region", name=screen.t("emoji.recent"))
    await seen(lately.get_by_role("button"))
    await page.keyboard.press("Escape")
    await seen(panel, 0)

    await screen.open("/")
    await page.locator("[data-write=share]").click()
    await screen.button("ui.emoji").click()
    await seen(page.get_by_role("region", name=screen.t("emoji.recent")))
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-field=text] textarea")).to_have_value("🫡")
    await screen.check_access("emoji-share")
