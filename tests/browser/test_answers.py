"""A receipt asks a question: answered with one press more, seen by its author at once, asked later on a post that asked for none."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, Device, Screens
from tests.feed.board import publish
from tests.house import House
from tests.server.api.people import person_id

pytestmark = pytest.mark.timeout(120)
QUESTION = {"type": "choice", "text": "哪天开例会方便?", "choices": ["周一上午", "周二下午"], "several": True}


@ON_A_PHONE
async def test_a_question_is_answered_with_the_receipt_and_counted_on_the_authors_screen(
    served: House, screens: Screens, device: Device
) -> None:
    reader_id = await person_id(served, "1005")
    author = await served.sign_in("1004")
    people = {"people": [reader_id]}
    post = await publish(author, people, people | {"question": QUESTION}, "下周例会的时间")
    bare = await publish(author, people, text="后来才要回执的一条")
    mine = await screens.of("1004", device, f"/posts/{post}")
    theirs = await screens.of("1005", device, f"/posts/{post}")

    await theirs.button("feed.received").click()
    asked = theirs.page.get_by_role("dialog")
    await expect(asked.get_by_role("button", name=theirs.t("feed.received"))).to_be_disabled()
    await theirs.check_access("answer")
    await asked.get_by_label("周二下午").check()
    await asked.get_by_role("button", name=theirs.t("feed.received")).click()
    await expect(theirs.page.locator(f"[data-receipt='{post}']")).to_contain_text("周二下午")

    bar = mine.page.get_by_role("listitem").filter(has_text="周二下午").first
    await expect(bar).to_contain_text("1")
    async with mine.page.expect_download() as saving:
        await mine.page.get_by_role("link", name=mine.t("feed.sheet")).click()
    assert (await saving.value).suggested_filename.endswith(".xlsx")

    await mine.page.goto(f"{mine.base}/posts/{bare}")
    await mine.button("feed.more").click()
    await mine.page.get_by_role("menuitem", name=mine.t("feed.require_receipts")).click()
    dialog = mine.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=mine.t("feed.require_receipts")).click()
    await expect(dialog).to_have_count(0)
    await theirs.page.goto(f"{theirs.base}/posts/{bare}")
    await theirs.button("feed.received").click()
    await expect(theirs.page.get_by_text(theirs.t("feed.given"))).to_be_visible()
