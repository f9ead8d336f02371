"""Where customers stand, by hand: a deal is won with a reason, a card moves on the board, a record is locked with its contacts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, ON_A_PHONE, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.crm_objects.desk import make, make_contact
from tests.crm_objects.kinds import EVERY_MODULE, METADATA, TABLES
from tests.house import House, serve, sqlite_settings
from tests.server.api.people import SELLER, enter


@pytest.fixture
async def served(chromium_path: str, tmp_path: Path, sqlite_demo: Path) -> AsyncIterator[House]:
    """With the kinds that come next: their pages are drawn from their declarations alone."""
    async with serve(sqlite_settings(tmp_path / "data", sqlite_demo), EVERY_MODULE) as house:
        await house.company.write(lambda work: METADATA.create_all(work.conn, tables=TABLES))
        yield house


pytestmark = pytest.mark.timeout(120)


@ON_A_PHONE
async def test_a_deal_is_won_a_card_is_moved_and_a_customer_locked(
    served: House, screens: Screens, device: Device
) -> None:
    client = await enter(served, SELLER)
    name = f"看板上的客户 {device.name}"
    row = await make(client, name, level="low")
    contact = await make_contact(client, row["id"])

    # On the board: moved by the card's menu; it stands elsewhere then.
    seller = await screens.of(SELLER, device, f"/crm/customer?view=mine&as=board&by=level&q={name}")
    page = seller.page
    card = page.locator(f"[data-card-of='{row['id']}']")
    await seen(card)
    await seller.check_access("crm-board")
    await card.get_by_role("button").click()
    await page.get_by_role("menuitem").first.click()
    await page.locator("[data-board] [aria-pressed]").first.click()
    moved = page.locator("[data-column=key]").locator(f"[data-card-of='{row['id']}']")
    await seen(moved)
    await expect(page.locator("[data-column=key] [data-count]")).to_have_text("1", timeout=PATIENCE)

    # Won: by its own act, with a reason, from the page's menu.
    await moved.get_by_role("link").click()
    made = page.locator("[data-record-page]")
    await seen(made)
    await seller.button("crm.acts").click()
    state = "成交状态" if seller.t("ui.cancel") == "取消" else "Deal state"
    await page.get_by_role("menuitem", name=seller.t("stages.change", name=state), exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True)).to_be_disabled()
    await dialog.get_by_label(seller.t("stages.reason")).fill("签了合同")
    await dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True).click()
    won = "已成交" if seller.t("ui.cancel") == "取消" else "Won customer"
    await expect(made).to_contain_text(won, timeout=PATIENCE)

    # Locked, with its contacts: who and when stands above, nothing is to be changed any more.
    await seller.button("crm.acts").click()
    await page.get_by_role("menuitem", name=seller.t("stages.lock"), exact=True).click()
    await dialog.get_by_role("button", name=seller.t("stages.lock"), exact=True).click()
    await seen(page.locator("[data-locked-by]"))
    await expect(page.locator("[data-field=name]").get_by_role("button")).to_have_count(0)
    await seller.open(f"/crm/contact/{contact['id']}")
    await seen(page.locator("[data-locked-by]"))

    # A deal of a kind that comes next: its stage says what it wants first; the lines of its quote add up while they are written.
    customer = await make(client, f"另一家 {device.name}")
    named = {"name": "包装线", "customer": customer["id"], "amount": "120000"}
    deal = (await client.post("/api/records/opportunity", {"fields": named}))["item"]["id"]
    await seller.open(f"/crm/opportunity/{deal}")
    await seen(made)
    # What is worked out says from what, and is nobody's to fill in.
    expected = page.locator("[data-field=expected]")
    await expect(expected).to_contain_text("¥12,000.00", timeout=PATIENCE)
    await expect(expected).to_contain_text(
        "自动计算" if seller.t("ui.cancel") == "取消" else "Worked out from"
    )
    await expect(expected.get_by_role("button")).to_have_count(0)
    await seller.look("crm-worked-out")
    await seller.button("crm.acts").click()
    stage = "阶段" if seller.t("ui.cancel") == "取消" else "Stage"
    await page.get_by_role("menuitem", name=seller.t("stages.change", name=stage), exact=True).click()
    await dialog.locator("select").select_option("offer")
    await dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text(seller.t("stages.missing"), timeout=PATIENCE)
    await seller.check_access("crm-guard")
    await dialog.locator("select").select_option("won")
    await dialog.get_by_role("button", name=seller.t("stages.confirm"), exact=True).click()
    await expect(made).to_contain_text("赢单" if stage == "阶段" else "Won", timeout=PATIENCE)
    await expect(expected).to_contain_text("¥120,000.00", timeout=PATIENCE)
    fields = {"name": "第一版报价", "opportunity": deal, "products": [dict(_line("三层线", "2", "50000"))]}
    quote = (await client.post("/api/records/quote", {"fields": fields}))["item"]["id"]
    await seller.open(f"/crm/quote/{quote}")
    products = page.locator("[data-field=products]")
    await expect(products).to_contain_text("¥100,000.00", timeout=PATIENCE)
    await seller.look("crm-lines")
    await products.get_by_role("button").last.click()
    await products.get_by_role("button", name=seller.t("stages.add_line"), exact=True).click()
    for column, value in _line("安装", "1.5", "1000"):
        await products.locator(f"[data-line='2'] [data-input={column}]").fill(value)
    await expect(products).to_contain_text("101,500.00")
    await seller.check_access("crm-lines-edited")
    await products.get_by_role("button", name=seller.t("ui.save"), exact=True).click()
    await expect(page.locator("[data-field=total]")).to_contain_text("¥101,500.00", timeout=PATIENCE)


@AT_A_DESK
async def test_a_card_is_dragged_and_the_columns_come_to_something_else(
    served: House, screens: Screens, device: Device
) -> None:
    client = await enter(served, SELLER)
    customer = await make(client, "拖动的客户")
    named = {"name": "包装线", "customer": customer["id"], "amount": "120000"}
    deal = (await client.post("/api/records/opportunity", {"fields": named}))["item"]["id"]
    seller = await screens.of(SELLER, device, "/crm/opportunity?as=board")
    page = seller.page
    card = page.locator(f"[data-card-of='{deal}']")
    await seen(card)
    await card.drag_to(page.locator("[data-column=won]"))
    won = page.locator("[data-column=won]")
    await seen(won.locator(f"[data-card-of='{deal}']"))
    await expect(won).to_contain_text("¥120,000.00", timeout=PATIENCE)
    await expect(page.locator("[data-column=contact] [data-count]")).to_have_text("0", timeout=PATIENCE)
    await seller.check_access("crm-pipeline")


def _line(product: str, quantity: str, price: str) -> list[tuple[str, str]]:
    return [("product", product), ("quantity", quantity), ("price", price), ("share", "100")]
