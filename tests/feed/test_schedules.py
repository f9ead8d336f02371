"""Schedule items: own and shared, the invited answer, a moved time asks anew, reminders come once (WORK-18)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from feed.schedule import turns
from server.background.reactions import catch_up
from tests.feed.board import publish, refusal, set_clock
from tests.feed.planning import answer, counts, days_in, hold, plan, times, try_plan, waiting
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OTHER_MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
    person_id,
)
from tests.server.api.samples import day_from_now
from tests.server.cards.test_carrying import refs


async def notices(client: Client, post: int) -> list[str]:
    found = (await client.get("/api/notifications"))["items"]
    return [one["kind"] for one in found if one["about"] == {"kind": "post", "id": post}]


async def test_the_invited_answer_with_a_word_and_everybody_of_them_sees_how_many_come(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    stranger = await enter(shared, OUTSIDER)
    async with first.live() as phone, author.live() as wall:
        post = await plan(author, [first.id, second.id, author.id], details={"place": "会议室"})
        given = await phone.event("schedule.invited", post_id=post)
        assert {one["kind"] for one in given["changes"]} == {"invitation", "todo/schedule"}
        assert post in await waiting(first) & await waiting(second)
        assert post not in await waiting(author)  # who plans it comes
        said = (await answer(first, post, "accepted", "晚到十分钟")).json()
        assert (said["state"], said["answer"], said["word"]) == ("answered", "accepted", "晚到十分钟")
        await wall.event("schedule.counted", post_id=post, asked=2, accepted=1)
    assert post not in await waiting(first)
    # The same again is the same; another answer counts instead.
    assert (await answer(first, post, "accepted", "晚到十分钟")).json() == said
    await answer(second, post, "declined")
    assert await counts(author, post) == (2, 1, 0, 1)
    await answer(second, post, "tentative")
    assert await counts(second, post) == (2, 1, 1, 0)
    rows = {one["person_id"]: one for one in (await author.get(f"/api/posts/{post}/invitations"))["items"]}
    assert (rows[first.id]["word"], rows[second.id]["answer"]) == ("晚到十分钟", "tentative")
    # What was said with an answer is for who invited.
    seen = (await second.get(f"/api/posts/{post}/invitations"))["items"]
    assert {one["person_id"]: one["word"] for one in seen} == {first.id: "", second.id: ""}
    also = (await second.get(f"/api/posts/{post}"))["also"]
    assert {(one["kind"], one["op"]) for one in also} >= {("invitation", "put"), ("tally/schedule", "put")}
    for path in (f"/api/posts/{post}", f"/api/posts/{post}/invitations"):
        assert (await stranger.http.get(path)).status_code == 404
    assert refusal(await answer(stranger, post, "accepted")) == (404, "not_found")
    assert refusal(await answer(author, post, "accepted")) == (403, "not_required")
    await hold(shared)


async def test_a_moved_time_asks_again_and_an_earlier_answer_is_known_as_such(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    when = times(4)
    post = await plan(author, [first.id, second.id], details=when)
    await answer(first, post, "accepted")
    # Another place asks nobody, but who saw the earlier one must look first.
    placed = await author.put(f"/api/posts/{post}/schedule", {**when, "place": "二楼"})
    assert (placed["details"]["place"], placed["details"]["sequence"]) == ("二楼", 1)
    assert await counts(author, post) == (2, 1, 0, 0)
    assert refusal(await answer(second, post, "accepted", sequence=0)) == (409, "wrong_state")
    assert await author.put(f"/api/posts/{post}/schedule", {**when, "place": "二楼"}) == placed
    async with first.live() as phone:
        await author.put(f"/api/posts/{post}/schedule", {**times(26), "place": "二楼"})
        asked = await phone.event("schedule.invited", post_id=post)
        assert asked["changes"][0]["data"]["answer"] == "accepted"
    assert post in await waiting(first) & await waiting(second)
    assert await counts(author, post) == (2, 0, 0, 0)
    rows = (await author.get(f"/api/posts/{post}/invitations"))["items"]
    assert {one["person_id"]: (one["answer"], one["earlier"]) for one in rows} == {
        first.id: ("accepted", True),
        second.id: ("", False),
    }
    await catch_up(shared.company)
    assert await notices(first, post) == await notices(second, post) == ["schedule_moved"]
    assert (await answer(first, post, "declined", sequence=2)).status_code == 200
    assert await counts(author, post) == (2, 0, 0, 1)
    await hold(shared)


async def test_a_cancelled_item_waits_for_nobody_and_tells_who_might_have_come(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    post = await plan(author, [first.id, second.id], details={"reminders": [15, 60]})
    await answer(second, post, "declined")
    async with first.live() as phone:
        cancelled = await author.put(f"/api/posts/{post}/cancellation")
        await phone.event("schedule.ended", post_id=post, state="ended")
    assert (cancelled["details"]["state"], cancelled["details"]["sequence"]) == ("cancelled", 1)
    assert await author.put(f"/api/posts/{post}/cancellation") == cancelled
    assert post not in await waiting(first)
    await catch_up(shared.company)
    assert (await notices(first, post), await notices(second, post)) == (["schedule_cancelled"], [])
    reminders = (await first.get("/api/reminders"))["items"]
    assert not [one for one in reminders if one["about"]["id"] == post]
    assert refusal(await answer(first, post, "accepted", sequence=1)) == (409, "wrong_state")
    moved = await author.http.put(f"/api/posts/{post}/schedule", json=times(30))
    assert (refusal(moved), moved.json()["reason"]) == ((409, "wrong_state"), "cancelled")
    card = (await first.post("/api/cards", {"refs": refs(("post", post))}))["items"][0]
    assert (card["sort"], card["state"]) == ("schedule", "cancelled")
    gone = await plan(author, [first.id], details={"reminders": [15]})
    async with first.live() as phone:
        await author.delete(f"/api/posts/{gone}")
        await phone.event("schedule.withdrawn")
    assert gone not in await waiting(first)
    await hold(shared)


async def test_addressed_to_nobody_it_is_ones_own(shared: House) -> None:
    author, boss = await enter(shared, SELLER), await enter(shared, BOSS)
    post = await plan(author, [], audience={}, text="取护照\n带照片")
    assert (await author.get(f"/api/posts/{post}"))["item"]["audience"]["people"] == [author.id]
    assert (await boss.http.get(f"/api/posts/{post}")).status_code == 404
    today, later = day_from_now(-1), day_from_now(2)
    assert len(await days_in(author, today, later, post)) == 1
    assert await days_in(boss, today, later, post) == []
    refused = await author.try_post("/api/posts", {"kind": "share", "text": "好", "audience": {}})
    assert refusal(refused) == (422, "audience_empty")


async def test_a_calendar_holds_what_one_planned_and_what_one_did_not_decline(shared: House) -> None:
    author, guest = await enter(shared, MANAGER), await enter(shared, SELLER)
    weekly = {"repeat": {"every": "week", "interval": 1, "days": [], "count": 3}}
    post = await plan(author, [guest.id], details=weekly)
    since, until = day_from_now(-1), day_from_now(40)
    found = (await guest.get("/api/schedule", since=since, until=until))["items"]
    mine = [datetime.fromisoformat(one["begins_at"]) for one in found if one["post_id"] == post]
    assert [later - mine[0] for later in mine] == [timedelta(weeks=one) for one in range(3)]
    assert found == sorted(found, key=lambda one: (one["begins_at"], one["post_id"]))
    days = await days_in(guest, since, until, post)
    # One of them is cancelled, also twice; a day without one is not there.
    shown = await author.put(f"/api/posts/{post}/cancellation/{days[1]}")
    assert shown["details"]["skipped"] == [days[1]]
    assert await author.put(f"/api/posts/{post}/cancellation/{days[1]}") == shown
    assert await days_in(guest, since, until, post) == [days[0], days[2]]
    wrong = str(datetime.fromisoformat(days[1]).date() + timedelta(days=1))
    assert (await author.http.put(f"/api/posts/{post}/cancellation/{wrong}", json={})).status_code == 404
    assert (await guest.http.put(f"/api/posts/{post}/cancellation/{days[0]}", json={})).status_code == 403
    await answer(guest, post, "declined", sequence=1)
    assert await days_in(guest, since, until, post) == []
    assert len(await days_in(author, since, until, post)) == 2
    whole = {"first_day": day_from_now(3), "last_day": day_from_now(4), "begins_at": None, "ends_at": None}
    trip = await plan(author, [guest.id], details=whole)
    assert await days_in(guest, day_from_now(4), day_from_now(4), trip) == [day_from_now(3)]
    assert await days_in(guest, day_from_now(5), day_from_now(9), trip) == []
    for span in (("2026-01-01", "2026-12-31"), ("2026-01-02", "2026-01-01"), ("0001-01-01", "0001-01-02")):
        refused = await guest.http.get(
            "/api/schedule", params=dict(zip(("since", "until"), span, strict=True))
        )
        assert refusal(refused) == (422, "invalid")


async def todos_of(client: Client, post: int) -> int:
    found = (await client.get("/api/todos", category="reminder"))["items"]
    return sum(one["source"] == {"kind": "post", "id": post} for one in found)


async def test_reminders_come_once_for_who_comes_and_again_the_next_day(house: House) -> None:
    author, first, second, leaver = [await enter(house, one) for one in (BOSS, SELLER, SECOND_SELLER, "1024")]
    people = [first.id, second.id, leaver.id]
    details = {**times(5), "reminders": [15, 60], "repeat": {"every": "day"}}
    post = await plan(author, people, details=details)
    await answer(second, post, "declined")
    admin = await enter(house, ADMINISTRATOR)
    await admin.put(f"/api/people/{leaver.id}/resignation", {"reason": "", "pass_reports_up": True})
    called_off = await plan(author, people[:1], details={**times(5), "reminders": [15]})
    await author.put(f"/api/posts/{called_off}/cancellation")
    await set_clock(author, timedelta(hours=4, minutes=50))
    assert [await todos_of(one, post) for one in (author, first, second)] == [2, 2, 0]
    assert await todos_of(first, called_off) == 0
    # The job may run again, at any time: nothing comes twice.
    for _ in range(2):
        await house.company.write(lambda work: turns.turn_now(work, post))
    assert await todos_of(first, post) == 2
    # Who comes after all is reminded of the next one; those of the one that is over are gone by then.
    await answer(second, post, "accepted")
    await set_clock(author, timedelta(hours=28, minutes=30))
    assert [await todos_of(one, post) for one in (author, first, second)] == [1, 1, 1]
    await author.put(f"/api/posts/{post}/cancellation")
    await set_clock(author, timedelta(hours=53))
    assert [await todos_of(one, post) for one in (author, first, second)] == [0, 0, 0]
    # What is over asks nobody any more.
    once = await plan(author, [first.id], details={**times(60)})
    assert once in await waiting(first)
    await set_clock(author, timedelta(hours=62))
    assert once not in await waiting(first)
    await hold(house)


async def test_who_leaves_is_not_asked_any_more_and_who_comes_back_is_again(shared: House) -> None:
    author, other = await enter(shared, BOSS), await enter(shared, SECOND_SELLER)
    admin, leaver = await enter(shared, ADMINISTRATOR), await person_id(shared, "1024")
    post = await plan(author, [leaver, other.id])
    path = f"/api/people/{leaver}/resignation"
    await admin.put(path, {"reason": "", "pass_reports_up": True})
    assert await counts(author, post) == (1, 0, 0, 0)
    await hold(shared)
    await admin.delete(path)
    assert await counts(author, post) == (2, 0, 0, 0)
    await hold(shared)


async def test_answers_at_the_moment_the_time_moves_count_for_one_of_the_two(shared: House) -> None:
    author = await enter(shared, BOSS)
    people = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, OTHER_MANAGER)]
    post = await plan(author, [one.id for one in people])
    moved, *answers = await asyncio.gather(
        author.http.put(f"/api/posts/{post}/schedule", json=times(9)),
        *[answer(one, post, "accepted") for one in people],
    )
    assert moved.status_code == 200
    assert {one.status_code for one in answers} <= {200, 409}
    # Whoever was first has answered for the earlier time; nobody has for this one.
    assert await counts(author, post) == (3, 0, 0, 0)
    rows = (await author.get(f"/api/posts/{post}/invitations"))["items"]
    assert sum(one["earlier"] for one in rows) == sum(one.status_code == 200 for one in answers)
    assert {one["state"] for one in rows} == {"open"}
    both = await asyncio.gather(*[answer(one, post, "accepted", sequence=1) for one in people])
    assert {one.status_code for one in both} == {200}
    assert await counts(author, post) == (3, 3, 0, 0)
    await hold(shared)


async def test_refusals_say_what_is_wrong(shared: House) -> None:
    author, seller, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    two, one = times(2), times(1)
    days = {"begins_at": None, "ends_at": None}
    wrongs: list[tuple[dict[str, Any], str, str]] = [
        ({"details": {"begins_at": None}}, "details.begins_at", "required"),
        ({"details": {"ends_at": two["begins_at"]}}, "details.ends_at", "before_begin"),
        ({"details": times(-3)}, "details.ends_at", "past"),
        ({"details": times(24 * 365 * 11)}, "details.begins_at", "range"),
        ({"details": times(2, 24 * 40)}, "details.ends_at", "too_long"),
        ({"details": {"begins_at": two["begins_at"][:19]}}, "details.begins_at", "time_zone"),
        ({"details": {"first_day": "2030-01-02"}}, "details.begins_at", "unknown"),
        ({"details": {**days, "first_day": day_from_now(2)}}, "details.last_day", "required"),
        ({"details": {**days, "first_day": day_from_now(3), "last_day": day_from_now(2)}}, "details.last_day", "before_begin"),
        ({"details": {**days, "first_day": day_from_now(-9), "last_day": day_from_now(-8)}}, "details.last_day", "past"),
        ({"details": {**days, "first_day": "9999-12-31", "last_day": "9999-12-31"}}, "details.first_day", "range"),
        ({"details": {**times(2, 30), "repeat": {"every": "day"}}}, "details.repeat", "overlaps"),
        ({"details": {"repeat": {"every": "day", "until": "2020-01-01"}}}, "details.repeat.until", "before_begin"),
        ({"details": {"repeat": {"every": "day", "until": "9999-12-31"}}}, "details.repeat.until", "range"),
        ({"details": {"repeat": {"every": "day", "until": day_from_now(9), "count": 2}}}, "details.repeat.count", "both"),
        ({"details": {"repeat": {"every": "hour"}}}, "details.repeat.every", "choice"),
        ({"details": {"reminders": [-1]}}, "details.reminders[0]", "range"),
        ({"details": {"place": "x" * 201}}, "details.place", "too_long"),
        ({"details": {"people": [999_999]}}, "details.people", "not_found"),
        ({"audience": {"people": [stranger.id]}}, "details.people", "outside_audience"),
        ({"receipts": {"people": [seller.id]}}, "receipts", "unknown"),
    ]  # fmt: skip
    for wrong, field, code in wrongs:
        refused = await try_plan(author, [seller.id], **wrong)
        assert refusal(refused) == (422, "invalid"), wrong
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)], wrong
    post = await plan(author, [seller.id], audience={"people": [seller.id, stranger.id]})
    assert refusal(await answer(stranger, post, "accepted")) == (403, "not_required")
    assert refusal(await seller.http.put(f"/api/posts/{post}/schedule", json=one)) == (403, "forbidden")
    assert refusal(await seller.http.put(f"/api/posts/{post}/cancellation", json={})) == (403, "forbidden")
    share = await publish(author, {"people": [seller.id]})
    assert refusal(await answer(seller, share, "accepted")) == (404, "not_found")
    assert (await seller.http.get(f"/api/posts/{share}/invitations")).status_code == 404
    assert (await author.http.put(f"/api/posts/{share}/cancellation", json={})).status_code == 404
