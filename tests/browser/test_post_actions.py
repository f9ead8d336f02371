"""What can be done with a post that is there: kept, hidden, found by filters, changed, deleted on open screens; phone and desk."""

import hashlib

import pytest
from playwright.async_api import Locator, expect

from tests.browser.screens import AT_A_DESK, PATIENCE, Device, Screen, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.api.people import person_id

pytestmark = pytest.mark.timeout(120)


async def choose(screen: Screen, card: Locator, key: str) -> None:
    """From the «…» of a post."""
    await card.get_by_role("button", name=screen.t("feed.more"), exact=True).click()
    await screen.page.get_by_role("menuitem", name=screen.t(key), exact=True).click()


async def filtered(screen: Screen, key: str) -> None:
    bar = screen.page.get_by_role("navigation", name=screen.t("feed.filters"))
    await bar.get_by_role("link", name=screen.t(key), exact=True).click()


@AT_A_DESK
async def test_posts_are_kept_hidden_filtered_changed_and_deleted_on_open_screens(
    served: House, screens: Screens, device: Device
) -> None:
    author = await served.sign_in("1004")
    asked = {"people": [await person_id(served, "1005")]}
    for text in ("搬家通知", "停车安排"):
        receipts = asked if text == "停车安排" else None
        await author.post(
            "/api/posts", {"kind": "share", "text": text, "audience": asked, "receipts": receipts}
        )
    reader = await screens.of("1005", device)
    page = reader.page
    moving, parking = reader.post("搬家通知"), reader.post("停车安排")
    await seen(moving)
    await reader.check_access("actions-timeline")

    # Kept: found under favourites, which nothing else is.
    await filtered(reader, "feed.filter_favourites")
    await expect(page.get_by_text(reader.t("feed.none_favourites"))).to_be_visible()
    await reader.check_access("actions-no-favourites")
    await filtered(reader, "feed.filter_all")
    await choose(reader, moving, "feed.favourite")
    await filtered(reader, "feed.filter_favourites")
    await seen(moving)
    await seen(parking, 0)
    await page.reload()
    await seen(moving)

    # Hidden: gone at once, back by «undo»; hidden again it stands among the hidden, and what it asks stays asked.
    await filtered(reader, "feed.filter_all")
    await choose(reader, parking, "feed.hide")
    await seen(parking, 0)
    await reader.button("feed.undo").click()
    await seen(parking)
    await choose(reader, parking, "feed.hide")
    await seen(parking, 0)
    await filtered(reader, "feed.filter_hidden")
    await seen(parking)
    await reader.check_access("actions-hidden")
    await reader.button("feed.unhide").click()
    await expect(page.get_by_text(reader.t("feed.none_hidden"))).to_be_visible()
    await filtered(reader, "feed.filter_all")
    await seen(parking)

    # On paper, and as a proof pack whose fingerprint is shown.
    await choose(reader, parking, "feed.print")
    await seen(page.get_by_role("article").get_by_text("停车安排"))
    await reader.check_access("actions-paper")
    async with page.expect_download() as saving:
        await reader.button("paper.proof").click()
    saved = await (await saving.value).path()
    await seen(page.get_by_text(hashlib.sha256(saved.read_bytes()).hexdigest()))
    await page.emulate_media(media="print")
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await seen(page.get_by_role("article").get_by_text("停车安排"))
    await page.emulate_media(media="screen")
    await reader.open("/")

    # Of one colleague.
    await reader.button("feed.filter_person").click()
    box = page.get_by_role("dialog").get_by_role("textbox")
    await box.fill("1004")
    await page.get_by_role("option").filter(has_text="张伟").click()
    await expect(page).to_have_url(f"{reader.base}/?person={author.id}")
    await seen(moving)
    await reader.look("actions-person")

    # Changed by its author it is to be confirmed again; what changed is shown.
    await parking.get_by_role("button", name=reader.t("feed.received")).click()
    await reader.received(parking)
    owner = await screens.of("1004", device)
    theirs = owner.post("停车安排")
    await seen(theirs)
    await choose(owner, theirs, "feed.edit")
    editor = owner.page.get_by_role("dialog")
    await editor.get_by_role("textbox").fill("停车安排:改到南门")
    await editor.get_by_role("radio", name=owner.t("feed.edit_again")).check()
    await owner.check_access("actions-edit")
    await editor.get_by_role("button", name=owner.t("feed.save"), exact=True).click()
    await expect(parking).to_contain_text("改到南门", timeout=PATIENCE)
    await parking.get_by_role("button", name=reader.t("feed.edited", version=2)).click()
    await expect(page.get_by_role("dialog").locator("ins").first).to_contain_text("南门")
    await reader.check_access("actions-versions")
    await page.keyboard.press("Escape")
    await parking.get_by_role("button", name=reader.t("feed.received")).click()
    await reader.received(parking)
    await expect(parking).to_contain_text(reader.t("feed.version", version=2))

    # Deleted by its author, it is gone from an open screen.
    await choose(owner, theirs, "feed.delete")
    await expect(owner.page.get_by_role("menu")).to_have_count(0)  # it fades
    await owner.check_access("actions-delete")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=owner.t("feed.delete"), exact=True).click()
    await seen(theirs, 0)
    await expect(parking).to_have_count(0, timeout=PATIENCE)
    await expect(page.locator("[data-post]").first).to_be_visible()
