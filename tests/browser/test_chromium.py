"""The browser under the browser tests draws Chinese and speaks to a page."""

from playwright.async_api import Browser

PAGE = "<!doctype html><meta charset=utf-8><title>十</title><input aria-label=你><p id=heard></p>"
ECHO = "document.querySelector('input').oninput = event => { heard.textContent = event.target.value }"


async def test_the_browser_types_chinese_into_a_page_on_a_phone(browser: Browser) -> None:
    async with await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = await context.new_page()
        await page.set_content(PAGE + f"<script>{ECHO}</script>")
        await page.get_by_label("你").fill("客户成功")
        assert await page.locator("#heard").inner_text() == "客户成功"
        assert await page.title() == "十"
