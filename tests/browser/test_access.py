"""A record's card goes to somebody who may not read it: it is asked, they ask, it fills in, says what changed, and closes again."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import PATIENCE, PHONE, Screens
from tests.browser.test_story import group_of, seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


async def test_a_closed_card_is_asked_for_and_fills_in_until_it_is_taken_back(
    served: House, screens: Screens
) -> None:
    group = await group_of(served, ["1005", "1013"], "项目协作", 1)
    owner = await served.sign_in("1005")
    fields = {"name": "海棠湾酒店", "level": "key", "phone": "13812345678"}
    record = (await owner.post("/api/records/customer", {"fields": fields}))["item"]["id"]
    seller = await screens.of("1005", PHONE, f"/crm/customer/{record}")
    page = seller.page
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("cards.send")).click()
    await page.get_by_role("dialog").get_by_text("项目协作").first.click()
    await page.wait_for_url(f"**/chat/{group}")
    await seen(page.get_by_role("list", name=seller.t("cards.chosen")).get_by_text("海棠湾酒店"))
    await seller.button("chat.send").click()
    question = seller.log.locator("[data-blind-question]")
    await seen(question.get_by_text("海棠湾酒店"))
    await seller.check_access("access-question")
    await seller.button("access.send_anyway").click()
    await seen(question, 0)

    # Whose it is does from the card what they may.
    call = seller.log.get_by_role("link", name=seller.t("contacting.call"))
    await expect(call).to_have_attribute("href", "tel:+8613812345678", timeout=PATIENCE)
    await seller.check_access("access-card-buttons")
    await seller.log.get_by_role("link", name=seller.t("crm.follow_up")).click()
    await seen(page.get_by_label(seller.t("crm.followup_text")))

    # Who gets it sees that there is something, asks, and is let in by who owns it.
    other = await screens.of("1013", PHONE, f"/chat/{group}")
    card = other.log.locator("[data-card=customer]")
    await expect(card).to_have_attribute("data-state", "restricted", timeout=PATIENCE)
    await seen(other.log.get_by_role("group", name=other.t("crm.acts_on", title="海棠湾酒店")), 0)
    await other.button("access.ask").click()
    await expect(card).to_contain_text(other.t("access.asked"), timeout=PATIENCE)
    await seller.open("/todos")
    todo = page.locator("[data-category=access]")
    await seen(todo.get_by_text("海棠湾酒店"))
    await seller.button("access.day").click()
    await seen(todo, 0)
    await seen(card.get_by_text("海棠湾酒店"))
    assert "13812345678" not in await card.inner_text()

    # The share stands on the record's page; what changed since it was sent stands on the card; taken back, it closes.
    await seller.open(f"/crm/customer/{record}")
    share = page.locator("[data-share]")
    await seen(share)
    await expect(page.locator("pattern text")).to_have_count(0)
    await watermark(served)
    await expect(page.locator("pattern text")).to_contain_text("1005", timeout=PATIENCE)
    await seller.check_access("access-shares")
    change = {"version": 1, "fields": {"name": "海棠湾度假酒店"}}
    await owner.http.patch(f"/api/records/customer/{record}", json=change)
    since = card.locator("[data-since]")
    await seen(since.get_by_text("海棠湾度假酒店"))
    await expect(since).to_contain_text("海棠湾酒店")
    await share.get_by_role("button").last.click()
    await seen(share, 0)
    await expect(card).to_have_attribute("data-state", "restricted", timeout=PATIENCE)


async def watermark(house: House) -> None:
    """The company wants every reader's name on pages of records (W44): they bear it at once."""
    administrator = await house.sign_in("1002")
    company = (await administrator.get("/api/me"))["company"]
    await administrator.put("/api/company", {**company, "watermark": True})
