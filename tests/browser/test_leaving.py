"""Being away, being stood in for, leaving, and the days on which a company works: as people live it."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, ON_A_PHONE, PATIENCE, Device, Screen, Screens
from tests.browser.test_story import person_id, seen
from tests.house import House

pytestmark = pytest.mark.timeout(150)  # alone each takes some seconds; the machine may be shared


async def choose(screen: Screen, name: str) -> None:
    """Types a colleague's name into the open picker."""
    field = screen.page.get_by_role("dialog").last.get_by_placeholder(screen.t("leaving.choose_colleague"))
    await field.fill(name)
    await screen.page.get_by_role("option").filter(has_text=name).first.click()


@ON_A_PHONE
async def test_an_absence_is_seen_where_one_writes_and_who_leaves_is_out(
    served: House, screens: Screens, device: Device
) -> None:
    colleague = await served.sign_in("1006")
    liuyang = await person_id(colleague, "1005")
    direct = await colleague.post("/api/conversations", {"kind": "direct", "people": [liuyang]})
    away = await screens.of("1005", device, "/me")
    writer = await screens.of("1006", device, f"/chat/{direct['id']}")
    today = served.company.today()

    await away.button("leaving.my_absences").click()
    await away.button("leaving.new_absence").click()
    await away.page.get_by_label(away.t("leaving.to")).first.fill(str(today + timedelta(days=3)))
    await choose(away, "赵婷婷")
    await away.check_access("absence-form")
    await away.button("ui.save").click()
    await seen(away.page.locator("li[data-state=now]"))
    await away.check_access("absences")

    await expect(writer.page.locator("[data-away]")).to_contain_text("赵婷婷", timeout=PATIENCE)
    await writer.check_access("away-in-chat")

    admin = await screens.of("1002", device, "/people")
    await admin.page.locator(f"[data-person='{liuyang}']").first.click()
    await seen(admin.button("leaving.leave"))
    await admin.check_access("away-on-card")
    await admin.button("leaving.leave").click()
    await seen(admin.button("leaving.leave_confirm"))
    await admin.check_access("leave")
    await admin.button("leaving.leave_confirm").click()
    await seen(admin.button("leaving.come_back"))
    await admin.look("left-on-card")

    await seen(away.button("sign_in.enter"))
    await seen(away.page.get_by_text(away.t("sign_in.ended")))
    await seen(writer.page.get_by_text(writer.t("problem.forbidden.left")))
    await seen(writer.pen, 0)
    await writer.look("left-in-chat")

    await admin.button("leaving.come_back").click()
    # The button of the question is called as the one that asks it.
    await seen(admin.page.get_by_text(admin.t("leaving.come_back_text")))
    await (
        admin.page.get_by_role("dialog")
        .last.get_by_role("button", name=admin.t("leaving.come_back"), exact=True)
        .click()
    )
    await seen(writer.pen)


@AT_A_DESK
async def test_a_secretary_acts_for_the_boss_under_a_bar_and_leaves_with_one_press(
    served: House, screens: Screens, device: Device
) -> None:
    administrator, boss_client = await served.sign_in("1002"), await served.sign_in("1001")
    for by_deputy, text in ((True, "可代收：制度更新"), (False, "须本人：薪资确认")):
        await administrator.post(
            "/api/posts",
            {
                "kind": "share",
                "text": text,
                "audience": {"people": [boss_client.id]},
                "receipts": {"people": [boss_client.id], "by_deputy": by_deputy},
            },
        )
    boss = await screens.of("1001", device, "/me/acting")
    await boss.button("leaving.name_deputy").click()
    await choose(boss, "许愿")
    await boss.page.get_by_role("checkbox").first.check()
    await boss.check_access("name-deputy")
    await boss.button("leaving.give").click()
    await seen(boss.page.locator("[data-delegation]"))

    secretary = await screens.of("1025", device, "/me/acting")
    await secretary.check_access("acting-list")
    await secretary.page.get_by_role("link", name=secretary.t("leaving.act_now")).click()
    await seen(
        secretary.page.get_by_role("heading", level=1, name=secretary.t("leaving.acting_for", name="王建国"))
    )
    rows = secretary.page.locator("[data-todo]")
    await rows.filter(has_text="薪资确认").get_by_role("button").first.click()
    await seen(secretary.page.get_by_text(secretary.t("leaving.in_person", name="王建国")))
    await rows.filter(has_text="制度更新").get_by_role("button").first.click()
    await secretary.check_access("acting-for")
    await secretary.button("leaving.confirm_for", name="王建国").click()
    await seen(rows.filter(has_text="制度更新"), 0)

    await secretary.button("leaving.share_as", name="王建国").click()
    pen = secretary.page.get_by_label(secretary.t("feed.share_text"))
    await pen.fill("代发：下周例会改到周三")
    await secretary.page.get_by_role("button", name=secretary.t("feed.everyone"), exact=True).click()
    await secretary.look("acting-composer")
    await secretary.button("feed.publish").click()
    await seen(secretary.page.get_by_role("dialog"), 0)
    await secretary.button("leaving.stop_acting").click()
    await seen(secretary.heading("leaving.acting"))

    reader = await screens.of("1005", device)
    signed = reader.t("ui.by_deputy", name="王建国", by="许愿")
    await expect(reader.post("下周例会")).to_contain_text(signed, timeout=PATIENCE)
    await reader.check_access("signed-by-deputy")

    await boss.page.get_by_role("button", name=boss.t("leaving.end_name", name="许愿")).click()
    await boss.button("leaving.end").click()
    await seen(boss.page.locator("[data-delegation]"), 0)
    await seen(secretary.page.locator("[data-delegation]"), 0)


@AT_A_DESK
async def test_an_administrator_sees_the_year_and_makes_a_day_a_holiday(
    screens: Screens, device: Device
) -> None:
    admin = await screens.of("1002", device, "/admin/calendar")
    page = admin.page
    await seen(page.get_by_role("heading", level=2, name="2026"))
    await admin.check_access("calendar")
    day = page.get_by_role("region").nth(10).get_by_role("button").nth(23)
    await day.scroll_into_view_if_needed()
    await day.click()
    await page.get_by_label(admin.t("calendar.name")).fill("公司日")
    await admin.check_access("calendar-day")
    await admin.button("ui.save").click()
    changed = page.locator("button[data-source=company]")
    await seen(changed)
    await expect(changed).to_have_attribute("data-special", "holiday")
    await admin.look("calendar-changed")
    await page.get_by_role("button", name=admin.t("calendar.change_week")).click()
    await admin.check_access("calendar-week")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=admin.t("calendar.later")).click()
    await seen(page.get_by_text("2027", exact=True))
    await admin.look("calendar-not-published")
