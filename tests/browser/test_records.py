"""Records by hand: a customer is made, found, narrowed to, changed by two at once, revealed, voided and restored; phone and desk."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.screens import BOTH, PATIENCE, Device, Screen, Screens
from tests.browser.test_story import seen
from tests.house import House

pytestmark = pytest.mark.timeout(120)


def field(screen: Screen, name: str) -> Locator:
    return screen.page.locator(f"[data-field={name}]")


async def edit(screen: Screen, name: str) -> Locator:
    """Opens the field's editor; nothing is saved yet."""
    row = field(screen, name)
    await row.get_by_role("button").last.click()
    await expect(row).to_have_attribute("data-editing", "true")
    return row.locator("input, select").first


async def save(screen: Screen, name: str) -> None:
    await field(screen, name).get_by_role("button", name=screen.t("ui.save"), exact=True).click()


@BOTH
async def test_a_customer_is_made_found_changed_by_two_revealed_voided_and_restored(
    served: House, screens: Screens, device: Device
) -> None:
    seller = await screens.of("1005", device)
    page = seller.page
    name = f"苏州云台精密 {device.name}"

    # Made: a name is enough; what is typed survives a reload; refused in words at the field.
    await seller.place("nav.crm").click()
    kinds = page.locator("[data-kind=customer]")
    await seen(kinds)
    await seller.look("crm")
    await kinds.get_by_role("link").first.click()
    await seller.button("crm.new").first.click()
    form = page.get_by_role("dialog")
    await seller.panel_stands()
    await form.locator("[data-input=name]").fill(name)
    await form.locator("[data-input=phone]").fill("abc")
    await page.reload()
    await expect(form.locator("[data-input=name]")).to_have_value(name)
    await seller.button("ui.save").click()
    await expect(form).to_contain_text(seller.t("problem.field.phone"))
    await seller.check_access("crm-new")
    await form.locator("[data-input=phone]").fill("138 1234 5678")
    await form.locator("[data-choice=key]").click()
    await seller.button("ui.save").click()
    made = page.locator("[data-record-page]")
    await seen(made)
    record = int(await made.get_attribute("data-record-page") or 0)
    await expect(page).to_have_url(re.compile(rf"/crm/customer/{record}$"))
    await expect(made).to_contain_text("138 1234 5678")
    await seller.check_access("crm-record")

    # Found in the list by its spelling, narrowed to by a filter that stands in the address.
    await seller.open("/crm/customer")
    row = page.locator(f"[data-record='{record}']")
    await seen(row)
    await page.get_by_role("searchbox").fill("suzhouyuntai")
    await expect(page.locator("[data-total='1']")).to_be_visible(timeout=PATIENCE)
    await page.locator("[data-filter=level]").click()
    await page.get_by_role("dialog").locator("[data-choice=ordinary]").click()
    await seller.look("crm-condition")
    await seller.button("crm.apply").click()
    await seen(row, 0)
    await page.reload()
    chip = page.locator("[data-set=level]")
    await seen(chip)
    await seen(row, 0)
    await chip.get_by_role("button").last.click()
    await seen(row)
    await seller.check_access("crm-list")
    await row.click()
    await seen(made)

    # Two change different fields at once: both hold, and each sees the other's in its place, marked.
    head = await screens.of("1003", device, f"/crm/customer/{record}")
    await seen(head.page.locator("[data-record-page]"))
    await (await edit(seller, "name")).fill(f"{name} 有限公司")
    await head.page.get_by_role(
        "button", name=re.compile(_starts(head.t("crm.show_empty", count=0)))
    ).first.click()
    await (await edit(head, "industry")).select_option("manufacturing")
    await save(head, "industry")
    await expect(field(seller, "industry")).to_contain_text(seller.t("crm.changed"), timeout=PATIENCE)
    await expect(field(seller, "name").locator("input")).to_have_value(f"{name} 有限公司")
    await save(seller, "name")
    await expect(head.page.locator("[data-record-page] h2")).to_have_text(
        f"{name} 有限公司", timeout=PATIENCE
    )
    await expect(field(head, "name")).to_contain_text(head.t("crm.changed"))

    # The same field: the later one is shown both values and chooses.
    await (await edit(seller, "name")).fill(f"{name} 集团")
    await (await edit(head, "name")).fill(f"{name} 股份")
    await save(head, "name")
    await expect(field(seller, "name")).to_contain_text(f"{name} 股份", timeout=PATIENCE)
    await save(seller, "name")
    await expect(field(seller, "name")).to_contain_text(seller.t("crm.conflict"), timeout=PATIENCE)
    await seller.check_access("crm-conflict")
    await seller.button("crm.keep_yours").click()
    await expect(head.page.locator("[data-record-page] h2")).to_have_text(f"{name} 集团", timeout=PATIENCE)

    # Masked for whoever is over the owner, shown for a minute with a reason.
    phone = field(head, "phone")
    await expect(phone).to_contain_text("****")
    await phone.get_by_role("button", name=re.compile(_starts(head.t("crm.reveal", name="")))).click()
    await head.look("crm-reveal")
    await (
        head.page.get_by_role("dialog")
        .get_by_role("button", name=head.t("crm.reveal_short"), exact=True)
        .click()
    )
    await expect(phone.get_by_role("link")).to_have_attribute("href", "tel:+8613812345678", timeout=PATIENCE)

    # Followed up, and told in the history, in words.
    if device.touch:
        await page.get_by_text(seller.t("crm.part_followups"), exact=True).click()
    await page.get_by_label(seller.t("crm.followup_text")).fill("上门演示，客户要一份报价")
    await seller.button("crm.followup_save").click()
    await seen(page.locator("[data-followup]"))
    await seller.check_access("crm-followups")
    await page.get_by_text(seller.t("crm.part_history"), exact=True).click()
    await seen(page.locator("[data-act=revealed]"))
    await seller.look("crm-history")

    # Voided and restored, on the other's screen too.
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("crm.void"), exact=True).click()
    await page.get_by_role("dialog").get_by_label(seller.t("crm.reason")).fill("重复")
    await page.get_by_role("dialog").get_by_role("button", name=seller.t("crm.void"), exact=True).click()
    await expect(head.page.locator("[data-record-page]")).to_contain_text(
        head.t("crm.is_voided"), timeout=PATIENCE
    )
    await seller.open("/crm/customer?view=bin")
    await row.click()
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("crm.restore"), exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=seller.t("crm.restore"), exact=True).click()
    await expect(head.page.locator("[data-record-page]")).not_to_contain_text(
        head.t("crm.is_voided"), timeout=PATIENCE
    )


def _starts(text: str) -> str:
    """A name of which only the beginning is known: what stands before the first number."""
    return "^" + re.escape(re.split(r"\d", text)[0].strip())
