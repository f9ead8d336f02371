"""A meeting is planned, answered, found on the page of days, moved and cancelled, and its calendar's address made; phone and desk."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_post_actions import choose
from tests.browser.test_story import seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_meeting_is_planned_answered_moved_and_cancelled_on_open_screens(
    served: House, screens: Screens, device: Device
) -> None:
    author = await screens.of("1004", device)
    guest = await screens.of("1005", device, "/todos")
    page, text = author.page, f"评审报价方案 {device.name}"

    await page.locator("[data-write=schedule]").click()
    await author.panel_stands()
    await page.get_by_label(author.t("kinds.schedule_text"), exact=True).fill(text)
    day = (datetime.now(served.company.zone) + timedelta(days=1)).date()
    begins = page.get_by_label(author.t("schedule.begins"), exact=True)
    await begins.fill(f"{day}T09:30")
    await page.get_by_label(author.t("schedule.place"), exact=True).fill("三楼")
    await page.get_by_role("textbox", name=author.t("schedule.guests")).fill("刘洋")
    await page.get_by_role("option", name="刘洋").first.click()
    await author.check_access("schedule-planning")
    await author.button("feed.publish").click()
    card = author.post(text)
    await seen(card)
    await expect(card).to_contain_text("09:30–10:30", timeout=PATIENCE)

    # It waits among the guest's to-dos; a press answers, and the author sees the count move.
    todo = guest.page.locator("[data-category=schedule]", has_text=text)
    await seen(todo)
    await guest.check_access("schedule-todo")
    await todo.get_by_role("button", name=guest.t("kinds.give_accepted"), exact=True).click()
    await seen(todo, 0)
    one = author.t("kinds.coming_of", asked=1, accepted=1, tentative=0, declined=0)
    await expect(card).to_contain_text(one, timeout=PATIENCE)

    # On the page of days, found by the arrow keys; at a desk the week shows it too.
    await guest.open("/schedule?view=month")
    await guest.page.locator("[data-day][aria-pressed=true]").focus()
    await guest.page.keyboard.press("ArrowRight")
    item = guest.page.locator(f"[data-list='{day}'] [data-item]", has_text=text)
    await seen(item)
    await guest.check_access("schedule-month")
    await guest.open(f"/schedule?view=week&day={day}")
    await seen(item)
    await guest.check_access("schedule-week")

    # Moved: the open page follows, and the guest is asked anew; cancelled: it stands there as such.
    await choose(author, card, "kinds.move_item")
    await begins.fill(f"{day}T14:00")
    await author.check_access("schedule-moving")
    await author.button("ui.save").click()
    await expect(item).to_contain_text("14:00–15:00", timeout=PATIENCE)
    await expect(item).to_have_attribute("data-state", "open", timeout=PATIENCE)
    await choose(author, card, "kinds.cancel_item")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=author.t("kinds.cancel_item"), exact=True).click()
    await expect(item).to_have_attribute("data-state", "cancelled", timeout=PATIENCE)

    await guest.button("schedule.feed").click()
    await guest.button("schedule.feed_make").click()
    await expect(guest.page.locator("[data-feed]")).to_contain_text(".ics", timeout=PATIENCE)
    await guest.check_access("schedule-feed")
