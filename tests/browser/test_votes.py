"""A vote is written beside a share by thumb, given, changed, followed live, and closed; phone and desk."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_vote_is_posted_given_changed_seen_live_and_closed(
    served: House, screens: Screens, device: Device
) -> None:
    author = await screens.of("1004", device)
    reader = await screens.of("1005", device)
    page = author.page

    # Written: two options are asked for, Enter goes on to the next, and the same twice is said at once.
    await author.open("/?share")
    await author.panel_stands()
    await page.get_by_label(author.t("kinds.share_text"), exact=True).fill("周五下午去哪里?")
    await author.button("poll.add").click()
    line = page.get_by_label(author.t("poll.option_n", number=1), exact=True)
    await line.fill("游泳")
    await line.press("Enter")
    await page.keyboard.type("游泳")
    await page.locator("[data-field=audience] button", has_text="销售一部").first.click()
    await author.button("feed.publish").click()
    await expect(page.locator("[data-field=poll] [data-error=twice]")).to_be_visible()
    await page.get_by_label(author.t("poll.option_n", number=2), exact=True).fill("爬山")
    await author.check_access("votes-writing")
    await author.button("feed.publish").click()

    # Given: nothing is sent before the button; the author sees the count move without a reload.
    await seen(author.post("周五下午去哪里?"))
    await reader.open()
    card = reader.post("周五下午去哪里?")
    await seen(card)
    vote = card.locator("[data-poll]")
    await expect(vote.get_by_role("button", name=reader.t("poll.give"), exact=True)).to_be_disabled()
    await vote.locator("[data-option='1'] label").click()
    await vote.get_by_role("button", name=reader.t("poll.give"), exact=True).click()
    await expect(vote).to_have_attribute("data-poll", "voted", timeout=PATIENCE)
    await expect(vote.locator("[data-option='1']")).to_contain_text(reader.t("poll.you_chose"))
    mine = author.post("周五下午去哪里?").locator("[data-poll]")
    await expect(mine.locator("[data-option='1']")).to_contain_text("1 · 100%", timeout=PATIENCE)
    await reader.check_access("votes-given")

    # Changed, by keyboard as well as by thumb; who chose what stands behind a button.
    await vote.get_by_role("radio", name="游泳").focus()
    await reader.page.keyboard.press("Space")
    await vote.get_by_role("button", name=reader.t("poll.change"), exact=True).click()
    await expect(mine.locator("[data-option='0']")).to_contain_text("1 · 100%", timeout=PATIENCE)
    await mine.get_by_role("button", name=author.t("poll.who"), exact=True).click()
    await seen(page.locator("[data-voters='0'] [data-person]"))
    await author.check_access("votes-voters")
    await page.keyboard.press("Escape")

    # Closed by its author: nobody can vote any more, on no screen.
    await mine.get_by_role("button", name=author.t("poll.close"), exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=author.t("poll.close"), exact=True).click()
    await expect(vote).to_have_attribute("data-poll", "ended", timeout=PATIENCE)
    await expect(vote.get_by_role("radio")).to_have_count(0)
    await reader.check_access("votes-closed")
