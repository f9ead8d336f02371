"""Comments: «收到» typed becomes the receipt, a comment is answered, liked, changed and deleted on open screens; phone and desk."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.api.people import person_id

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_post_is_talked_about_on_open_screens(
    served: House, screens: Screens, device: Device
) -> None:
    author = await served.sign_in("1004")
    asked = {"people": [await person_id(served, "1005")]}
    body = {"kind": "share", "text": "周五盘点,请确认", "audience": asked, "receipts": asked}
    post = (await author.post("/api/posts", body))["id"]
    reader, writer = await screens.of("1005", device), await screens.of("1004", device)
    await writer.open("/")
    card = writer.post("周五盘点")
    await seen(card)
    await reader.open(f"/posts/{post}")
    page = reader.page

    # Typing the receipt offers the real one.
    await reader.pen.fill("收到!")
    await reader.button("comments.send").click()
    await reader.button("feed.give_receipt").click()
    await reader.received(reader.post("周五盘点"))
    await expect(reader.pen).to_have_value("")

    # What is typed outlives a reload; sent, it is on the other's card at once.
    await reader.pen.fill("几点开始?")
    await page.reload()
    await expect(reader.pen).to_have_value("几点开始?", timeout=PATIENCE)
    await reader.button("comments.send").click()
    said = page.locator("[data-number='1']")
    await expect(said).to_contain_text("几点开始", timeout=PATIENCE)
    await seen(card.locator("[data-comment]").filter(has_text="几点开始"))
    await writer.check_access("comments-card")

    # Answered and liked on the post's page.
    await writer.open(f"/posts/{post}")
    theirs = writer.page.locator("[data-number='1']")
    await expect(theirs.locator("header button")).to_have_text(re.compile(r"[^…\s]"), timeout=PATIENCE)
    name = await theirs.locator("header button").inner_text()
    await theirs.get_by_role("button", name=writer.t("comments.reply_to", name=name)).click()
    await writer.pen.fill("九点,仓库门口集合")
    await writer.button("comments.send").click()
    await theirs.get_by_role("button", name=writer.t("comments.like_of", name=name)).click()
    answer = page.locator("[data-comment]").filter(has_text="仓库门口")
    await expect(answer).to_contain_text("几点开始", timeout=PATIENCE)
    await seen(said.get_by_role("button", name=reader.t("comments.likers", count=1)))
    await reader.check_access("comments-page")

    # Changed and deleted in their places, for everybody.
    await said.get_by_role("button", name=reader.t("comments.more")).click()
    await page.get_by_role("menuitem", name=reader.t("comments.edit")).click()
    await page.get_by_label(reader.t("comments.edit_label")).get_by_role("textbox").fill("上午几点?")
    await reader.button("comments.save").click()
    await expect(theirs).to_contain_text("上午几点?", timeout=PATIENCE)
    await expect(theirs).to_contain_text(writer.t("comments.edited"))
    await said.get_by_role("button", name=reader.t("comments.more")).click()
    await page.get_by_role("menuitem", name=reader.t("comments.delete")).click()
    await (
        page.get_by_role("dialog").get_by_role("button", name=reader.t("comments.delete"), exact=True).click()
    )
    await expect(theirs).to_contain_text(writer.t("comments.deleted"), timeout=PATIENCE)
    await expect(writer.page.locator("[data-number='2']")).to_contain_text(
        writer.t("comments.quoted_deleted")
    )

    # A link leads to the comment, which stands out.
    answer_id = await writer.page.locator("[data-number='2']").get_attribute("data-comment")
    await reader.open(f"/posts/{post}?comment={answer_id}")
    await seen(page.locator("[data-target]").filter(has_text="仓库门口"))
    await reader.look("comments-linked")
