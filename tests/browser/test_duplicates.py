"""Something like it is there: a hint, a question at saving, an answer that the manager finds; and what cannot be saved twice."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import DESK, PATIENCE, PHONE, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make
from tests.house import House
from tests.server.api.people import ADMINISTRATOR, MANAGER, SELLER, enter

pytestmark = pytest.mark.timeout(120)


async def test_a_like_is_hinted_at_answered_with_a_reason_and_found_by_the_manager(
    served: House, screens: Screens
) -> None:
    first = await make(await enter(served, SELLER), "宜兴重合电缆有限公司", phone="13800005151")
    seller = await screens.of(SELLER, PHONE, "/crm/customer?new")
    page = seller.page
    form = page.get_by_role("dialog").first
    await seller.panel_stands()
    await form.locator("[data-input=name]").fill("宜興重合電纜股份有限公司")
    hint = form.locator("[data-hint=name]")
    await expect(hint).to_contain_text("宜兴重合电缆", timeout=PATIENCE)
    await form.locator("[data-input=phone]").fill("138 0000 5151")
    await seen(form.locator("[data-hint=phone]"))
    await seller.look("duplicates-hint")
    await seller.check_access("duplicates-hint")
    await form.locator("button[type=submit]").click()
    question = page.get_by_role("dialog", name=seller.t("duplicates.title"))
    await seen(question.locator(f"[data-like='{first['id']}']"))
    await seller.look("duplicates-question")
    await seller.check_access("duplicates-question")
    await question.get_by_label(seller.t("duplicates.same"), exact=True).click()
    await seen(question.get_by_text(seller.t("duplicates.open")))
    await seller.look("duplicates-same")
    await question.get_by_label(seller.t("duplicates.different"), exact=True).click()
    await question.locator("button[type=submit]").click()
    await seen(question.get_by_text(seller.t("duplicates.reason_needed")))
    await question.locator("textarea").fill("同一集团的另一家公司")
    await question.locator("button[type=submit]").click()
    made = page.locator("[data-record-page]")
    await expect(made).to_contain_text("宜興重合電纜", timeout=PATIENCE)
    await expect(made.locator("[data-verdict=different]").first).to_contain_text("同一集团的另一家公司")
    await made.locator("[data-verdict=different]").first.scroll_into_view_if_needed()
    await seller.look("duplicates-kept-record")

    manager = await screens.of(MANAGER, DESK, "/crm/customer")
    await manager.button("lists.kept").click()
    await expect(manager.page.locator("[data-verdict=different]").first).to_contain_text("宜興重合電纜")
    await manager.look("duplicates-kept")
    await manager.check_access("duplicates-kept")

    admin = await screens.of(ADMINISTRATOR, DESK, "/admin/duplicates")
    rule = admin.page.get_by_role("switch").first
    await expect(rule).not_to_be_checked(timeout=PATIENCE)
    await admin.look("duplicates-setting")
    await rule.click(force=True)
    await expect(rule).to_be_checked(timeout=PATIENCE)
    await seller.open("/crm/customer?new")
    await seller.panel_stands()
    await form.locator("[data-input=name]").fill("宜兴另一家")
    await form.locator("[data-input=phone]").fill("13800005151")
    await expect(form.locator("[data-hint=phone]")).to_contain_text(
        seller.t("duplicates.taken"), timeout=PATIENCE
    )
    await form.locator("button[type=submit]").click()
    refused = page.get_by_role("dialog", name=seller.t("duplicates.taken_title"))
    await seen(refused.get_by_text(seller.t("duplicates.open")).first)
    await seller.look("duplicates-refused")
    await seller.check_access("duplicates-refused")
