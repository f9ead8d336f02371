"""Work logs: handed in once for each period, scored by whom they were handed in to, called for where they are missing (WORK-13, 14)."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from feed.log.module import PARTS
from feed.log.periods import number_of
from server.background.reactions import catch_up
from server.db.invariant import Invariant
from server.org.models import Person
from tests.feed.board import refusal
from tests.feed.test_filters import listed
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
    person_id,
)
from tests.server.cards.test_carrying import refs

DAILY = {"1": "完成两份报价", "3": "约周四演示"}


async def templates(client: Client) -> dict[str, Any]:
    """By rhythm: those that the house brought along."""
    found = (await client.get("/api/log-templates"))["items"]
    return {one["rhythm"]: one for one in reversed(found)}


async def today(client: Client) -> date:
    return date.fromisoformat((await client.get("/api/log-templates"))["today"])


async def try_hand_in(author: Client, period: date, template: int = 1, **about: Any) -> Any:
    details = {"template": template, "period": str(period), "values": DAILY, **about.pop("details", {})}
    body = {"kind": "log", "text": "", "audience": {}, "details": details, **about}
    return await author.try_post("/api/posts", body)


async def hand_in(author: Client, period: date, template: int = 1, **about: Any) -> Any:
    return (await try_hand_in(author, period, template, **about)).raise_for_status().json()


async def score(client: Client, post: int, given: int) -> Any:
    return await client.http.put(f"/api/posts/{post}/score", json={"score": given})


async def called(client: Client) -> set[int]:
    return {one["ref"]["id"] for one in (await client.get("/api/todos", category="log"))["items"]}


async def set_day(house: House, day: date, kind: str) -> None:
    """It may be that already."""
    administrator = await enter(house, ADMINISTRATOR)
    body = {"kind": kind, "name": "演练"}
    answer = await administrator.http.put(f"/api/calendar/days/{day}", json=body)
    assert answer.status_code in (200, 422)


async def long_here(house: House) -> None:
    """Everybody came to the company a year ago."""
    then = datetime.now(UTC) - timedelta(days=365)
    await house.company.write(lambda work: work.conn.execute(update(Person).values(created_at=then)))


async def hold(house: House) -> None:
    rules = [one for one in PARTS if isinstance(one, Invariant)]
    broken = await house.company.read(
        lambda conn: [rule.says for rule in rules if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []


async def test_a_log_goes_to_the_manager_and_says_under_each_title_what_was_filled_in(shared: House) -> None:
    author, manager, outsider = [await enter(shared, one) for one in (SELLER, MANAGER, OUTSIDER)]
    day = await today(author)
    async with manager.live() as live:
        made = await hand_in(author, day, text=f"@[张伟](person:{manager.id}) 请看")
        seen = await live.event("post.published", id=made["id"])
    post = seen["changes"][0]["data"]
    assert (post["title"], post["audience"]["people"]) == (f"工作日报 {day}", [manager.id])
    assert "**今日完成**\n\n完成两份报价" in post["text"]
    assert post["text"].endswith("请看")
    shown = post["details"]
    assert (shown["kind"], shown["period"], shown["recipients"]) == ("log", str(day), [manager.id])
    assert [one["value"] for one in shown["fields"]] == ["完成两份报价", "", "约周四演示"]
    await catch_up(shared.company)
    found = (await manager.get("/api/search", q="完成两份报价"))["items"]
    assert ("post", made["id"]) in {(one["kind"], one["id"]) for one in found}
    assert made["id"] in await listed(manager, kind="log")
    told = (await manager.get("/api/notifications"))["items"]
    assert "log_handed_in" not in {
        one["kind"] for one in told if one["about"]["id"] == made["id"]
    }  # mentioned
    # As a card, in a message too, its beginning stands below its name; to who may not read it, it says nothing.
    for reader, title, line in (
        (manager, f"工作日报 {day}", "完成两份报价 约周四演示 @张伟 请看"),
        (outsider, "", ""),
    ):
        card = (await reader.post("/api/cards", {"refs": refs(("post", made["id"]))}))["items"][0]
        assert (card["title"], card["subtitle"]) == (title, line)
    assert (await outsider.http.get(f"/api/posts/{made['id']}")).status_code == 404
    assert (await score(outsider, made["id"], 5)).status_code == 404
    await hold(shared)


async def test_refusals_name_the_field_that_is_wrong(shared: House) -> None:
    author, boss = await enter(shared, SECOND_SELLER), await enter(shared, BOSS)
    day = await today(author)
    nobody = 10**9
    for details, field, code in (
        ({"values": {"1": "x"}}, "details.values.3", "required"),
        ({"values": {**DAILY, "1": " "}}, "details.values.1", "required"),
        ({"values": {**DAILY, "2": "x" * 5_001}}, "details.values.2", "too_long"),
        ({"values": {**DAILY, "77": "x"}}, "details.values", "changed"),
        ({"template": nobody}, "details.template", "not_found"),
        ({"period": str(day + timedelta(days=1))}, "details.period", "future"),
        ({"period": str(day - timedelta(days=40))}, "details.period", "too_old"),
        ({"period": "9999-12-31"}, "details.period", "future"),
        ({"recipients": [author.id]}, "details.recipients", "oneself"),
        ({"recipients": [nobody]}, "details.recipients", "not_found"),
        ({"mood": 1}, "details.mood", "unknown"),
    ):
        refused = await try_hand_in(author, day, details=details)
        assert refusal(refused) == (422, "invalid"), details
        assert (refused.json()["errors"][0]["field"], refused.json()["errors"][0]["code"]) == (field, code)
    refused = await try_hand_in(author, day, details={"values": {}})
    assert [one["params"]["title"] for one in refused.json()["errors"]] == ["今日完成", "明日计划"]
    refused = await try_hand_in(author, day, title="我的日报")
    assert refused.json()["errors"][0]["field"] == "title"
    refused = await try_hand_in(author, day, receipts={"people": [boss.id]})
    assert refused.json()["errors"][0]["field"] == "receipts"
    # Who reports to nobody says who sees it.
    assert refusal(await try_hand_in(boss, day)) == (422, "audience_empty")
    assert (await try_hand_in(boss, day, audience={"people": [author.id]})).status_code == 201


async def test_a_second_one_is_led_to_the_first_however_closely_it_follows(shared: House) -> None:
    author = await enter(shared, SELLER)
    day = await today(author) - timedelta(days=3)
    answers = await asyncio.gather(*[try_hand_in(author, day) for _ in range(4)])
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    first = next(one.json()["id"] for one in answers if one.status_code == 201)
    for refused in (one for one in answers if one.status_code == 409):
        error = refused.json()["errors"][0]
        assert (refused.json()["code"], error["field"], error["params"]) == (
            "duplicate",
            "details.period",
            {"post": first},
        )
    mine = (await author.get("/api/log-templates"))["mine"]
    assert {"template_id": 1, "period": str(day), "post_id": first} in mine
    # Another period, another template and another person are other logs; a deleted one makes room.
    week = (await templates(author))["week"]
    weekly = {"values": {"1": "拜访六家", "3": "蓝湖盖章"}}
    assert (await try_hand_in(author, day, week["id"], details=weekly)).status_code == 201
    assert (await try_hand_in(author, day + timedelta(days=1))).status_code == 201
    assert (await try_hand_in(await enter(shared, SECOND_SELLER), day)).status_code == 201
    await author.delete(f"/api/posts/{first}")
    await hold(shared)
    assert (await try_hand_in(author, day)).status_code == 201
    await hold(shared)


async def test_whom_it_was_handed_in_to_scores_it_and_only_they_and_the_writer_see(shared: House) -> None:
    author, manager, reader = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    boss = await enter(shared, BOSS)
    day = await today(author) - timedelta(days=5)
    to = {"recipients": [manager.id, boss.id]}
    post = (await hand_in(author, day, audience={"people": [reader.id]}, details=to))["id"]
    async with author.live() as phone, reader.live() as other:
        given = (await score(manager, post, 3)).json()
        assert [(one["person_id"], one["score"]) for one in given["scores"]] == [(manager.id, 3)]
        assert (await phone.event("log.scored", post_id=post))["changes"][0]["data"] == given
        assert (await score(manager, post, 3)).json() == given
        await score(boss, post, 5)
        await score(manager, post, 4)
        await phone.until(
            lambda frame: any(
                [one["score"] for one in sorted(change["data"]["scores"], key=lambda one: one["person_id"])]
                == [5, 4]
                for event in frame.get("events", [])
                for change in event["changes"]
                if change["kind"] == "log_scores"
            )
        )
        await other.quiet()
        assert not [one for one in other.events if one["type"] == "log.scored"]
    for one in (author, manager, boss, reader):
        also = (await one.get(f"/api/posts/{post}"))["also"]
        ops = [change["op"] for change in also if (change["kind"], change["id"]) == ("log_scores", post)]
        assert ops == (["drop"] if one is reader else ["put"])
    for one in (author, reader):
        assert refusal(await score(one, post, 1)) == (403, "forbidden")
    assert refusal(await score(manager, post, 6)) == (422, "invalid")
    await catch_up(shared.company)
    told = [one for one in (await author.get("/api/notifications"))["items"] if one["kind"] == "log_scored"]
    assert sorted(one["actor_id"] for one in told if one["about"]["id"] == post) == sorted(
        [manager.id, boss.id]
    )
    await author.delete(f"/api/posts/{post}")
    assert refusal(await score(manager, post, 1)) == (404, "not_found")


async def test_who_has_not_handed_in_is_seen_by_the_manager_and_called_for(shared: House) -> None:
    await long_here(shared)
    manager, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    third = await person_id(shared, "1007")
    day = await today(manager) - timedelta(days=7)
    await set_day(shared, day, "workday")
    await first.post(f"/api/people/{first.id}/absences", {"from_day": str(day), "to_day": str(day)})
    path = f"/api/log-templates/1/periods/{day}"

    async def states() -> dict[int, str]:
        items = (await manager.get(path))["items"]
        return {one["person_id"]: one["state"] for one in items}

    assert await states() == {first.id: "off", second.id: "missing", third: "missing"}
    assert [one["person_id"] for one in (await manager.get(path, state="missing", limit=1))["items"]] == [
        second.id
    ]
    number = number_of(1, day)
    async with second.live() as phone:
        keys = ["a", "b"]
        answers = await asyncio.gather(
            *[manager.try_post(f"{path}/remind", {}, key=f"{day}{one}") for one in keys]
        )
        assert sorted(one.status_code for one in answers) == [200, 429]
        assert {one.json().get("reminded") for one in answers if one.status_code == 200} == {2}
        asked = await phone.event("log.called_for", asked_by=manager.id)
        assert (asked["changes"][0]["kind"], asked["changes"][0]["id"]) == ("todo/log", number)
        again = [await manager.try_post(f"{path}/remind", {}, key=f"{day}{one}") for one in keys]
        assert sorted(one.status_code for one in again) == [200, 429]  # the same keys: the same answers
        assert next(one for one in again if one.status_code == 429).json()["until"]
        await catch_up(shared.company)
        told = (await second.get("/api/notifications"))["items"][0]
        assert (told["kind"], told["about"]["id"], told["title"]) == (
            "log_called_for",
            number,
            f"工作日报 {day}",
        )
        assert number in await called(second)
        assert number not in await called(first)
        post = (await hand_in(second, day))["id"]
        await phone.event("log.handed_in")
    assert number not in await called(second)
    assert await states() == {first.id: "off", second.id: "late", third: "missing"}
    counts = (await manager.get(path))["counts"]
    assert counts == {"on_time": 0, "late": 1, "missing": 1, "open": 0, "off": 1}
    row = next(one for one in (await manager.get(path))["items"] if one["person_id"] == second.id)
    assert row["post_id"] == post
    # The boss sees it in the list, but was not named: no way to the log itself.
    boss = await enter(shared, BOSS)
    row = next(one for one in (await boss.get(path))["items"] if one["person_id"] == second.id)
    assert (row["state"], row["post_id"]) == ("late", None)
    assert (await first.get(path))["items"] == []  # nobody reports to them
    # A deleted log is called for again.
    await second.delete(f"/api/posts/{post}")
    assert number in await called(second)
    assert (await shared.anonymous().http.get(path)).status_code == 401
    for wrong in ("2026-13-01", "heute", "1999-01-01"):
        assert (await manager.http.get(f"/api/log-templates/1/periods/{wrong}")).status_code == 404
    ahead = await today(manager) + timedelta(days=1)
    refused = await manager.try_post(f"/api/log-templates/1/periods/{ahead}/remind", {})
    assert refusal(refused) == (409, "wrong_state")


async def test_days_off_are_no_missed_days_and_today_is_not_late(shared: House) -> None:
    await long_here(shared)
    manager, seller = await enter(shared, MANAGER), await enter(shared, SELLER)
    now = await today(manager)
    off = now - timedelta(days=9)
    await set_day(shared, off, "holiday")
    await set_day(shared, now, "workday")
    counts = (await manager.get(f"/api/log-templates/1/periods/{off}"))["counts"]
    assert (counts["missing"], counts["off"]) == (0, 3)
    refused = await manager.try_post(f"/api/log-templates/1/periods/{off}/remind", {})
    assert refusal(refused) == (409, "not_pending")
    await hand_in(seller, off)  # whoever works on a day off may say so
    counts = (await manager.get(f"/api/log-templates/1/periods/{off}"))["counts"]
    assert (counts["late"], counts["off"]) == (1, 2)
    counts = (await manager.get(f"/api/log-templates/1/periods/{now}"))["counts"]
    assert counts["missing"] == 0
    assert counts["open"] > 0


async def test_an_administrator_changes_what_is_asked_and_what_was_written_stays(shared: House) -> None:
    administrator, seller, manager = [await enter(shared, one) for one in (ADMINISTRATOR, SELLER, MANAGER)]
    asked = [
        {"title": "拜访家数", "type": "number", "required": True, "unit": "家"},
        {"title": "状态", "type": "choice", "choices": ["顺利", "一般"]},
    ]
    new = {"name": "拜访日志", "rhythm": "day", "due_days": 0, "fields": asked}
    assert refusal(await seller.try_post("/api/log-templates", new)) == (403, "forbidden")
    async with seller.live() as live:
        made = await administrator.post("/api/log-templates", new)
        await live.event("log_template.changed", id=made["id"])
    assert [one["key"] for one in made["fields"]] == [1, 2]
    day = await today(seller)
    for values, field, code in (
        ({"1": "三家"}, "details.values.1", "number"),
        ({"1": "1e9"}, "details.values.1", "number"),
        ({"1": "3", "2": "很好"}, "details.values.2", "choice"),
    ):
        refused = await try_hand_in(seller, day, made["id"], details={"values": values})
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    log = await hand_in(seller, day, made["id"], details={"values": {"1": "3.5", "2": "顺利"}})
    assert log["text"] == "**拜访家数** 3.5 家\n\n**状态** 顺利"
    # Changed: a field gone, one renamed, one new with a key of its own; what was handed in stays as it was asked.
    path = f"/api/log-templates/{made['id']}"
    fields = [{**made["fields"][1], "title": "心情"}, {"title": "备注", "type": "text"}]
    body = {"version": 1, "name": "走访日志", "due_days": 1, "fields": fields, "is_active": True}
    assert (await manager.http.put(path, json=body)).status_code == 403
    changed = (await administrator.http.put(path, json=body)).json()
    assert [(one["key"], one["title"]) for one in changed["fields"]] == [(2, "心情"), (3, "备注")]
    assert (changed["version"], (await administrator.http.put(path, json=body)).status_code) == (2, 409)
    same = {**body, "version": 2, "fields": changed["fields"]}
    assert (await administrator.http.put(path, json=same)).json()["version"] == 2
    kept = (await seller.get(f"/api/posts/{log['id']}"))["item"]
    assert (kept["title"], kept["details"]) == (log["title"], log["details"])
    refused = await try_hand_in(seller, day - timedelta(days=1), made["id"], details={"values": {"1": "3"}})
    assert refused.json()["errors"][0]["code"] == "changed"
    for wrong, field in (
        ({"fields": []}, "fields"),
        ({"fields": [{"title": " ", "type": "text"}]}, "fields[0].title"),
        ({"fields": [{"title": "a", "type": "text"}] * 2}, "fields[1].title"),
        ({"fields": [{"title": "a", "type": "choice", "choices": ["x"]}]}, "fields[0].choices"),
        ({"fields": [{"key": 1, "title": "a", "type": "text"}]}, "fields[0].key"),
        ({"name": ""}, "name"),
        ({"due_days": 11}, "due_days"),
    ):
        refused = await administrator.http.put(path, json={**body, "version": 2, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    # Offered no longer: nobody writes by it, nobody is called for it.
    await administrator.put(path, {**same, "is_active": False})
    refused = await try_hand_in(seller, day - timedelta(days=1), made["id"], details={"values": {}})
    assert refused.json()["errors"][0]["field"] == "details.template"
    refused = await manager.try_post(f"{path}/periods/{day}/remind", {})
    assert refusal(refused) == (409, "wrong_state")


async def test_a_log_is_corrected_by_its_writer_under_what_was_asked_then(shared: House) -> None:
    author, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    day = await today(author) - timedelta(days=11)
    post = (await hand_in(author, day))["id"]
    path = f"/api/posts/{post}/log"
    change = {"version": 1, "values": {**DAILY, "1": "完成三份报价"}, "text": "更正"}
    async with manager.live() as live:
        changed = (await author.http.put(path, json=change)).json()
        await live.event("post.changed", id=post)
    assert (changed["version"], changed["details"]["remark"]) == (2, "更正")
    assert changed["details"]["fields"][0]["value"] == "完成三份报价"
    assert changed["text"].endswith("更正")
    before = (await manager.get(f"/api/posts/{post}/versions"))["items"]
    assert "完成两份报价" in before[0]["text"]
    assert (await author.http.put(path, json=change)).json()["version"] == 2  # the same again
    stale = await author.http.put(path, json={**change, "text": "再改"})
    assert refusal(stale) == (409, "stale_version")
    empty = await author.http.put(path, json={**change, "version": 2, "values": {"1": "x"}})
    assert empty.json()["errors"][0]["field"] == "values.3"
    assert refusal(await manager.http.put(path, json=change)) == (403, "forbidden")
    plain = await author.http.patch(f"/api/posts/{post}", json={"version": 2, "text": "x"})
    assert refusal(plain) == (409, "wrong_state")


async def test_who_leaves_is_called_for_nothing(shared: House) -> None:
    await long_here(shared)
    administrator, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    leaver = await person_id(shared, "1024")
    day = await today(boss) - timedelta(days=13)
    await set_day(shared, day, "workday")
    path = f"/api/log-templates/1/periods/{day}"
    await boss.post(f"{path}/remind", {})
    assert leaver in {one["person_id"] for one in (await boss.get(path, limit=100))["items"]}
    await administrator.put(f"/api/people/{leaver}/resignation", {"reason": "", "pass_reports_up": True})
    assert leaver not in {one["person_id"] for one in (await boss.get(path, limit=100))["items"]}
    await hold(shared)
    await administrator.delete(f"/api/people/{leaver}/resignation")
