"""The receipt ladder by hand: seen in words before publishing, followed on the panel, ended by who was told; phone and desk."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, PATIENCE, Device, Screens
from tests.browser.test_story import seen, write_share
from tests.feed.board import set_clock
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@AT_A_DESK
async def test_a_ladder_is_seen_beforehand_climbs_and_is_seen_to(
    served: House, screens: Screens, device: Device
) -> None:
    administrator, asker = await served.sign_in("1002"), await served.sign_in("1003")
    author, reader = await screens.of("1003", device), await screens.of("1005", device)
    page = author.page

    # Without a due time there is none; then every step stands there with its time.
    await write_share(author, ["合同今天核对"], "刘洋", "销售一部")
    ladder = page.get_by_role("switch", name=author.t("ladder.switch"))
    await expect(ladder).to_be_disabled(timeout=PATIENCE)
    await page.get_by_role("button", name=author.t("feed.due_tomorrow"), exact=True).click()
    await ladder.click(force=True)
    plan = page.locator("[data-ladder-plan] li")
    await seen(plan, 3)
    await page.get_by_role("switch", name=author.t("feed.mark_urgent")).click(force=True)
    await seen(page.get_by_text(author.t("ladder.plan_urgent")))
    await author.check_access("ladder-composer")
    await author.look("ladder-composer")
    await author.button("feed.publish").click()
    theirs = author.post("合同今天核对")
    await seen(theirs.locator("[data-urgent]"))

    # The panel names who is next; the nudge rings where the person sits, and moves on the panel.
    post = (await asker.get("/api/posts", limit=1))["items"][0]["id"]
    await author.open(f"/posts/{post}")
    await seen(page.locator("[data-coming=nudge]"))
    await author.look("ladder-panel")
    path = f"/api/posts/{post}/receipts/ladder"
    for step, total in (("nudge", 4), ("manager", 3)):
        at = datetime.fromisoformat((await asker.get(path))["coming"][0]["at"])
        await set_clock(administrator, at + timedelta(seconds=1) - datetime.now(at.tzinfo))
        await seen(page.locator(f"[data-taken={step}]"), total)
        if step == "nudge":
            await seen(reader.page.get_by_role("button", name=reader.t("notices.look")))
    await author.check_access("ladder-panel")
    await author.look("ladder-taken")

    # Who leads them has their names among the to-dos, and says that it is seen to.
    manager = await screens.of("1004", device, "/todos")
    todo = manager.page.locator("[data-category=missing_receipt]")
    await seen(todo)
    await manager.check_access("ladder-todo")
    await manager.look("ladder-todo")
    await todo.get_by_role("button", name=manager.t("notices.seen_to")).click()
    await seen(todo, 0)
