"""Two customers that are one: compared, merged, led on from the old address, and taken apart again."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import BOTH, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make, make_contact
from tests.house import House
from tests.server.api.people import SECOND_SELLER, SELLER, enter

pytestmark = pytest.mark.timeout(120)


@BOTH
async def test_two_customers_become_one_and_two_again(
    served: House, screens: Screens, device: Device
) -> None:
    client = await enter(served, SELLER)
    name = f"重复的客户 {device.name}"
    mine = await make(client, name, level="low", phone="13800001111", industry="food")
    theirs = await make(
        client, f"{name}（二）", level="key", phone="13900002222", note="老客户", source="website"
    )
    contact = await make_contact(client, theirs["id"])
    await client.post(f"/api/records/customer/{theirs['id']}/followups", {"sort": "call", "text": "谈过价格"})

    # Somebody has the other one open meanwhile.
    await client.put(
        f"/api/records/customer/{theirs['id']}/team/{(await enter(served, SECOND_SELLER)).id}",
        {"role": "member", "access": "read"},
    )
    beside = await screens.of(SECOND_SELLER, device, f"/crm/customer/{theirs['id']}")
    await seen(beside.page.locator(f"[data-record-page='{theirs['id']}']"))

    seller = await screens.of(SELLER, device, f"/crm/customer/{mine['id']}")
    page = seller.page
    await seen(page.locator(f"[data-record-page='{mine['id']}']"))
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("merging.merge"), exact=True).click()
    dialog = page.get_by_role("dialog")
    which = seller.t("merging.other")
    await dialog.locator(f"input[aria-label='{which}']").fill(f"{name}（二）")
    await dialog.locator("[data-combobox-option]", has_text="（二）").first.click()
    await seen(dialog.locator(f"[data-merge-side='{theirs['id']}']"))
    await seller.check_access("crm-merge")
    await dialog.locator("[data-merge-field=level] [data-side=theirs]").click()
    await dialog.get_by_role(
        "button", name=seller.t("merging.confirm"), exact=True
    ).scroll_into_view_if_needed()
    await seller.look("crm-merge-chosen")
    await dialog.get_by_role("button", name=seller.t("merging.confirm"), exact=True).click()
    banner = page.locator(f"[data-merged='{theirs['id']}']")
    await seen(banner)
    await expect(page.locator("[data-field=phone]")).to_contain_text("138", timeout=PATIENCE)
    await seller.check_access("crm-merged")

    # Whoever had the other one open stands before the survivor now.
    await seen(beside.page.locator(f"[data-record-page='{mine['id']}']"))
    await beside.page.wait_for_url(f"**/crm/customer/{mine['id']}")

    await banner.get_by_role("button", name=seller.t("merging.undo"), exact=True).click()
    await dialog.get_by_role("button", name=seller.t("merging.undo"), exact=True).click()
    await expect(banner).to_have_count(0, timeout=PATIENCE)
    await seller.open(f"/crm/contact/{contact['id']}")
    await expect(page.locator("[data-field=customer]")).to_contain_text("（二）", timeout=PATIENCE)
    await seller.open(f"/crm/customer/{theirs['id']}")
    await seen(page.locator(f"[data-record-page='{theirs['id']}']"))
