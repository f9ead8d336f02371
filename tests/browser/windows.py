"""Browser contexts that are used again: starting the process of a page costs several times what the page itself does.

A context that comes back forgets who was signed in and keeps one empty page, and with that its process. What pages store they store
by address, and every house of a test has one of its own.
"""

from collections import defaultdict
from typing import Any

from playwright.async_api import Browser, BrowserContext

_Like = tuple[tuple[str, Any], ...]


class Windows:
    """Contexts by what they were made with; one is lent to one screen at a time."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._free: dict[_Like, list[BrowserContext]] = defaultdict(list)
        self._lent: dict[BrowserContext, _Like] = {}

    async def lend(self, init_script: str, **like: Any) -> BrowserContext:
        """A context as `Browser.new_context(**like)` makes it, in which nobody is signed in; `init_script` is run in each of its pages."""
        key = tuple((name, str(value)) for name, value in like.items())
        free = self._free[key]
        if free:
            context = free.pop()
        else:
            context = await self.browser.new_context(**like)
            await context.add_init_script(init_script)
        self._lent[context] = key
        return context

    async def take_back(self, context: BrowserContext) -> None:
        key = self._lent.pop(context)
        *others, last = context.pages
        for page in others:
            await page.close()
        await last.goto("about:blank")
        await context.set_offline(False)
        await context.clear_cookies()
        self._free[key].append(context)
