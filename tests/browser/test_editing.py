"""A post's files and audience are edited, and while composing one is told who will not see it; phone and desk."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, PATIENCE, Device, Screens
from tests.browser.test_files import paper
from tests.browser.test_post_actions import choose
from tests.browser.test_story import seen
from tests.house import House
from tests.server.api.people import enter, person_id
from tests.server.files.sending import upload

pytestmark = pytest.mark.timeout(120)


@AT_A_DESK
async def test_files_and_audience_are_changed_and_who_is_left_out_is_named_first(
    served: House, screens: Screens, device: Device
) -> None:
    stays, goes, other = [await person_id(served, one) for one in ("1005", "1006", "1013")]
    author = await screens.of("1004", device)
    reader = await screens.of("1006", device)
    client = await enter(served, "1004")
    file = await upload(client, "旧报价.txt")
    people = {"people": [stays, goes]}
    body = {
        "kind": "share",
        "text": "新报价见附件",
        "audience": people,
        "receipts": people,
        "files": [file["id"]],
    }
    post = (await client.post("/api/posts", body))["id"]
    secret = {"kind": "share", "text": "只给一个人", "audience": {"people": [other]}}
    hidden = (await client.post("/api/posts", secret))["id"]
    page = author.page
    await author.open(f"/posts/{post}")
    await reader.open(f"/posts/{post}")
    await seen(reader.post("新报价见附件"))

    # The file is exchanged; the line says how many see it.
    await choose(author, author.post("新报价见附件"), "feed.edit")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=author.t("files.remove", name="旧报价.txt"), exact=True).click()
    await seen(dialog.locator("[data-file]"), 0)
    await dialog.locator("[data-attach]").set_input_files([paper("新报价.txt", b"ninety percent")])
    await seen(dialog.locator("[data-upload=ready]"))
    await expect(dialog.locator("[data-reach='2']")).to_contain_text(
        author.t("reach.readers", count=2), timeout=PATIENCE
    )
    await author.check_access("editing-carried")

    # One of the readers is taken out: their open receipt is named before it ends.
    name = (await client.get(f"/api/people/{goes}"))["name"]
    await dialog.get_by_role("button", name=author.t("ui.remove_name", name=name), exact=True).click()
    await dialog.get_by_role("button", name=author.t("feed.save"), exact=True).click()
    asked = page.get_by_role("dialog").filter(has_text=author.t("versions.still_asked_title", count=1))
    await expect(asked).to_contain_text(name, timeout=PATIENCE)
    await author.check_access("editing-still-asked")
    await asked.get_by_role("button", name=author.t("versions.release"), exact=True).click()
    card = author.post("新报价见附件")
    await expect(card).to_contain_text("新报价.txt", timeout=PATIENCE)
    await seen(reader.post("新报价见附件"), 0)

    # What it carried before can still be seen, by who saw it then.
    await card.get_by_role("button", name=author.t("feed.edited", version=2), exact=True).click()
    versions = page.get_by_role("dialog")
    await expect(versions.locator("del")).to_contain_text(["旧报价.txt", name], timeout=PATIENCE)
    await author.check_access("editing-versions")
    await page.keyboard.press("Escape")

    # While composing: a card that the audience cannot open. One line says so, and opens.
    kept = f"tenfour.draft.{client.id}.share.cards.form"
    await page.evaluate(
        "([key, cards]) => localStorage.setItem(key, cards)", [kept, f'[{{"kind":"post","id":{hidden}}}]']
    )
    await author.open("/?share")
    await author.panel_stands()
    await page.locator("[data-field=audience] button", has_text="销售一部").first.click()
    line = page.locator("[data-reach] button[aria-expanded]")
    await expect(line).to_contain_text(author.t("reach.cards", count=1), timeout=PATIENCE)
    await line.click()
    await author.check_access("editing-composing")
    await author.button("reach.take_away").click()
    await seen(line, 0)
    await seen(page.locator("[data-reach]"))
