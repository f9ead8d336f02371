"""A receipt is photographed into an expense, on a phone: it hangs there, opens, and is taken out again."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.files.sending import picture

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_receipt_hangs_on_an_expense_until_it_is_taken_out(
    served: House, screens: Screens, device: Device
) -> None:
    owner = await served.sign_in("1005")
    customer = (await owner.post("/api/records/customer", {"fields": {"name": "票据客户"}}))["item"]["id"]
    wanted = {"purpose": "高铁往返", "customer": customer, "amount": "553.5", "category": "travel"}
    expense = (await owner.post("/api/records/expense", {"fields": wanted}))["item"]["id"]
    seller = await screens.of("1005", device, f"/crm/expense/{expense}")
    page, field = seller.page, seller.page.locator("[data-field=receipts]")
    await expect(page.get_by_text("¥553.50").first).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name=seller.t("crm.show_empty", count=2)).click()
    await field.get_by_role("button").last.click()
    photo: FilePayload = {"name": "车票.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    await field.locator("[data-attach]").set_input_files([photo])
    held = field.locator("[data-file]")
    await seen(held.get_by_text("车票.jpg"))
    await seller.check_access("record-files-editing")
    await field.get_by_role("button", name=seller.t("ui.save"), exact=True).click()
    shown = field.locator("img")
    await seen(shown)
    await seller.check_access("record-files")
    row = (await owner.get(f"/api/records/expense/{expense}"))["item"]
    assert [one["name"] for one in row["fields"]["receipts"]] == ["车票.jpg"]
    await field.get_by_role("button").last.click()
    await field.get_by_role("button", name=seller.t("crm.file_remove", name="车票.jpg")).click()
    await field.get_by_role("button", name=seller.t("ui.save"), exact=True).click()
    await expect(shown).to_have_count(0, timeout=PATIENCE)
