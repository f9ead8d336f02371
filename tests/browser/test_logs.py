"""Work logs by hand: written under what is asked, scored, missed and called for, asked for anew; phone and desk."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_log_is_written_scored_missed_called_for_and_asked_for_anew(
    served: House, screens: Screens, device: Device
) -> None:
    administrator = await served.sign_in("1002")
    today = (await administrator.get("/api/log-templates"))["today"]
    await administrator.http.put(f"/api/calendar/days/{today}", json={"kind": "workday", "name": "演练"})
    writer = await screens.of("1005", device)
    manager = await screens.of("1004", device)
    page = writer.page

    # Refused in words without what must be filled in; then it stands on the manager's screen, field by field.
    await page.locator("[data-write=log]").click()
    await writer.panel_stands()
    await page.get_by_label("今日完成").fill("完成两份报价")
    await writer.button("feed.publish").click()
    await expect(page.locator("[data-field=details]")).to_contain_text(
        writer.t("logs.wrong_required", title="明日计划")
    )
    await writer.check_access("logs-writing")
    await page.get_by_label("明日计划").fill("约周四演示")
    await writer.button("feed.publish").click()
    await seen(writer.post("完成两份报价"))
    await manager.open()
    log = manager.post("完成两份报价")
    await seen(log)
    await expect(log.locator("[data-filled]")).to_have_count(2)
    await log.get_by_role("button", name=manager.t("kinds.log_give", score=4), exact=True).click()
    await expect(log.locator("[data-mine='4']")).to_be_visible(timeout=PATIENCE)
    await manager.check_access("logs-card")
    await expect(writer.post("完成两份报价").locator("[data-score='4']")).to_be_visible(timeout=PATIENCE)

    # A second one is led to the first.
    await page.locator("[data-write=log]").click()
    await expect(page.locator("[data-error=duplicate] a")).to_have_attribute(
        "href", re.compile(r"/posts/\d+")
    )
    await page.get_by_role("dialog").get_by_role("button", name=writer.t("ui.close")).click()

    # Who has not handed in is called for, has it among the to-dos, and writes it from there.
    late = await screens.of("1006", device, "/todos")
    await manager.open("/logs")
    await expect(manager.page.locator("[data-state=on_time][data-person]")).to_have_count(1, timeout=PATIENCE)
    await expect(manager.page.locator("[data-state=open][data-person]")).to_have_count(2)
    await manager.button("logs.remind", count=2).click()
    await manager.check_access("logs-who")
    todo = late.page.locator("[data-category=log]")
    await seen(todo)
    await todo.get_by_role("link", name=late.t("kinds.write_log"), exact=True).click()
    await expect(late.page.locator(f"[data-period='{today}']")).to_be_visible(timeout=PATIENCE)
    await late.page.get_by_label("今日完成").fill("回访三家")
    await late.page.get_by_label("明日计划").fill("跟进")
    await late.button("feed.publish").click()
    await expect(manager.page.locator("[data-state=on_time][data-person]")).to_have_count(2, timeout=PATIENCE)
    await late.open("/todos")
    await seen(todo, 0)

    # The administrator asks for something else; whoever writes sees it.
    boss = await screens.of("1002", device, "/admin/logs")
    await boss.page.locator("[data-template]").first.click()
    await boss.button("logs.add_field").click()
    field = boss.page.locator("[data-field-number='4']")
    await field.get_by_label(boss.t("logs.field_title")).fill("拜访家数")
    await field.get_by_label(boss.t("logs.field_type")).select_option("number")
    await boss.check_access("logs-template")
    await boss.button("ui.save").click()
    await expect(boss.page.locator("[data-template]").first).to_contain_text("拜访家数", timeout=PATIENCE)
    await boss.look("logs-templates")
    await writer.open("/?write=log")
    await expect(page.get_by_label("拜访家数")).to_be_visible(timeout=PATIENCE)
