"""Cards in messages and posts, quotes, and where a thing is mentioned: on a phone in Chinese and at a desk in English."""

import pytest

from tests.browser.screens import AT_A_DESK, Device, Screens
from tests.browser.test_story import group_of, person_id, seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@AT_A_DESK
async def test_a_post_travels_as_a_card_is_answered_and_knows_where_it_is_mentioned(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1004", "1005"], "报价小组", 3)
    author = await served.sign_in("1004")
    reader = await person_id(author, "1005")
    body = {"kind": "share", "text": "新的**报价规则**从周一起生效", "audience": {"people": [reader]}}
    post = int((await author.post("/api/posts", body))["id"])
    me = int((await author.get("/api/me"))["person"]["id"])
    everyone = {"kind": "share", "text": "相关材料", "audience": {"everyone": True}}
    cards = [
        {"kind": "post", "id": post},
        {"kind": "conversation", "id": group},
        {"kind": "person", "id": me},
    ]
    other = int((await author.post("/api/posts", {**everyone, "cards": cards}))["id"])

    screen = await screens.of("1005", device)
    page = screen.page
    await screen.open(f"/posts/{post}")
    await seen(page.get_by_role("region", name=screen.t("cards.mentioned_in")).get_by_text("相关材料"))
    await screen.check_access("card-traces")
    await screen.button("feed.more").first.click()
    await seen(page.get_by_role("menuitem", name=screen.t("cards.send")))
    await screen.check_access("card-post-menu")
    await page.get_by_role("menuitem", name=screen.t("cards.send")).click()
    await screen.check_access("card-send-to")
    await page.get_by_role("dialog").get_by_text("报价小组").first.click()
    await page.wait_for_url(f"**/chat/{group}")
    tray = page.get_by_role("list", name=screen.t("cards.chosen"))
    await seen(tray.get_by_text("报价规则"))
    await page.reload()
    await seen(tray.get_by_text("报价规则"))
    await screen.check_access("card-chosen")
    await screen.button("chat.send").click()
    card = screen.log.locator("[data-card=post]").get_by_text("报价规则")
    await seen(card)
    assert await tray.count() == 0

    quoted = screen.log.locator("article").filter(has_text="第2句").last
    await quoted.hover()
    await quoted.get_by_role("button", name=screen.t("cards.message_menu")).click()
    await seen(page.get_by_role("menuitem", name=screen.t("cards.reply")))
    await screen.check_access("card-message-menu")
    await page.get_by_role("menuitem", name=screen.t("cards.reply")).click()
    await page.locator("form[data-composer] textarea").fill("同意")
    await screen.check_access("card-reply")
    await screen.button("chat.send").click()
    await seen(
        screen.log.locator("article").filter(has_text="同意").get_by_role("button").filter(has_text="第2句")
    )
    await screen.check_access("card-in-chat")

    stranger = await screens.of("1013", device)
    await stranger.open(f"/posts/{other}")
    stub = stranger.page.locator("[data-state=restricted]")
    await seen(stub.nth(1))
    assert await stub.count() == 2
    assert "报价" not in await stranger.page.locator("article").inner_text()
    await stranger.check_access("card-stubs")
    # Whoever is brought into the conversation sees its card at once.
    await author.post(f"/api/conversations/{group}/members", {"people": [await person_id(author, "1013")]})
    await seen(stranger.page.locator("article").get_by_text("报价小组"))
    assert await stub.count() == 1
