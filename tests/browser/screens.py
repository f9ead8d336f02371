"""People in front of browsers: a `Screen` is one window of one person, and it notices what a person would complain about.

Every screen fails its test on an error in the console, a violation of the Content-Security-Policy, an answer ≥ 500, a file
that is missing, or a page that scrolls sideways. With `TENFOUR_SCREENSHOTS=folder` every `look` leaves a picture there.
"""

import json
import os
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from server.demo.people import PASSWORD
from tests.browser.windows import Windows
from tests.house import House

WEB = Path(__file__).resolve().parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("TENFOUR_SCREENSHOTS", "")
PATIENCE = 15_000  # milliseconds; the machine may be busy

Language = Literal["zh-Hans", "en"]

_TELL = "document.addEventListener('securitypolicyviolation', event =>"
_TELL += " console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"
# What a sign-in leaves behind, once: web/src/shell/session.ts asks who is here only where somebody signed in before.
_KNOWN = """performance.setResourceTimingBufferSize(2_000)  // has_everything
try {
    if (!localStorage.getItem('tests.known')) for (const key of ['tests.known', 'tenfour.known']) localStorage.setItem(key, '1')
} catch { /* an empty page keeps nothing */ }"""
_SIDEWAYS = """() => [document.scrollingElement, document.querySelector('#main')]
    .filter(area => area && area.scrollWidth > Math.min(area.clientWidth, innerWidth))
    .map(area => `${area.tagName} ${area.scrollWidth} > ${area.clientWidth}`)"""
_AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations
    .filter(found => ['serious', 'critical'].includes(found.impact))
    .map(found => `${found.id} (${found.help}): ${found.nodes.map(node =>
        node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).slice(0, 4).join(' | ')}`)"""
# Reads a list of which only a part is drawn, from its first row to its last: step by step, by the numbers of the rows.
_SAID = """async () => {
    const area = document.querySelector('[role=log]')
    const seen = new Map()
    const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))
    area.scrollTop = 0
    await drawn()
    for (;;) {
        for (const row of area.querySelectorAll('[data-index]')) {
            const said = row.querySelector('article p')
            if (said) seen.set(Number(row.dataset.index), said.innerText)
        }
        if (area.scrollTop + area.clientHeight >= area.scrollHeight - 2) break
        area.scrollTop += area.clientHeight * 0.7
        await drawn()
    }
    return [...seen].sort((a, b) => a[0] - b[0]).map(pair => pair[1])
}"""


@dataclass(frozen=True)
class Device:
    """What somebody holds or sits at."""

    name: str
    width: int
    height: int
    language: Language
    touch: bool

    @property
    def locale(self) -> str:
        return "zh-CN" if self.language == "zh-Hans" else "en-GB"


PHONE = Device("phone", 375, 667, "zh-Hans", True)
DESK = Device("desk", 1440, 900, "en", False)
# A story that differs by thumb and by keyboard is told on both. The others take turns, and test_pages.py looks at every page on both.
_told_on = partial(pytest.mark.parametrize, "device")
BOTH = _told_on([PHONE, DESK], ids=["phone-zh", "desk-en"])
ON_A_PHONE = _told_on([PHONE], ids=["phone-zh"])
AT_A_DESK = _told_on([DESK], ids=["desk-en"])


@cache
def _catalogue(language: Language) -> dict[str, str]:
    texts: dict[str, str] = {}
    for catalogue in (WEB / "src").rglob(f"{language}.json"):
        texts |= json.loads(catalogue.read_text(encoding="utf-8"))
    return texts


def say(language: Language, key: str, **params: object) -> str:
    """A text of the client's own catalogues, as the client would show it."""
    texts = _catalogue(language)
    if "count" in params:
        key += "_one" if language == "en" and params["count"] == 1 else "_other"
    text = texts[key]
    for name, value in params.items():
        text = text.replace("{{" + name + "}}", str(value))
    return text


class Screen:
    """One window of one person. `t` gives the words of its language."""

    def __init__(self, page: Page, device: Device, base: str) -> None:
        self.page = page
        self.device = device
        self.base = base
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # What the network did is judged by the answers below; that a server is away is no mistake of the page.
        network = message.text.startswith(("Failed to load resource", "WebSocket connection to"))
        if message.type in ("error", "warning") and not network:
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        refused = response.status >= 400 and "/api/" not in response.url
        if response.status >= 500 or refused:
            self.complaints.append(f"{response.status} {response.url}")

    def t(self, key: str, **params: object) -> str:
        return say(self.device.language, key, **params)

    async def open(self, path: str = "/") -> None:
        await self.page.goto(self.base + path)

    async def sign_in(self, login: str, password: str = PASSWORD) -> None:
        await self.page.get_by_label(self.t("sign_in.login")).fill(login)
        await self.page.get_by_label(self.t("sign_in.password"), exact=True).fill(password)
        await self.button("sign_in.enter").click()

    def button(self, key: str, **params: object) -> Locator:
        return self.page.get_by_role("button", name=self.t(key, **params), exact=True)

    def heading(self, key: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=self.t(key), exact=True)

    @property
    def menu(self) -> Locator:
        return self.page.get_by_role("navigation", name=self.t("nav.label"))

    def place(self, key: str) -> Locator:
        return self.menu.locator("li a").filter(has_text=self.t(key))

    def post(self, text: str) -> Locator:
        return self.page.locator("article[data-post]").filter(has_text=text)

    def conversation(self, name: str) -> Locator:
        """Its row in the list."""
        rows = self.page.get_by_role("list", name=self.t("chat.conversations")).get_by_role("link")
        return rows.filter(has=self.page.get_by_text(name, exact=True))

    async def received(self, post: Locator) -> None:
        """The post says that its receipt was given, and asks no more."""
        await expect(post).to_contain_text(self.t("feed.given"), timeout=PATIENCE)
        await expect(post.get_by_role("button", name=self.t("feed.received"))).to_have_count(
            0, timeout=PATIENCE
        )

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def pen(self) -> Locator:
        """Where a message is written."""
        return self.page.locator("form textarea")

    async def write(self, text: str) -> None:
        await self.pen.fill(text)
        await self.button("chat.send").click()

    async def badge(self, kind: Literal["chat", "todos"], count: int) -> None:
        shown = self.menu.locator(f"[data-badge={kind}]")
        if count:
            await expect(shown).to_have_text(str(count), timeout=PATIENCE)
        else:
            await expect(shown).to_have_count(0, timeout=PATIENCE)

    async def is_online(self) -> None:
        await expect(self.page.locator("[data-connection]")).to_have_attribute(
            "data-connection", "online", timeout=25_000
        )

    async def lost_connection(self) -> None:
        await expect(self.page.locator("[data-connection]")).not_to_have_attribute(
            "data-connection", "online", timeout=PATIENCE
        )

    async def has_everything(self) -> None:
        """The parts of the client that are loaded when needed are here: from now on it can do without a network."""
        await self.page.wait_for_function(
            "() => ['WorkPage', 'ShareComposer', 'ChooseDialog', 'PeoplePage'].every(name =>"
            " performance.getEntriesByType('resource').some(one => one.name.includes(name) && one.responseEnd > 0))"
        )

    async def all_said(self) -> list[str]:
        """Every text of the open conversation in its order, older pages fetched until its beginning."""
        beginning = self.page.get_by_text(self.t("chat.beginning"))
        while not await beginning.count():
            await self.log.evaluate("area => { area.scrollTop = 0 }")
            await self.page.wait_for_timeout(50)
        said: list[str] = await self.page.evaluate(_SAID)
        return said

    async def look(self, name: str) -> None:
        """Nothing reaches over the edge; keeps a picture where pictures are wanted."""
        await self.page.wait_for_load_state("domcontentloaded")
        self.complaints += [
            f"{name} scrolls sideways: {area}" for area in await self.page.evaluate(_SIDEWAYS)
        ]
        if PICTURES:
            await self.page.wait_for_timeout(400)  # panels slide in
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            file = f"{self.device.name}-{self.device.language}-{name}.png"
            await self.page.screenshot(path=Path(PICTURES) / file)

    async def panel_stands(self) -> None:
        """The open panel has the whole height, at the right of a desk, over all of a phone."""
        await self._is_still()
        box = await self.page.get_by_role("dialog").bounding_box()
        assert box is not None
        assert (box["y"], box["height"]) == (0, self.device.height), box
        assert box["x"] + box["width"] == self.device.width, box
        assert not self.device.touch or box["x"] == 0, box

    async def _is_still(self) -> None:
        """What is sliding or fading in has not its place and colours yet."""
        await self.page.wait_for_function(
            "() => document.getAnimations().every(one => one.playState !== 'running'"
            " || one.effect.getComputedTiming().iterations === Infinity)"
        )

    async def check_access(self, name: str) -> None:
        """Nothing that axe-core calls serious or critical (WCAG)."""
        await self.look(name)
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.evaluate(_axe_source())
        await self._is_still()
        self.complaints += [f"{name}: {found}" for found in await self.page.evaluate(_AXE_RUN)]


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8") + "; undefined"


class Screens:
    """Opens screens at one house, and closes them all."""

    def __init__(self, windows: Windows, house: House) -> None:
        self.windows = windows
        self.house = house
        self.base = f"http://localhost:{house.settings.port}"
        self.contexts: list[BrowserContext] = []
        self.screens: list[Screen] = []

    async def strange(self, device: Device, agent: str | None = None) -> Screen:
        """The window of somebody who has not signed in, in a browser that knows nothing yet and calls itself `agent`."""
        context = await self.windows.lend(
            _TELL,
            viewport={"width": device.width, "height": device.height},
            locale=device.locale,
            timezone_id="Asia/Shanghai",
            has_touch=device.touch,
            is_mobile=device.touch,
            reduced_motion="reduce",  # what slides and fades is drawn again and again, here without a graphics card
            user_agent=agent,
        )
        self.contexts.append(context)
        screen = Screen(await context.new_page(), device, self.base)
        self.screens.append(screen)
        return screen

    async def of(self, number: str, device: Device, path: str = "/") -> Screen:
        """The window of the person with this staff number, signed in and ready.

        Signed in by a request of this browser: the page for it is test_story's and test_security's.
        """
        screen = await self.strange(device)
        answer = await screen.page.request.post(
            f"{self.base}/api/session",
            data={"login": number, "password": PASSWORD},
            headers={"Idempotency-Key": "sign-in"},
        )
        assert answer.ok, await answer.text()
        await screen.page.add_init_script(_KNOWN)
        await screen.open(path)
        await screen.is_online()
        return screen

    async def close(self) -> None:
        for context in self.contexts:
            await self.windows.take_back(context)

    def complaints(self) -> list[str]:
        return [f"{one.device.name}: {complaint}" for one in self.screens for complaint in one.complaints]
