"""An administrator keeps the organisation in order, on a phone and at a desk: a new department with a head, people edited and moved."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.screens import DESK, PATIENCE, PHONE, Device, Screen, Screens
from tests.server.people.files import csv
from tests.server.people.pictures import picture

ADMINISTRATOR, SELLER = "1002", "1005"


async def choose(screen: Screen, label: str, typed: str, option: str) -> None:
    """Types into a picker and presses what it found."""
    field = screen.page.get_by_role("textbox", name=label)
    await field.fill(typed)
    await screen.page.get_by_role("option").filter(has_text=option).first.click()


@pytest.mark.timeout(150)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=lambda device: device.name)
async def test_departments_and_people_are_kept_in_order(screens: Screens, device: Device) -> None:
    admin = await screens.of(ADMINISTRATOR, device, "/admin/departments")
    page = admin.page
    await admin.button("org.new_department").click()
    await page.get_by_role("textbox", name=admin.t("org.name")).fill("直播组")
    await choose(admin, admin.t("org.below"), "市场", "总部/市场部")
    await admin.button("org.make").click()
    tree = page.get_by_role("list", name=admin.t("org.departments"))
    await page.get_by_role("searchbox").fill("直播")
    await tree.get_by_role("button", name="总部/市场部/直播组").click()
    await choose(admin, admin.t("org.heads"), "luolin", "罗琳")
    await admin.panel_stands()
    await admin.check_access("department")
    await admin.button("org.save").click()
    await expect(tree.get_by_text("罗琳")).to_be_visible(timeout=PATIENCE)
    await admin.check_access("departments")

    await admin.open("/admin/people")
    await page.get_by_role("searchbox").fill("zw")
    await expect(page.locator("[data-person]")).to_have_count(2, timeout=PATIENCE)
    await expect(page.get_by_text("1011")).to_be_visible(timeout=PATIENCE)
    await admin.check_access("people")
    await page.get_by_role("searchbox").fill("1005")
    await expect(page.locator("[data-person]")).to_have_count(1, timeout=PATIENCE)
    await page.locator("[data-person]").click()
    title = page.get_by_role("textbox", name=admin.t("people.column_title"))
    await title.fill("大客户经理")
    await admin.check_access("person")
    # A line of managers that closes is refused in words.
    await page.get_by_role("textbox", name=admin.t("people.column_staff_number")).fill("1006")
    await admin.button("org.save").click()
    await expect(page.get_by_text(admin.t("problem.field.sign_in_name_taken"))).to_be_visible(
        timeout=PATIENCE
    )
    await page.get_by_role("textbox", name=admin.t("people.column_staff_number")).fill("1005")
    await admin.button("org.save").click()
    await expect(title).to_be_hidden(timeout=PATIENCE)
    await expect(page.get_by_text("大客户经理")).to_be_visible(timeout=PATIENCE)


@pytest.mark.timeout(150)
async def test_a_picture_is_seen_on_every_open_screen(screens: Screens, tmp_path: Path) -> None:
    seller, other = await asyncio.gather(
        screens.of(SELLER, PHONE, "/me"), screens.of("1006", DESK, "/people")
    )
    file = tmp_path / "me.png"
    file.write_bytes(picture("PNG", (400, 300)))
    await seller.page.locator("input[type=file]").set_input_files(file)
    await expect(seller.page.get_by_role("main").locator("img[src*='/picture/']")).to_be_visible(
        timeout=PATIENCE
    )
    await expect(other.page.locator("[data-person='5'] img[src*='/picture/']")).to_be_visible(
        timeout=PATIENCE
    )
    await seller.page.get_by_role("textbox", name=seller.t("people.about")).fill("上午外出")
    await seller.button("people.save").click()
    await expect(seller.page.get_by_text(seller.t("people.about_saved"))).to_be_visible(timeout=PATIENCE)
    await seller.check_access("me with picture")
    await other.page.locator("[data-person='5']").click()
    await expect(other.page.get_by_text("上午外出")).to_be_visible(timeout=PATIENCE)
    await other.check_access("card with picture")


@pytest.mark.timeout(150)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=lambda device: device.name)
async def test_an_import_tells_of_new_departments_and_missing_people(
    screens: Screens, device: Device, tmp_path: Path
) -> None:
    admin = await screens.of(ADMINISTRATOR, device, "/admin/import")
    page = admin.page
    file = tmp_path / "staff.csv"
    file.write_bytes(
        csv(
            [["姓名", "工号", "部门", "部门负责人"], ["新人", "N1", "直播部", "是"], ["刘洋", "1005", "", ""]]
        )
    )
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_text(admin.t("people.would_create_departments", count=1))).to_be_visible(
        timeout=PATIENCE
    )
    await admin.check_access("import would")
    await admin.button("people.refuse_departments").click()
    await expect(page.get_by_text(admin.t("people.departments_refused"))).to_be_visible(timeout=PATIENCE)
    await admin.button("people.create_departments").click()
    await expect(page.get_by_text(admin.t("people.would_create_departments", count=1))).to_be_visible(
        timeout=PATIENCE
    )
    await admin.button("people.import_now", count=1).click()
    await expect(page.get_by_text(admin.t("people.created_departments", count=1))).to_be_visible(
        timeout=PATIENCE
    )
    await admin.button("people.show_missing").click()
    await expect(page.get_by_text("陈晓东")).to_be_visible(timeout=PATIENCE)
    await admin.check_access("import did")
    async with page.expect_download() as download:
        await page.get_by_role("link", name=admin.t("people.result_file")).click()
    assert (await download.value).suggested_filename.endswith(".csv")
    if device.touch:
        await page.get_by_role("button", name=admin.t("ui.back")).click()
        await expect(page).to_have_url(f"{screens.base}/admin")
