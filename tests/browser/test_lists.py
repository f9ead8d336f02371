"""A list on a phone: a finger that stays selects, a field is set on several at once, and the columns are one's own."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make
from tests.house import House
from tests.server.api.people import SELLER, enter

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_several_are_selected_by_a_long_press_and_set_at_once(
    served: House, screens: Screens, device: Device
) -> None:
    seller = await enter(served, SELLER)
    for at in range(2):
        await make(seller, f"长按精密 {at}")
    screen = await screens.of("1003", device, "/crm/customer?view=below&q=长按精密")
    page = screen.page
    rows = page.locator("[data-record]")
    await seen(rows.nth(1))
    ids = [int(await rows.nth(at).get_attribute("data-record") or 0) for at in range(2)]
    finger = {"pointerType": "touch", "clientX": 90, "clientY": 300, "bubbles": True, "isPrimary": True}
    await rows.first.dispatch_event("pointerdown", finger)
    selected = page.locator("[data-selected]")
    await expect(selected).to_have_attribute("data-selected", "1", timeout=PATIENCE)
    await page.locator(f"[data-record='{ids[1]}']").click()
    await expect(selected).to_have_attribute("data-selected", "2")
    await expect(page).to_have_url(re.compile("/crm/customer"))
    await screen.check_access("lists-selected")
    await screen.button("lists.selection").click()
    await page.get_by_role("menuitem", name=screen.t("lists.set"), exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("[data-choice=low]").click()
    await dialog.get_by_role("button", name=screen.t("lists.set"), exact=True).click()
    await seen(selected, 0)
    low = screen.page.locator(f"[data-record='{ids[0]}']")
    await expect(low).to_contain_text("低价值", timeout=PATIENCE)

    # The first three columns that are chosen are what a phone shows; reset, they are the declared ones.
    await screen.button("crm.view_menu").click()
    await page.get_by_role("menuitem", name=screen.t("lists.columns"), exact=True).click()
    await dialog.locator("[data-column=level] input").click()
    await screen.check_access("lists-columns")
    await screen.button("ui.save").click()
    await expect(low).not_to_contain_text("低价值", timeout=PATIENCE)
    await screen.button("crm.view_menu").click()
    await page.get_by_role("menuitem", name=screen.t("lists.columns"), exact=True).click()
    await dialog.get_by_role("button", name=screen.t("lists.columns_reset"), exact=True).click()
    await expect(low).to_contain_text("低价值", timeout=PATIENCE)
