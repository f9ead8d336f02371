"""A prepared table goes from the administration's library into a share, is filled in by author and reader, and read on both devices."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import AT_A_DESK, PATIENCE, Device, Screens
from tests.browser.test_story import seen
from tests.house import House
from tests.server.files.sending import picture

pytestmark = pytest.mark.timeout(120)


@AT_A_DESK
async def test_a_table_is_prepared_put_into_a_share_and_filled_in_by_two(
    served: House, screens: Screens, device: Device
) -> None:
    name = f"采购申请 {device.name}"

    # Prepared: two columns, one of them a number with its unit.
    admin = await screens.of("1002", device, "/admin/tables")
    await admin.button("tables.add").first.click()
    dialog = admin.page.get_by_role("dialog")
    await dialog.get_by_label(admin.t("tables.name"), exact=True).fill(name)
    await dialog.get_by_label(admin.t("tables.column_title")).fill("品名")
    await dialog.get_by_role("switch", name=admin.t("tables.required")).click()
    await admin.button("tables.add_column").click()
    second = dialog.locator("[data-column='2']")
    await second.get_by_label(admin.t("tables.column_title")).fill("金额")
    await second.get_by_label(admin.t("tables.column_type")).select_option("number")
    await second.get_by_label(admin.t("tables.unit")).fill("元")
    await admin.check_access("tables-preparing")
    await admin.button("ui.save").click()
    await seen(admin.page.locator("[data-prepared]", has_text=name))
    await admin.check_access("tables-library")

    # Put into a share: a cell of the wrong type is said at once, beside itself.
    author = await screens.of("1004", device, "/?share")
    page = author.page
    await author.panel_stands()
    await page.get_by_label(author.t("kinds.share_text"), exact=True).fill("要采购什么请填进来")
    await author.button("feed.table_add").click()
    await page.locator("[data-prepared]", has_text=name).click()
    await author.button("table.add_row").click()
    row = page.get_by_role("dialog").last
    await row.get_by_label("品名").fill("打印纸")
    await row.get_by_label("金额").fill("十二")
    await row.get_by_role("button", name=author.t("ui.save"), exact=True).click()
    await expect(row).to_contain_text(author.t("table.wrong_number"))
    await author.check_access("tables-row")
    await row.get_by_label("金额").fill("１２．５")
    await row.get_by_role("button", name=author.t("ui.save"), exact=True).click()
    await expect(page.locator("[data-field=table] tbody")).to_contain_text("12.5")
    await page.locator("[data-field=table]").get_by_role("switch").click()
    await page.locator("[data-field=audience] button", has_text="销售一部").first.click()
    await author.check_access("tables-writing")
    await author.button("feed.publish").click()
    await seen(author.post("要采购什么"))

    # Filled in by a reader; the author sees it without a reload, and takes it along as a spreadsheet.
    reader = await screens.of("1005", device)
    table = reader.post("要采购什么").locator("[data-table]")
    await seen(table.locator("[data-row]"))
    await table.get_by_role("button", name=reader.t("table.fill_in"), exact=True).click()
    mine = reader.page.get_by_role("dialog")
    await mine.get_by_label("品名").fill("墨盒")
    await mine.get_by_role("button", name=reader.t("ui.save"), exact=True).click()
    await seen(table.locator("[data-row]"), 2)
    shown = author.post("要采购什么").locator("[data-table]")
    await expect(shown.locator("[data-rows='2']")).to_be_visible(timeout=PATIENCE)
    await expect(shown.locator("tbody")).to_contain_text("墨盒", timeout=PATIENCE)
    await reader.check_access("tables-card")
    async with page.expect_download() as download:
        await shown.get_by_role("link", name=author.t("table.export"), exact=True).click()
    assert (await download.value).suggested_filename == f"{name}.xlsx"

    # Changed, then taken away: on the author's screen too.
    more = table.get_by_role("button", name=reader.t("table.row_more", number=2), exact=True)
    await more.click()
    await reader.page.get_by_role("menuitem", name=reader.t("table.change_row"), exact=True).click()
    await mine.get_by_label("金额").fill("88")
    await mine.get_by_role("button", name=reader.t("ui.save"), exact=True).click()
    await expect(shown.locator("tbody")).to_contain_text("88", timeout=PATIENCE)
    await more.click()
    await reader.page.get_by_role("menuitem", name=reader.t("table.remove_row"), exact=True).click()
    await mine.get_by_role("button", name=reader.t("table.remove_row"), exact=True).click()
    await expect(shown.locator("[data-rows='1']")).to_be_visible(timeout=PATIENCE)

    # The company's stickers: one is added, sent as a comment and as a message, and stays after it was retired.
    await admin.open("/admin/stickers")
    await admin.button("stickers.add").first.click()
    form = admin.page.get_by_role("dialog")
    await form.locator("input[type=file]").set_input_files(
        {"name": f"干杯{device.name}.png", "mimeType": "image/png", "buffer": picture("PNG", (800, 600))}
    )
    await seen(form.locator("[data-upload=ready]"))
    await admin.check_access("stickers-adding")
    await form.get_by_role("button", name=admin.t("ui.save"), exact=True).click()
    kept = admin.page.locator("[data-kept-sticker]", has_text=f"干杯{device.name}")
    await seen(kept)
    card = reader.post("要采购什么")
    await reader.open(f"/posts/{await card.get_attribute('data-post')}")
    await reader.button("ui.emoji").click()
    await reader.page.get_by_text(reader.t("emoji.tab_stickers"), exact=True).click()
    offered = reader.page.locator("[data-choose-sticker]").filter(
        has=reader.page.get_by_role("img", name=f"干杯{device.name}")
    )
    await seen(offered)
    await reader.check_access("stickers-panel")
    await offered.click()
    sent = author.post("要采购什么").get_by_role("img", name=f"干杯{device.name}")
    await seen(sent)
    await kept.get_by_role("button", name=admin.t("stickers.more", name=f"干杯{device.name}")).click()
    await admin.page.get_by_role("menuitem", name=admin.t("stickers.retire"), exact=True).click()
    await expect(kept).to_have_attribute("data-retired", "true", timeout=PATIENCE)
    await reader.open()
    await seen(reader.post("要采购什么").get_by_role("img", name=f"干杯{device.name}"))
    await reader.check_access("stickers-comment")
