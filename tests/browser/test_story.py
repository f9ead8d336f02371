"""The story that the product exists for, as people live it: on a phone in Chinese, at a desk in English."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import update

from chat import conversations, messages
from chat.models import Message
from server.permissions.actor import load_actor
from server.work.work import Work
from tests.browser.screens import AT_A_DESK, BOTH, DESK, PATIENCE, PHONE, Device, Screen, Screens
from tests.house import Client, House

pytestmark = pytest.mark.timeout(150)  # alone each takes some seconds; the machine may be shared


async def seen(what: Locator, times: int = 1) -> None:
    await expect(what).to_have_count(times, timeout=PATIENCE)
    if times:
        await expect(what.first).to_be_visible(timeout=PATIENCE)


async def person_id(client: Client, number: str) -> int:
    return int((await client.get("/api/people", q=number))["items"][0]["id"])


async def group_of(house: House, members: list[str], name: str, said: int) -> int:
    """A group whose first member has said this much: the older half two days ago, the rest now."""
    asker = await house.sign_in(members[0])
    owner, *others = [await person_id(asker, number) for number in members]

    def fill(work: Work) -> int:
        actor = load_actor(work.conn, owner)
        assert actor is not None
        group = conversations.start_group(work, actor, name, others, [])
        sends = [messages.prepare(owner, group, f"seed-{n}", f"第{n}句", None) for n in range(1, said + 1)]
        messages.send_many(work, sends)
        older = (Message.conversation_id == group) & (Message.number <= said // 2)
        work.conn.execute(update(Message).where(older).values(created_at=work.now - timedelta(days=2)))
        return group

    return (await house.company.write(fill)).value


@asynccontextmanager
async def held(house: House) -> AsyncIterator[None]:
    """The server takes messages and receipts, and does not get to them until this ends."""
    go = asyncio.Event()
    company: Any = house.company
    small = company.small

    async def later(kind: str, act: Any) -> Any:
        await go.wait()
        return await small(kind, act)

    company.small = lambda kind, act: asyncio.ensure_future(later(kind, act))
    try:
        yield
    finally:
        del company.small
        go.set()


async def stays(screen: Screen) -> None:
    """From here on a reload of the page would be noticed by `stayed`."""
    await screen.page.evaluate("() => { window.stays = true }")


async def stayed(screen: Screen) -> None:
    assert await screen.page.evaluate("() => window.stays === true"), "the page was loaded again"


async def write_share(screen: Screen, lines: list[str], mention: str, department: str) -> None:
    """Writes a numbered list that mentions somebody, for a department, with receipts from all of it."""
    page = screen.page
    await page.locator("[data-write=share]").click()
    text = page.get_by_label(screen.t("feed.share_text"))
    await text.click()
    await page.keyboard.type(f"1. {lines[0]}")
    for line in lines[1:]:
        await page.keyboard.press("Enter")  # the list goes on by itself
        await page.keyboard.type(line)
    await page.keyboard.type(f" @{mention}")
    await page.get_by_role("option").filter(has_text=mention).first.click()
    await screen.button("feed.choose").click()
    await page.get_by_placeholder(screen.t("feed.search_departments")).fill(department)
    await page.get_by_role("checkbox", name=re.compile(department)).check()
    await screen.button("feed.choose_done", count=1).click()
    await page.get_by_role("switch", name=screen.t("feed.require_receipts")).check(force=True)


@BOTH
async def test_signing_in_opens_work_with_chat_first_in_the_menu(screens: Screens, device: Device) -> None:
    screen = await screens.strange(device)
    await screen.open()
    await screen.sign_in("1005", "not-the-password")
    await seen(screen.page.get_by_text(screen.t("problem.wrong_credentials")))
    await screen.look("sign-in-refused")
    await screen.sign_in("1005")
    await seen(screen.heading("nav.work"))
    await seen(screen.post("九五折"))
    first = screen.menu.locator("li a").first
    await expect(first).to_contain_text(screen.t("nav.chat"))
    await expect(screen.menu.locator("[aria-current=page]")).to_contain_text(screen.t("nav.work"))
    await screen.badge("todos", 2)
    await screen.look("work")
    for place, name in [("nav.todos", "todos"), ("nav.chat", "chat"), ("nav.me", "me")]:
        if name != "me" or device is PHONE:
            await screen.place(place).click()
        else:
            await screen.menu.get_by_role("link").last.click()
        await seen(screen.heading(place))
        await screen.look(name)
    await screen.open("/nowhere")
    await seen(screen.page.get_by_text(screen.t("ui.not_found"), exact=True))
    await screen.look("not-found")


async def test_a_share_with_receipts_from_its_author_to_all_devices_of_its_readers(screens: Screens) -> None:
    author = await screens.of("1003", DESK)
    reader, second = await screens.of("1005", PHONE), await screens.of("1005", DESK)
    for screen in (reader, second):
        await screen.badge("todos", 2)
        await stays(screen)
    lines = ["周五前把报价核对一遍", "改动写在表里"]
    await write_share(author, lines, "刘洋", "销售一部")
    await author.look("composer")
    await author.button("feed.publish").click()
    theirs = author.post(lines[0])
    await seen(theirs)
    await seen(theirs.get_by_text(author.t("feed.confirmed_of", done=0, asked=4)))

    await reader.badge("todos", 3)
    await second.badge("todos", 3)
    await reader.button("feed.fresh", count=1).click()
    post = reader.post(lines[0])
    await seen(post.locator("ol > li"), 2)
    await seen(post.get_by_text("@刘洋"))
    await post.get_by_role("button", name=reader.t("feed.received")).scroll_into_view_if_needed()
    await reader.look("asked")
    await post.get_by_role("button", name=reader.t("feed.received")).dblclick()
    await reader.received(post)
    await seen(post.get_by_text(reader.t("feed.confirmed_of", done=1, asked=4)))
    for screen in (reader, second):
        await screen.badge("todos", 2)
        await stayed(screen)
    await reader.look("received")

    await seen(theirs.get_by_text(author.t("feed.confirmed_of", done=1, asked=4)))
    await theirs.get_by_role("button", name=author.t("feed.who")).click()
    panel = author.page.get_by_role("dialog")
    missing = panel.locator("[data-column=unread]")
    for name in ("张伟", "赵婷婷", "孙磊"):
        await seen(missing.get_by_role("listitem").filter(has_text=name))
    confirmed = panel.locator("[data-column=confirmed]").get_by_role("listitem")
    await seen(confirmed.filter(has_text="刘洋"))
    await author.look("panel")
    phone = await screens.of("1003", PHONE)
    await phone.post(lines[0]).get_by_role("button", name=phone.t("feed.who")).click()
    await author.button("feed.remind", count=3).click()
    await seen(author.page.get_by_text(author.t("feed.reminded_count", count=3)))
    waits = re.compile(author.t("feed.remind_after", time=r"\d+:\d\d"))
    await expect(author.page.get_by_role("button", name=waits)).to_be_disabled(timeout=PATIENCE)
    # On another device the button does not know yet: it is refused, and says when.
    await phone.button("feed.remind", count=3).click()
    waits = re.compile(phone.t("feed.remind_after", time=r"\d+:\d\d"))
    await expect(phone.page.get_by_role("button", name=waits)).to_be_disabled(timeout=PATIENCE)
    await phone.look("panel")


async def test_a_conversation_of_two_and_a_group_with_a_long_past(screens: Screens, served: House) -> None:
    await group_of(served, ["1004", "1005", "1006"], "蓝湖二期", 300)
    desk, phone = await screens.of("1004", DESK, "/chat"), await screens.of("1005", PHONE)
    await desk.conversation("刘洋").click()
    await phone.place("nav.chat").click()
    await phone.look("chat-list")
    await seen(phone.conversation("张伟").get_by_text("3", exact=True), 0)

    async with held(served):
        await desk.pen.fill("明天几点出发？")
        await desk.page.keyboard.press("Enter")
        await seen(desk.log.get_by_text(desk.t("chat.sending")))
        await seen(phone.conversation("张伟").get_by_text("明天几点出发？"), 0)
    await seen(desk.log.get_by_text(desk.t("chat.sending")), 0)
    await seen(desk.log.get_by_text(desk.t("chat.sent"), exact=True))
    await seen(phone.conversation("张伟").get_by_text("明天几点出发？"))
    await phone.conversation("张伟").click()
    await seen(phone.log.get_by_text("明天几点出发？"))
    await seen(phone.log.get_by_text("今天", exact=True))

    await phone.pen.press_sequentially("九点", delay=30)
    await seen(desk.page.get_by_text(desk.t("chat.typing", names="刘洋")))
    await desk.look("conversation")
    await phone.button("chat.send").click()
    await seen(desk.log.get_by_text("九点", exact=True))
    await seen(desk.page.get_by_text(desk.t("chat.typing", names="刘洋")), 0)
    await phone.look("conversation")

    await phone.page.get_by_label(phone.t("ui.back"), exact=True).click()
    before = await phone.menu.locator("[data-badge=chat]").inner_text()
    assert before in ("99+", "300")
    await phone.conversation("蓝湖二期").click()
    await phone.pen.fill("看完了 ")
    await phone.page.get_by_label(phone.t("ui.mention"), exact=True).click()
    await phone.page.get_by_role("option").filter(has_text="张伟").click()
    await phone.look("mention")
    await phone.button("chat.send").click()
    await seen(desk.conversation("蓝湖二期").get_by_text(desk.t("chat.mentioned_you")))
    await desk.conversation("蓝湖二期").click()
    await seen(desk.log.get_by_text("@张伟"))
    await seen(desk.conversation("蓝湖二期").get_by_text(desk.t("chat.mentioned_you")), 0)
    await desk.look("group")
    said = await desk.all_said()
    assert said[:300] == [f"第{n}句" for n in range(1, 301)]
    assert len(said) == 301
    await desk.log.evaluate("area => { area.scrollTop = 0 }")
    await seen(desk.log.get_by_text(desk.t("chat.beginning")))
    # A heading above the first message of each day.
    await seen(desk.log.get_by_text(re.compile(r"^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")))


async def test_a_server_that_dies_and_returns_is_found_again_without_a_reload(
    screens: Screens, served: House
) -> None:
    desk, phone = await screens.of("1004", DESK, "/chat"), await screens.of("1005", PHONE)
    await desk.conversation("刘洋").click()
    await seen(desk.log.get_by_text("收到，我下午就跟他们说"))
    await desk.write("断开之前")
    await seen(desk.log.get_by_text(desk.t("chat.sent"), exact=True))
    for screen in (desk, phone):
        await stays(screen)
    await phone.badge("todos", 2)
    await phone.has_everything()
    await served.stop()
    await served.server.lifespan.shutdown()
    for screen in (desk, phone):
        await screen.lost_connection()
    away = ["离线一", "离线二", "离线三"]
    for text in away:
        await desk.write(text)
        await seen(desk.log.get_by_text(text))
    await seen(desk.log.get_by_text(desk.t("chat.sent"), exact=True))
    await desk.look("server-away")
    post = phone.post("九五折")
    await post.get_by_role("button", name=phone.t("feed.received")).click()
    await phone.page.locator("[data-write=share]").click()
    await phone.page.get_by_label(phone.t("feed.share_text")).fill("断线时写的分享")
    await phone.button("feed.everyone").click()
    await phone.look("composer")
    await phone.button("feed.publish").click()
    await seen(phone.page.locator("[data-waiting]").get_by_text("断线时写的分享"))
    await phone.look("server-away")

    await served.start()
    for screen in (desk, phone):
        await screen.is_online()
    await phone.badge("todos", 1)
    await phone.received(post)
    await seen(phone.post("断线时写的分享"))
    await seen(phone.page.locator("[data-waiting]"), 0)
    await seen(desk.log.get_by_text(desk.t("chat.sending")), 0)
    await phone.place("nav.chat").click()
    await phone.conversation("张伟").click()
    await seen(phone.log.get_by_text("离线三"))
    for screen in (desk, phone):
        assert (await screen.all_said())[-4:] == ["断开之前", *away]
        await stayed(screen)
    again = await served.sign_in("1001")
    texts = [post["text"] for post in (await again.get("/api/posts", limit=20))["items"]]
    assert texts.count("断线时写的分享") == 1


async def test_a_browser_that_was_away_gets_what_it_missed(screens: Screens, served: House) -> None:
    phone = await screens.of("1005", PHONE, "/chat")
    await phone.conversation("张伟").click()
    await seen(phone.log.get_by_text("收到，我下午就跟他们说"))
    before = await phone.all_said()
    await stays(phone)
    await phone.page.context.set_offline(True)
    await phone.lost_connection()
    await phone.write("我在电梯里")
    await seen(phone.log.get_by_text(phone.t("chat.waiting")))
    await phone.look("offline")
    other, head = await served.sign_in("1004"), await served.sign_in("1003")
    conversation = int(phone.page.url.rsplit("/", 1)[1])
    missed = [f"错过第{n}句" for n in range(1, 31)]
    for n, text in enumerate(missed):
        await other.post(f"/api/conversations/{conversation}/messages", {"client_id": f"m{n}", "text": text})
    everyone = {"everyone": True, "departments": [], "people": []}
    await head.post("/api/posts", {"kind": "share", "text": "错过的分享", "audience": everyone})
    await phone.page.context.set_offline(False)
    await phone.is_online()
    await seen(phone.log.get_by_text(phone.t("chat.waiting")), 0)
    assert await phone.all_said() == [*before, *missed, "我在电梯里"]
    await phone.page.get_by_label(phone.t("ui.back"), exact=True).click()
    await phone.badge("chat", 5)  # the group of the demo; nothing of what was read
    await phone.place("nav.work").click()
    await seen(phone.post("错过的分享"))
    await stayed(phone)


async def test_a_page_opened_without_a_network_comes_with_it(screens: Screens, served: House) -> None:
    phone = await screens.of("1005", PHONE, "/todos")
    await stays(phone)
    await phone.page.context.set_offline(True)
    await phone.lost_connection()
    await phone.place("nav.me").click()
    await phone.place("nav.chat").click()
    await phone.look("page-without-network")
    await phone.page.context.set_offline(False)
    await phone.is_online()
    await seen(phone.conversation("张伟"))
    await phone.place("nav.me").click()
    await seen(phone.button("me.sign_out"))
    await stayed(phone)


STAFF = """姓名,手机,邮箱,工号,部门,职位,直属上级
韩梅,13900020001,hanmei@farbridge.example,2001,华东/销售三部,客户经理,1003
李雷,13900020002,,2002,华东/销售一部,客户经理,9999
"""


@AT_A_DESK
async def test_a_staff_list_becomes_people_who_can_enter(screens: Screens, device: Device) -> None:
    admin = await screens.of("1002", device, "/people/import")
    page = admin.page
    await admin.look("import")
    file: Any = {"name": "员工名单.csv", "mimeType": "text/csv", "buffer": STAFF.encode("utf-8-sig")}
    await page.locator("input[type=file]").set_input_files(file)
    await seen(page.get_by_text(admin.t("people.would")))
    refused = page.locator("[data-row='3']")
    await expect(refused).to_contain_text("李雷")
    await expect(refused).to_contain_text(admin.t("import.error.manager_unknown"))
    await page.get_by_role("button", name=admin.t("people.all_rows")).click()
    await expect(page.locator("[data-row='2']")).to_have_attribute("data-outcome", "created")
    await admin.look("dry-run")
    await admin.button("people.import_now", count=1).click()
    await seen(page.get_by_text(admin.t("people.did", count=2)))
    await admin.button("people.show_links", count=1).click()
    link = await page.locator("code").inner_text()
    await admin.look("links")

    new = await screens.strange(device)
    await new.page.goto(link)
    await seen(new.page.get_by_text(new.t("join.welcome", name="韩梅")))
    await new.look("join")
    await new.page.get_by_label(new.t("join.password"), exact=True).fill("hanmei-juhua-2026")
    await new.button("join.enter").click()
    await seen(new.heading("nav.work"))
    await new.look("first-work")


@BOTH
async def test_every_screen_can_be_used_by_everybody(screens: Screens, device: Device) -> None:
    screen = await screens.strange(device)
    page = screen.page
    await screen.open()
    await seen(screen.button("sign_in.enter"))
    await screen.check_access("sign-in")
    await screen.sign_in("1002")
    post = screen.post("开票信息")
    await seen(post.get_by_text(re.compile(r"\d+ / \d+")))
    await screen.check_access("work-administrator")
    await page.emulate_media(color_scheme="dark")
    await screen.check_access("work-dark")
    await page.emulate_media(color_scheme="light")
    await page.locator("[data-write=share]").click()
    await page.get_by_role("switch", name=screen.t("feed.require_receipts")).check(force=True)
    await screen.panel_stands()
    await screen.check_access("composer-empty")
    await page.keyboard.press("Escape")
    await seen(page.get_by_role("dialog"), 0)
    await post.get_by_role("button", name=screen.t("feed.who")).click()
    await seen(page.get_by_role("dialog").get_by_role("listitem").first)
    await screen.panel_stands()
    await screen.check_access("panel-administrator")
    await page.keyboard.press("Escape")
    await seen(page.get_by_role("dialog"), 0)
    await screen.place("nav.chat").click()
    await seen(screen.conversation("王建国"))
    await screen.check_access("chat-administrator")
    await screen.conversation("王建国").click()
    await seen(screen.log.get_by_text("好，辛苦"))
    await screen.check_access("conversation-administrator")
    await page.emulate_media(color_scheme="dark")
    await screen.check_access("conversation-dark")
    await page.emulate_media(color_scheme="light")
    await screen.open("/people")
    await seen(screen.heading("people.title"))
    await seen(page.get_by_text("Amy Chen").first)
    await screen.check_access("people")
    await screen.open("/people/import")
    await seen(page.get_by_text(screen.t("people.choose_file")))
    await screen.check_access("import-administrator")
