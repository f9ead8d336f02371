"""A pool: made by who keeps pools, a customer put straight into it, seen by its people alone, given out while another looks on."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screen, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.api.people import ADMINISTRATOR, OUTSIDER, SECOND_SELLER, SELLER, enter

pytestmark = pytest.mark.timeout(120)


async def choose(screen: Screen, form: Locator, key: str, name: str) -> None:
    """Somebody, in a field for names."""
    await form.locator(f"input[aria-label='{screen.t(key)}']").fill(name)
    await form.locator("[data-combobox-option]").filter(has_text=name).first.click()


async def name_of(house: House, number: str) -> str:
    client = await enter(house, number)
    return str((await client.get("/api/people", ids=str(client.id)))["items"][0]["name"])


@ON_A_PHONE
async def test_a_customer_lies_in_a_pool_for_its_people_until_it_is_given_out(
    served: House, screens: Screens, device: Device
) -> None:
    admin_name, member_name = [await name_of(served, one) for one in (SELLER, SECOND_SELLER)]
    keeper = await screens.of(ADMINISTRATOR, device, "/admin/pools")
    await keeper.button("pools.add").first.click()
    form = keeper.page.get_by_role("dialog")
    await form.get_by_label(keeper.t("pools.name"), exact=True).fill("华东公海")
    await choose(keeper, form, "pools.admins", admin_name)
    await choose(keeper, form, "pools.members", member_name)
    await keeper.check_access("pools-form")
    await keeper.button("ui.save").click()
    pool = keeper.page.locator("[data-pool]")
    await expect(pool).to_contain_text("华东公海", timeout=PATIENCE)
    await keeper.check_access("pools")

    # Its administrator puts a customer straight into it.
    seller = await screens.of(SELLER, device, "/crm/customer?new")
    await seller.panel_stands()
    form = seller.page.get_by_role("dialog")
    await form.locator("[data-input=name]").fill("苏州听涛电子有限公司")
    await form.locator("[data-input=phone]").fill("138 0000 6262")
    await form.locator("[data-input=pool]").select_option(label="华东公海")
    await form.get_by_label(seller.t("pools.lie_in")).click()
    await form.get_by_label(seller.t("pools.lie_in")).scroll_into_view_if_needed()
    await seller.check_access("pools-new")
    await seller.button("ui.save").click()
    made = seller.page.locator("[data-record-page]")
    await expect(made).to_contain_text(seller.t("pools.lies_in", name="华东公海"), timeout=PATIENCE)
    record = int(await made.get_attribute("data-record-page") or 0)
    await seller.check_access("pools-record")

    # Its member sees it, without what is not for the pool; whoever is outside does not.
    member = await screens.of(SECOND_SELLER, device, "/crm/customer?view=pool")
    row = member.page.locator(f"[data-record='{record}']")
    await expect(row).to_contain_text("华东公海", timeout=PATIENCE)
    await member.check_access("pools-list")
    outsider = await screens.of(OUTSIDER, device, f"/crm/customer/{record}")
    await seen(outsider.page.get_by_text(outsider.t("crm.not_found")))
    assert "苏州听涛" not in await outsider.page.inner_text("#main")

    # What still holds something is not retired, and the refusal says why.
    await keeper.button("pools.menu", name="华东公海").click()
    await keeper.page.get_by_role("menuitem", name=keeper.t("pools.retire"), exact=True).click()
    question = keeper.page.get_by_role("dialog")
    await question.get_by_role("button", name=keeper.t("pools.retire"), exact=True).click()
    await expect(question.get_by_role("alert")).to_contain_text(
        keeper.t("problem.wrong_state.not_empty", held=1), timeout=PATIENCE
    )
    await keeper.check_access("pools-not-empty")

    # Given out: the member's list is told, and does not have it any more.
    await seller.button("pools.assign").click()
    form = seller.page.get_by_role("dialog")
    await choose(seller, form, "crm.new_owner", admin_name)
    await seller.check_access("pools-assign")
    await form.locator("button[type=submit]").click()
    await seen(made.locator("[data-owner]"))
    await member.button("crm.list_moved").click()
    await seen(row, 0)
    await question.get_by_role("button", name=keeper.t("pools.retire"), exact=True).click()
    await expect(pool).to_contain_text(keeper.t("pools.retired"), timeout=PATIENCE)
