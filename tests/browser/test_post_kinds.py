"""Kinds of posts besides the share, written by hand and acted on: an announcement, an instruction, a task; phone and desk."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.api.people import person_id

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_an_announcement_an_instruction_and_a_task_are_written_read_and_done(
    served: House, screens: Screens, device: Device
) -> None:
    author = await screens.of("1004", device)
    reader = await screens.of("1005", device)
    page = author.page

    # Announced: refused in words without a title; then it stands above everybody's timeline without a reload.
    await page.locator("[data-write=announcement]").click()
    await author.panel_stands()
    await page.get_by_label(author.t("kinds.announcement_text"), exact=True).fill("周五下午放假。")
    await author.button("feed.publish").click()
    await expect(page.locator("[data-field=title] [data-error=required]")).to_be_visible()
    await author.check_access("kinds-announcing")
    await page.get_by_label(author.t("kinds.title"), exact=True).fill("放假安排")
    await page.get_by_role("switch", name=author.t("kinds.pin")).check(force=True)
    await page.locator("[data-field=audience] button", has_text="销售一部").first.click()
    await author.button("feed.publish").click()
    pinned = reader.page.locator("[data-pinned]", has_text="放假安排")
    await seen(pinned)
    await reader.check_access("kinds-pinned")
    await pinned.click()
    await expect(reader.page.get_by_role("heading", name="放假安排")).to_be_visible(timeout=PATIENCE)
    await reader.open("/announcements")
    await seen(reader.post("放假安排"))
    await reader.check_access("kinds-announcements")

    # Instructed: it waits among the to-dos with its buttons; who asked sees the counts move.
    client = await served.sign_in("1004")
    await client.post(
        "/api/posts",
        {
            "kind": "instruction",
            "text": "补全续约日期",
            "audience": {"people": [await person_id(served, "1005"), await person_id(served, "1006")]},
        },
    )
    await reader.open("/todos")
    todo = reader.page.locator("[data-category=instruction]", has_text="补全续约日期")
    await seen(todo)
    await reader.check_access("kinds-todos")
    await todo.get_by_role("button", name=reader.t("kinds.receive"), exact=True).click()
    await expect(todo.get_by_role("button", name=reader.t("kinds.receive"), exact=True)).to_have_count(0)
    card = author.post("补全续约日期")
    await author.open()
    one = author.t("kinds.answers_of", asked=2, done=0, received=1)
    await expect(card.get_by_text(one)).to_be_visible(timeout=PATIENCE)
    await todo.get_by_role("button", name=reader.t("kinds.finish"), exact=True).click()
    await seen(todo, 0)
    done = author.t("kinds.answers_of", asked=2, done=1, received=0)
    await expect(card.get_by_text(done)).to_be_visible(timeout=PATIENCE)
    await card.get_by_role("button", name=author.t("kinds.who_answered"), exact=True).click()
    await expect(page.locator("[data-person][data-state=done]")).to_have_count(1, timeout=PATIENCE)
    await author.check_access("kinds-answers")
    await page.keyboard.press("Escape")

    # Set as a task from the menu of a post: the task carries it, its list is ticked off, and it is done for both.
    await card.get_by_role("button", name=author.t("feed.more"), exact=True).click()
    await page.get_by_role("menuitem", name=author.t("kinds.set_as_task"), exact=True).click()
    await author.panel_stands()
    await page.get_by_label(author.t("kinds.items"), exact=True).fill("报价\n合同")
    await author.button("feed.publish").click()
    await expect(page.locator("[data-field=details]")).to_contain_text(
        author.t("problem.field.details.people.required")
    )
    who = page.get_by_role("textbox", name=author.t("kinds.who_does"))
    await who.fill("赵婷婷")
    await page.get_by_role("option", name="赵婷婷").first.click()
    await author.check_access("kinds-setting")
    await author.button("feed.publish").click()
    set_one = author.page.locator("article[data-kind=task]")
    await seen(set_one)
    await seen(set_one.locator("[data-card=post]"))
    await set_one.get_by_role("checkbox", name="报价").click()
    await expect(set_one).to_contain_text(author.t("kinds.ticked_of", done=1, all=2), timeout=PATIENCE)
    await set_one.get_by_role("button", name=author.t("kinds.finish"), exact=True).click()
    await expect(set_one.locator("[data-task=done]")).to_be_visible(timeout=PATIENCE)
    await author.check_access("kinds-task")
