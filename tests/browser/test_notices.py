"""Being told and being reminded, on a phone in Chinese and at a desk in English."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import group_of, person_id, seen
from tests.feed.board import set_clock
from tests.house import House

pytestmark = pytest.mark.timeout(150)


@ON_A_PHONE
async def test_a_mention_rings_is_found_in_the_inbox_and_is_quiet_when_muted(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1004", "1005"], "仓库值班", 3)
    boss, colleague = await served.sign_in("1001"), await served.sign_in("1004")
    me = await person_id(boss, "1005")
    screen = await screens.of("1005", device)
    page = screen.page
    text = f"@[刘洋](person:{me}) 报价规则变了"
    await boss.post("/api/posts", {"kind": "share", "text": text, "audience": {"people": [me]}})
    await seen(page.get_by_role("button", name=screen.t("notices.look")))
    await screen.look("notice-toast")
    bell = page.get_by_role("link", name=screen.t("notices.title")).first
    await bell.click()
    await seen(page.get_by_role("list", name=screen.t("notices.title")).get_by_text("报价规则变了"))
    await screen.check_access("inbox")
    await expect(page.locator("[data-badge=inbox]")).to_have_count(0, timeout=PATIENCE)

    await screen.open(f"/chat/{group}")
    await page.get_by_role("button", name=screen.t("chat.mute")).click()
    await seen(page.get_by_text(screen.t("chat.now_muted")))
    await screen.check_access("conversation-muted")
    await screen.open("/")
    await screen.is_online()
    body = {"client_id": "m-1", "text": f"@[刘洋](person:{me}) 在吗"}
    await colleague.post(f"/api/conversations/{group}/messages", body)
    await seen(page.get_by_role("link", name=screen.t("nav.count", count=1)).first)
    await seen(page.get_by_role("button", name=screen.t("notices.look")), 0)

    await screen.open("/me/notices")
    await seen(page.get_by_text(screen.t("notices.kind_post_mention")))
    await page.get_by_role("switch", name=screen.t("notices.quiet")).click(force=True)
    await seen(page.get_by_label(screen.t("notices.quiet_from")))
    await screen.check_access("notice-preferences")


@AT_A_DESK
async def test_a_reminder_is_set_from_a_post_and_comes_up_at_its_time(
    served: House, screens: Screens, device: Device
) -> None:
    screen = await screens.of("1005", device)
    page = screen.page
    post = screen.post("开票信息")
    await post.get_by_role("button", name=screen.t("feed.more"), exact=True).click()
    await page.get_by_role("menuitem", name=screen.t("notices.remind")).click()
    await page.get_by_label(screen.t("notices.note")).fill("三点回电话")
    await screen.check_access("reminder-dialog")
    await screen.button("notices.set").click()
    await seen(page.get_by_text(screen.t("notices.reminder_set")))
    await screen.open("/todos")
    await seen(page.get_by_text("三点回电话"))
    await screen.check_access("todos-coming")
    await set_clock(await served.sign_in("1002"), timedelta(days=2))
    row = page.locator("[data-todo]").filter(has_text="三点回电话")
    await seen(row)
    await screen.look("todos-reminder")
    await row.get_by_role("button", name=screen.t("notices.done")).click()
    await seen(row, 0)
