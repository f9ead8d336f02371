"""Records go into conversations as cards: picked by keyboard or thumb, offered for a number that was typed, forwarded from a card."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import group_of, seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_records_are_picked_offered_for_their_number_forwarded_and_stay_current(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1005", "1004"], "客户复盘", 1)
    other = await group_of(served, ["1005", "1004"], "大区周会", 1)
    owner = await served.sign_in("1005")
    facts = {"level": "important", "industry": "retail"}
    made = [
        (await owner.post("/api/records/customer", {"fields": facts | {"name": name, "phone": phone}}))[
            "item"
        ]
        for name, phone in (
            ("松涛酒店", "+44 29 2018 0795"),
            ("白鹭洲茶业", "+44 29 2018 0796"),
            ("紫金印务", "+44 29 2018 0797"),
        )
    ]
    screen = await screens.of("1005", device, f"/crm/customer/{made[0]['id']}")
    page = screen.page
    await seen(page.locator(f"[data-record-page='{made[0]['id']}']"))

    # The one that was opened last comes first, then one's own; several go at once, by keyboard alone.
    await screen.open(f"/chat/{group}")
    await screen.button("cards.attach").click()
    picker = page.get_by_role("dialog")
    await seen(
        picker.get_by_role("group", name=screen.t("cards.opened")).get_by_role("option", name="松涛酒店")
    )
    await seen(
        picker.get_by_role("group", name=screen.t("cards.mine")).get_by_role("option", name="紫金印务")
    )
    await page.keyboard.press("Enter")
    await expect(picker.get_by_role("option", selected=True)).to_contain_text("松涛酒店", timeout=PATIENCE)
    await page.keyboard.type("白鹭洲")
    await seen(picker.get_by_role("group", name=screen.t("search.records")).get_by_role("option"))
    await page.keyboard.press("Enter")
    await screen.check_access("records-picker")
    await page.keyboard.press("Control+Enter")
    tray = page.get_by_role("list", name=screen.t("cards.chosen"))
    await seen(tray.get_by_text("松涛酒店"))
    await seen(tray.get_by_text("白鹭洲茶业"))
    # However long its facts are, the way to take it out again stays on the screen.
    await seen(tray.get_by_text("+44 29 2018 0795"))
    await expect(tray.get_by_role("button", name=screen.t("cards.remove")).first).to_be_in_viewport(ratio=1)

    # A number in the text is offered as its card, and only one that I may read.
    await screen.pen.fill(f"请看{made[2]['number']}")
    await screen.button("cards.as_card").click()
    await seen(tray.get_by_text("紫金印务"))
    await expect(screen.pen).to_have_value("请看")
    await screen.button("chat.send").click()
    cards = screen.log.locator("[data-card=customer]")
    await seen(cards, 3)
    await seen(screen.log.get_by_text(screen.t("chat.sent")))

    # From the card into another conversation, where what changes is seen at once by who looks at it.
    await screen.open(f"/chat/{group}")
    await seen(cards, 3)
    forward = screen.log.get_by_role("button", name=screen.t("cards.forward")).first
    await forward.click()
    await page.get_by_role("dialog").get_by_text("大区周会").click()
    await page.wait_for_url(f"**/chat/{other}")
    await seen(tray.get_by_text("松涛酒店"))
    await screen.button("chat.send").click()
    manager = await screens.of("1004", device, f"/chat/{other}")
    card = manager.log.locator("[data-card=customer]")
    await seen(card.get_by_text("松涛酒店"))
    path = f"/api/records/customer/{made[0]['id']}"
    reply = await owner.http.patch(path, json={"version": 1, "fields": {"name": "松涛大酒店"}})
    assert reply.is_success, reply.text
    await seen(card.locator("[data-since]").get_by_text("松涛大酒店"))
    await owner.put(f"{path}/void", {"reason": "重复"})
    await seen(card.get_by_text(manager.t("crm.voided")))
    await owner.put(f"{path}/restoration", {})
    await seen(card.get_by_text(manager.t("crm.voided")), 0)
    await manager.check_access("records-card-live")
