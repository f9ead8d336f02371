"""Pictures and files: chosen, sent with a message and a share, seen large, saved, and refused in words; on a phone and at a desk."""

import io
import wave

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import FilePayload, Locator

from server.background.reactions import catch_up
from tests.browser.screens import ON_A_PHONE, Device, Screen, Screens
from tests.browser.test_story import group_of, seen
from tests.house import House
from tests.server.files.documents import LETTER
from tests.server.files.documents import paper as pdf

pytestmark = pytest.mark.timeout(120)


def photo(name: str, colour: str, size: tuple[int, int] = (900, 600)) -> FilePayload:
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).ellipse((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill="white")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def paper(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def sound(seconds: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes(16_000 * seconds))
    return out.getvalue()


@ON_A_PHONE
async def test_pictures_and_files_travel_with_messages_and_shares(
    served: House, screens: Screens, device: Device
) -> None:
    group = await group_of(served, ["1004", "1005"], "现场照片", 3)
    screen = await screens.of("1005", device)
    page = screen.page
    other = await screens.of("1004", device)
    await other.open(f"/chat/{group}")
    await screen.open(f"/chat/{group}")
    await seen(screen.pen)
    chooser = page.locator("form input[type=file]")
    await chooser.set_input_files(
        [photo("门口.jpg", "teal"), photo("仓库.jpg", "maroon"), paper("合同.pdf", pdf(2))]
    )
    await seen(page.locator("[data-upload=ready]"), 3)
    await chooser.set_input_files([paper("page.html", b"<html><script>alert(1)</script></html>")])
    refused = page.locator("[data-upload=failed]")
    await seen(refused.filter(has_text=screen.t("problem.field.file.markup")))
    await screen.check_access("files-chosen")
    await screen.button("files.remove", name="page.html").click()
    await seen(refused, 0)
    await page.reload()
    await seen(page.locator("[data-upload=ready]"), 3)
    await screen.button("chat.send").click()

    for one in (screen, other):
        await seen(one.button("files.open_picture", name="门口.jpg"))
        await seen(one.page.get_by_role("button", name=f"{one.t('files.read')} 合同.pdf"))
    await seen(page.locator("[data-upload]"), 0)
    await screen.check_access("files-message")

    page = other.page
    await other.button("files.open_picture", name="门口.jpg").click()
    large = page.get_by_role("dialog")
    await seen(large.get_by_role("img", name="门口.jpg"))
    await other.check_access("files-large")
    await page.keyboard.press("ArrowRight")
    await seen(large.get_by_role("img", name="仓库.jpg"))
    await other.button("files.previous").click()
    await seen(large.get_by_role("img", name="门口.jpg"))
    async with page.expect_download() as saving:
        await large.get_by_role("link", name=other.t("files.download", name="门口.jpg")).click()
    assert (await saving.value).suggested_filename == "门口.jpg"
    await page.keyboard.press("Escape")
    await seen(large, 0)

    await _found_by_name(served, other, group)
    await _share(screens, served, device)


async def _found_by_name(served: House, screen: Screen, group: int) -> None:
    await catch_up(served.company)
    page = screen.page
    await page.keyboard.press("Control+k")
    await page.get_by_text(screen.t("search.files"), exact=True).click()
    await page.get_by_role("combobox", name=screen.t("search.placeholder")).fill("合同")
    found = page.get_by_role("option").filter(has_text="合同.pdf")
    await seen(found)
    await screen.check_access("files-found")
    await found.click()
    await page.wait_for_url(f"**/chat/{group}?at=*")
    await seen(page.locator("[data-found]").get_by_text("合同.pdf"))


async def read(screen: Screen, name: str) -> Locator:
    """A document opened in the page: what is to be read of it."""
    await screen.page.get_by_role("button", name=f"{screen.t('files.read')} {name}").click()
    await seen(screen.page.get_by_role("dialog").get_by_role("heading", name=name))
    return screen.page.locator("[data-preview]")


async def _read_them(reader: Screen) -> None:
    page = reader.page
    sheet = await read(reader, "两页.pdf")
    await seen(sheet.locator("img"), 2)
    await page.wait_for_function("() => document.querySelector('[data-preview] img').naturalWidth === 1400")
    await reader.check_access("files-read-pdf")
    await page.keyboard.press("Escape")
    sheet = await read(reader, "合同.docx")
    await seen(sheet.get_by_role("heading", name="付款条件"))
    await seen(sheet.get_by_role("cell", name="货号"))
    await reader.panel_stands()
    await reader.check_access("files-read-letter")
    await page.keyboard.press("Escape")
    await seen(page.get_by_role("dialog"), 0)
    # Sound is heard from any place: the browser asks for that part only.
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if "/content" in answer.url else None)
    at = await page.locator("audio").evaluate(
        """sound => new Promise((done, wrong) => {
             setTimeout(() => wrong(new Error(`still ${sound.readyState} ${sound.networkState}`)), 15000)
             sound.onerror = () => wrong(new Error('no sound'))
             sound.onseeked = () => done([sound.currentTime, sound.duration])
             sound.onloadedmetadata = () => { sound.currentTime = 50 }
             sound.load(); sound.play().catch(() => undefined)
           })"""
    )
    assert at[0] >= 50
    assert round(at[1]) == 60
    assert 206 in asked


async def _share(screens: Screens, served: House, device: Device) -> None:
    author = await screens.of("1004", device)
    page = author.page
    await author.open("/?share")
    # Files alone are enough.
    await page.locator("[data-attach]").set_input_files(
        [photo(f"{at}.jpg", colour) for at, colour in enumerate(("navy", "olive", "purple", "teal"))]
        + [
            paper("清单.csv", "货号,数量\n1,2\n".encode()),
            paper("两页.pdf", pdf(2)),
            paper("合同.docx", LETTER),
            paper("录音.wav", sound(60)),
        ]
    )
    await seen(page.locator("[data-upload=ready]"), 8)
    await author.check_access("files-share")
    await author.button("feed.everyone").click()
    await author.button("feed.publish").click()
    reader = await screens.of("1005", device)
    await reader.open("/")
    post = reader.post("清单.csv")
    await seen(post.locator("img"), 4)
    await seen(post.get_by_role("link", name=reader.t("files.download", name="清单.csv")))
    await reader.check_access("files-post")
    await _read_them(reader)
