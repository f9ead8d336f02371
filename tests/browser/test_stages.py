"""Where customers stand, by hand: a deal is won with a reason, a card moves on the board, a record is locked with its contacts."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import BOTH, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make, make_contact
from tests.house import House
from tests.server.api.people import SELLER, enter

pytestmark = pytest.mark.timeout(120)


@BOTH
async def test_a_deal_is_won_a_card_is_moved_and_a_customer_locked(
    served: House, screens: Screens, device: Device
) -> None:
    client = await enter(served, SELLER)
    name = f"看板上的客户 {device.name}"
    row = await make(client, name, level="low")
    contact = await make_contact(client, row["id"])

    # On the board: moved by drag at a desk, by the card's menu on a phone; it stands elsewhere then, and so it stays.
    seller = await screens.of(SELLER, device, f"/crm/customer?view=mine&as=board&by=level&q={name}")
    page = seller.page
    card = page.locator(f"[data-card-of='{row['id']}']")
    await seen(card)
    await seller.check_access("crm-board")
    if device.touch:
        await card.get_by_role("button").click()
        await page.get_by_role("menuitem").first.click()
        await page.locator("[data-board] [aria-pressed]").first.click()
    else:
        await card.drag_to(page.locator("[data-column=key]"))
    moved = page.locator("[data-column=key]").locator(f"[data-card-of='{row['id']}']")
    await seen(moved)
    await expect(page.locator("[data-column=key] [data-count]")).to_have_text("1", timeout=PATIENCE)

    # Won: by its own act, with a reason, from the page's menu.
    await moved.get_by_role("link").click()
    made = page.locator("[data-record-page]")
    await seen(made)
    await seller.button("crm.acts").click()
    state = "成交状态" if seller.t("ui.cancel") == "取消" else "Deal state"
    await page.get_by_role("menuitem", name=seller.t("stages.change", name=state), exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True)).to_be_disabled()
    await dialog.get_by_label(seller.t("stages.reason")).fill("签了合同")
    await seller.check_access("crm-state")
    await dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True).click()
    won = "已成交" if seller.t("ui.cancel") == "取消" else "Won customer"
    await expect(made).to_contain_text(won, timeout=PATIENCE)

    # Locked, with its contacts: who and when stands above, nothing is to be changed any more.
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("stages.lock"), exact=True).click()
    await seller.look("crm-lock")
    await dialog.get_by_role("button", name=seller.t("stages.lock"), exact=True).click()
    await seen(page.locator("[data-locked-by]"))
    await expect(page.locator("[data-field=name]").get_by_role("button")).to_have_count(0)
    await seller.check_access("crm-locked")
    await seller.open(f"/crm/contact/{contact['id']}")
    await seen(page.locator("[data-locked-by]"))
