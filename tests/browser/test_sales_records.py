"""A sales record in three taps from the customer's page and from the feed; a manager at a desk reads it there and beside the customer."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.screens import DESK, ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make
from tests.house import House
from tests.server.api.people import MANAGER, SELLER, enter

pytestmark = pytest.mark.timeout(120)


class Thumb:
    """Counts what it presses."""

    def __init__(self) -> None:
        self.taps = 0

    async def tap(self, what: Locator) -> None:
        self.taps += 1
        await what.tap()


@ON_A_PHONE
async def test_what_was_done_is_told_in_three_taps_and_counts(
    served: House, screens: Screens, device: Device
) -> None:
    client = await enter(served, SELLER)
    name = "三下就记好的客户"
    row = await make(client, name)
    seller = await screens.of(SELLER, device, f"/crm/customer/{row['id']}")
    page = seller.page

    # From the customer's page: write, of which sort, publish. Where it goes was chosen once.
    await seen(page.locator("[data-write-followup]"))
    await page.locator("[data-write-followup]").tap()
    await page.get_by_text(seller.t("crm.followup_share"), exact=True).tap()
    await seen(page.locator("[data-reach]"))
    await expect(page.locator("[data-counts=true]")).to_be_visible()
    await seller.check_access("sales-composer")
    await page.get_by_text(seller.t("crm.part_details"), exact=True).tap()
    thumb = Thumb()
    await thumb.tap(page.locator("[data-write-followup]"))
    await thumb.tap(page.locator("[data-sort=training]"))
    await page.get_by_label(seller.t("crm.followup_text")).fill("给二十位同事做了上门培训")
    await thumb.tap(seller.button("feed.publish"))
    assert thumb.taps == 3
    entry = page.locator("[data-followup]")
    await expect(entry).to_contain_text("给二十位同事做了上门培训", timeout=PATIENCE)
    await seller.look("sales-on-the-record")

    # From the feed: the kind, the customer (the last changed stands there), publish.
    await seller.open("/")
    thumb = Thumb()
    await seen(page.locator("[data-write=sales_record]"))
    await thumb.tap(page.locator("[data-write=sales_record]"))
    await thumb.tap(page.locator(f"[data-recent='{row['id']}']"))
    await page.get_by_label(seller.t("kinds.sales_record_text")).fill("电话回访，大家都用起来了")
    await seller.look("sales-from-the-feed")
    await thumb.tap(seller.button("feed.publish"))
    assert thumb.taps == 3
    post = page.locator("article[data-kind=sales_record]").filter(has_text="电话回访")
    await expect(post.locator("[data-card=customer]")).to_contain_text(name, timeout=PATIENCE)

    # A manager reads it in the feed and beside the customer, and is told beforehand that their own word does not count.
    manager = await screens.of(MANAGER, DESK, "/?kind=sales_record")
    desk = manager.page
    read = desk.locator("article[data-kind=sales_record]").filter(has_text="电话回访")
    await expect(read).to_contain_text(manager.t("kinds.did_visit"), timeout=PATIENCE)
    await read.locator("button[data-card=customer]").click()
    await expect(desk.locator("[data-followup]")).to_have_count(2, timeout=PATIENCE)
    await expect(desk.locator("[data-counts=false]")).to_have_text(manager.t("crm.followup_counts_not"))
    await manager.check_access("sales-beside")

    # Who changes the sort is followed on the open page; deleted, it is gone there too.
    await post.get_by_role("button", name=seller.t("feed.more"), exact=True).click()
    await page.get_by_role("menuitem", name=seller.t("feed.edit"), exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("[data-sort=call]").tap()
    await dialog.get_by_role("button", name=seller.t("feed.save"), exact=True).tap()
    told = desk.locator("[data-followup]").first
    await expect(told).to_contain_text(manager.t("kinds.did_call"), timeout=PATIENCE)
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
    await post.get_by_role("button", name=seller.t("feed.more"), exact=True).click()
    await page.get_by_role("menuitem", name=seller.t("feed.delete"), exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=re.compile(seller.t("feed.delete"))).click()
    await expect(desk.locator("[data-followup]")).to_have_count(1, timeout=PATIENCE)
