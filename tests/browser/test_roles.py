"""The administrator makes a role and gives it; whoever gets it sees it at once; the audit log tells the story."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, Device, Screens
from tests.house import House

pytestmark = pytest.mark.timeout(150)


@AT_A_DESK
async def test_a_role_is_made_given_felt_at_once_and_found_in_the_audit_log(
    served: House, screens: Screens, device: Device
) -> None:
    boss = await screens.of("1001", device, "/admin/roles")
    seller = await screens.of("1005", device, "/me" if device.touch else "/")
    page = boss.page
    await expect(page.locator("[data-role=member]")).to_be_visible()
    await boss.check_access("roles")

    await boss.button("roles.new").click()
    await page.get_by_label(boss.t("roles.name")).fill("Importer")
    await boss.button("roles.make").click()
    chip = page.locator("[data-capability='people.import'] [data-scope=all]")
    await chip.click()
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name=boss.t("roles.save_for", count=0)).click()
    await expect(page.get_by_text(boss.t("roles.saved"))).to_be_visible()
    await boss.check_access("role")

    await page.get_by_text(boss.t("roles.who_holds", count=0)).click()
    await page.get_by_role("textbox", name=boss.t("roles.give_to")).fill("1005")
    await page.get_by_role("option").filter(has_text="刘洋").click()
    await page.get_by_role("button", name=boss.t("roles.give"), exact=True).click()
    holder = page.get_by_role("dialog").get_by_role("button").filter(has_text="刘洋").first
    await expect(holder).to_be_visible()
    await expect(seller.page.locator("a[href^='/admin']:visible").first).to_be_visible()

    await holder.click()
    await expect(page.get_by_role("heading", name=boss.t("roles.held"), level=3)).to_be_visible()
    await expect(page.get_by_text("Importer").first).to_be_visible()
    await boss.check_access("permissions")

    await page.goto(f"{boss.base}/admin/audit")
    told = page.locator("[data-act='person.roles_changed']").first
    await expect(told).to_contain_text("王建国")
    await expect(told).to_contain_text("刘洋")
    await expect(page.locator("[data-act='role.created']").first).to_contain_text("Importer")
    await told.get_by_role("button").click()
    await expect(told).to_contain_text("person.roles_changed")
    await boss.check_access("audit")
    async with page.expect_download() as saving:
        await boss.button("audit.export").click()
    assert (await saving.value).suggested_filename.startswith("tenfour-audit-")
