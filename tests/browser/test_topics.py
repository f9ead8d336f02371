"""A topic is named while writing, pressed in the text, found on its page and in the filter; an administrator keeps the official ones."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_topic_is_named_pressed_and_followed_and_an_official_one_is_kept(
    served: House, screens: Screens, device: Device
) -> None:
    admin = await screens.of("1002", device)
    author = await screens.of("1004", device)
    page = author.page
    official = f"质量月 {device.name}"

    # Kept: made, and offered at once to whoever writes.
    await admin.open("/admin/topics")
    await admin.button("topics.add").first.click()
    await admin.page.get_by_role("dialog").get_by_label(admin.t("topics.name"), exact=True).fill(official)
    await admin.button("topics.save").click()
    row = admin.page.locator("[data-official]", has_text=official)
    await seen(row)
    await admin.check_access("topics-official")

    # Named: chosen from the list, and one of one's own simply by typing it between two #.
    await author.open("/?share")
    await author.panel_stands()
    field = page.get_by_label(author.t("kinds.share_text"), exact=True)
    await field.click()
    await page.keyboard.type("请看 ")
    await author.button("ui.topic").click()
    await page.keyboard.type("质量月")
    option = page.get_by_role("option", name=official)
    await expect(option).to_contain_text(author.t("topics.official"), timeout=PATIENCE)
    await author.check_access("topics-choosing")
    await option.click()
    await page.keyboard.type(f"和#我的{device.name}# 的安排")
    await expect(field).to_have_value(f"请看 #{official}# 和#我的{device.name}# 的安排")
    await page.locator("[data-field=audience] button", has_text="销售一部").first.click()
    await author.button("feed.publish").click()
    card = author.post("的安排").first
    await seen(card.locator("[data-topic]", has_text=f"#我的{device.name}#"))

    # Pressed: its page says how many there are, and grows while it is open.
    await card.locator("[data-topic]", has_text=f"#{official}#").click()
    await expect(page.get_by_role("heading", level=1, name=f"#{official}#")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator("[data-topic-posts='1']")).to_be_visible(timeout=PATIENCE)
    reader = await served.sign_in("1005")
    text = f"我也来说 #[{official}](topic)"
    await reader.post("/api/posts", {"kind": "share", "text": text, "audience": {"everyone": True}})
    await seen(author.post("我也来说"))
    await expect(page.locator("[data-topic-posts='2']")).to_be_visible(timeout=PATIENCE)
    await author.check_access("topics-page")

    # Renamed: the page of the old name is the topic's still. Retired, it is offered no more.
    await row.get_by_role("button", name=admin.t("topics.more", name=official), exact=True).click()
    await admin.page.get_by_role("menuitem", name=admin.t("topics.rename"), exact=True).click()
    await (
        admin.page.get_by_role("dialog")
        .get_by_label(admin.t("topics.name"), exact=True)
        .fill(f"质量 {device.name}")
    )
    await admin.button("topics.save").click()
    await seen(admin.page.locator("[data-official]", has_text=f"#质量 {device.name}#"))
    await author.open(f"/topics/{official}")
    await expect(page.get_by_role("heading", level=1, name=f"#质量 {device.name}#")).to_be_visible(
        timeout=PATIENCE
    )
    await expect(page.locator("[data-topic-posts='2']")).to_be_visible(timeout=PATIENCE)

    # In the timeline's filter.
    await author.open("/")
    await (
        page.get_by_role("navigation", name=author.t("feed.filters"))
        .get_by_role("button", name=author.t("topics.topic"), exact=True)
        .click()
    )
    await page.get_by_role("textbox", name=author.t("topics.search")).fill("我的")
    await page.get_by_role("option", name=f"我的{device.name}").click()
    await seen(author.post("的安排").first)
    await seen(author.post("我也来说"), 0)
    await author.check_access("topics-filter")
