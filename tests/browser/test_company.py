"""A company's first day on the screen: set up by the printed link, first steps, somebody joins by the company's link (W33, W32)."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from server.api.static import DIST
from server.config.settings import Settings
from server.setup import links
from tests.browser.screens import ON_A_PHONE, PATIENCE, Device, Screen, Screens
from tests.browser.windows import Windows
from tests.house import House, serve
from tests.servers import free_port

pytestmark = pytest.mark.timeout(150)
PASSWORD = "correct horse 4"
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.49"
)


@pytest.fixture
async def nobody(chromium_path: str, tmp_path: Path) -> AsyncIterator[House]:
    """A company that nobody is in, with the built web client."""
    if not (DIST / "index.html").is_file():
        pytest.fail("The web client is not built: run `make web/dist/index.html`.", pytrace=False)
    async with serve(Settings(data=tmp_path, port=free_port(), test_clock=True)) as house:
        yield house


@pytest.fixture
async def screens(windows: Windows, nobody: House) -> AsyncIterator[Screens]:
    opened = Screens(windows, nobody)
    yield opened
    await opened.close()
    assert not opened.complaints(), "\n".join(opened.complaints())


def field(screen: Screen, key: str) -> Locator:
    return screen.page.get_by_label(screen.t(key), exact=True)


async def seen(what: Locator) -> None:
    await expect(what.first).to_be_visible(timeout=PATIENCE)


async def set_up(screen: Screen, token: str) -> None:
    """Fills the page behind the printed link; the boss is somebody else."""
    await screen.open(f"/setup/{token}")
    await field(screen, "setup.company").fill("新航科技 Newport")
    await field(screen, "setup.name").fill("李敏")
    await field(screen, "sign_in.login").fill("13800001111")
    await field(screen, "sign_in.password").fill("12345678")
    await screen.page.get_by_text(screen.t("setup.boss_is_another"), exact=True).click()
    await field(screen, "setup.boss_name").fill("王总")
    await field(screen, "setup.boss_login").fill("boss@example.com")
    await screen.check_access("setup")
    await screen.button("setup.begin").click()
    await seen(screen.page.get_by_text(screen.t("problem.field.too_common")))
    await field(screen, "sign_in.password").fill(PASSWORD)
    await screen.button("setup.begin").click()
    await seen(screen.page.locator("code").filter(has_text="/join/"))
    await screen.check_access("setup-boss")
    await screen.button("setup.go_in").click()
    await screen.is_online()


@ON_A_PHONE
async def test_a_company_is_set_up_and_somebody_joins_by_its_link(screens: Screens, device: Device) -> None:
    house = screens.house
    token = (await house.company.write(links.fresh)).value
    administrator = await screens.strange(device)
    await set_up(administrator, token)
    start = administrator.page.get_by_role("region", name=administrator.t("setup.start"))
    await seen(start.get_by_role("link", name=administrator.t("people.import")))
    await administrator.check_access("guided-start")

    late = await screens.strange(device)
    await late.open(f"/setup/{token}")
    await seen(late.page.get_by_text(late.t("setup.already")))

    await administrator.open("/admin/joining")
    switch = administrator.page.get_by_role("switch", name=administrator.t("joining.link_on"))
    await switch.click(force=True)
    address = administrator.page.locator("code").filter(has_text="/company/")
    await seen(address)
    await expect(administrator.page.get_by_alt_text(administrator.t("joining.qr"))).to_have_js_property(
        "complete", True
    )
    await administrator.check_access("company-link")
    path = "/company/" + (await address.inner_text()).rpartition("/company/")[2]

    newcomer = await screens.strange(device, WECHAT)
    await newcomer.open(path)
    await seen(field(newcomer, "joining.your_name"))
    await newcomer.page.get_by_role("button", name=re.compile(newcomer.t("wechat.open"))).click()
    await newcomer.check_access("wechat")
    await newcomer.button("ui.close").click()
    await field(newcomer, "joining.your_name").fill("周新")
    await field(newcomer, "joining.your_login").fill("139 0000 2222")
    await field(newcomer, "joining.password").fill(PASSWORD)
    await newcomer.check_access("ask-to-join")
    await newcomer.button("joining.send").click()
    await seen(newcomer.page.get_by_text(newcomer.t("joining.keep_page")))

    await seen(
        administrator.page.locator("li[data-request]").filter(has_text="13900002222")
    )  # without a reload
    await administrator.badge("todos", 1)
    await administrator.button("joining.approve").click()
    await (
        administrator.page.get_by_role("dialog")
        .get_by_role("button", name=administrator.t("joining.approve"), exact=True)
        .click()
    )
    await seen(administrator.page.locator("li[data-request][data-state=approved]"))
    await administrator.badge("todos", 0)
    await administrator.check_access("requests")

    await seen(newcomer.page.get_by_text(newcomer.t("joining.answer_approved_text", name="周新")))
    await newcomer.button("join.to_sign_in").click()
    await newcomer.sign_in("13900002222", PASSWORD)
    await newcomer.is_online()

    await administrator.open("/admin/company")
    await field(administrator, "setup.company").fill("新航 Newport")
    await administrator.button("ui.save").click()
    await seen(administrator.page.get_by_text(administrator.t("setup.saved")))
    await newcomer.place("nav.me").click()
    await seen(newcomer.page.locator("#main").get_by_text("新航 Newport"))
