"""A customer looked up by hand: chosen by keys, filled in without losing what was typed, dialled, related; then who is calling."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import PATIENCE, PHONE, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make_contact
from tests.crm_objects.test_registry import put_in
from tests.house import House
from tests.server.api.people import SELLER, enter

pytestmark = pytest.mark.timeout(120)
NAME = "常州星河精密机械有限公司"
CSV = f"""企业名称,统一社会信用代码,电话,网址,注册地址,法定代表人
{NAME},91320400MA1XINGHE0,0519-86013388,,江苏省常州市新北区汉江路 1 号,王星
"""

_NO_TELEPHONE = """() => document.addEventListener('click', event => {
    if (event.target.closest('a[href^="tel:"]')) event.preventDefault()
}, true)"""


async def test_a_customer_is_looked_up_filled_in_called_and_related(served: House, screens: Screens) -> None:
    await put_in(served, CSV.encode())
    seller = await screens.of(SELLER, PHONE, "/crm/customer?new")
    page = seller.page
    form = page.get_by_role("dialog").first
    await seller.panel_stands()
    await form.locator("[data-input=phone]").fill("13800007777")
    await form.locator("[data-input=name]").fill("星河精密")
    await seen(form.locator("[data-candidate]"))
    await seller.look("registry-candidates")
    await seller.check_access("registry-candidates")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await seen(form.locator("[data-registry-mark=lit]"))
    await expect(form.locator("[data-input=name]")).to_have_value(NAME)
    await seller.button("registry.fill_from").click()
    told = page.locator("[data-registration]")
    await expect(told).to_contain_text("王星", timeout=PATIENCE)
    # What was typed is offered, and not ticked.
    await expect(told.locator("[data-offer=phone]")).not_to_be_checked()
    await expect(told.locator("[data-offer=address]")).to_be_checked()
    await seller.check_access("registry-fill")
    await seller.look("registry-fill")
    await told.locator("button[type=submit]").click()
    await seen(told, 0)
    await expect(form.locator("[data-input=phone]")).to_have_value("13800007777")
    await form.locator("button[type=submit]").click()
    made = page.locator("[data-record-page]")
    await seen(made)
    await seen(made.locator("[data-registry-mark=lit]"))
    await expect(made).to_contain_text("新北区")
    record = int(await made.get_attribute("data-record-page") or 0)

    # Dialled by one tap (this browser has no telephone): asked afterwards, answered, a follow-up.
    await page.evaluate(_NO_TELEPHONE)
    await made.get_by_text(seller.t("crm.dial_short"), exact=True).click()
    question = page.locator("[data-call]")
    await seen(question)
    await seller.look("registry-call")
    await seller.button("contacting.call_connected").click()
    await seen(question, 0)
    await page.get_by_text(seller.t("crm.part_followups"), exact=True).click()
    await expect(page.locator("[data-followup]")).to_contain_text(seller.t("contacting.call_note"))

    # How two of its contacts stand to each other.
    client = await enter(served, SELLER)
    await make_contact(client, record, name="钱总")
    await make_contact(client, record, name="孙助理", mobile="13911118888")
    await page.reload()
    await page.get_by_text(seller.t("crm.part_related"), exact=True).click()
    await seller.button("contacting.add_relation").click()
    dialog = page.get_by_role("dialog")
    whom = seller.t("contacting.relation_to_whom")
    await dialog.locator(f"input[aria-label='{whom}']").fill("孙助理")
    await dialog.locator("[data-combobox-option]", has_text="孙助理").first.click()
    await seller.look("registry-relation")
    await seller.check_access("registry-relation")
    await seller.button("ui.save").click()
    await expect(page.locator("[data-relation=reports_to]")).to_contain_text("孙助理", timeout=PATIENCE)
    await seller.check_access("registry-related")
    await seller.look("registry-related")

    # Who is calling? A whole number in the search.
    await page.keyboard.press("Control+k")
    await page.get_by_role("dialog").get_by_role("combobox").first.fill("139 1111 8888")
    caller = page.get_by_role("group", name=seller.t("contacting.who"))
    await expect(caller).to_contain_text("孙助理", timeout=PATIENCE)
    await seller.look("registry-caller")
