"""Reminders: at their time, once, for those who may see the thing (NOTI-02, FEED-19)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from notifications import reminders
from tests.feed.board import publish, refusal, set_clock
from tests.house import Client, House
from tests.server.api.people import enter

AHEAD = timedelta(days=2)
WHEN = datetime.now(UTC) + AHEAD


async def todos(client: Client) -> list[int]:
    items = (await client.get("/api/todos", category="reminder"))["items"]
    counted = (await client.get("/api/todos/counts"))["categories"]["reminder"]
    assert counted == len(items)
    return [one["ref"]["id"] for one in items]


async def remind(client: Client, post: int, *people: int, at: datetime = WHEN, note: str = "") -> Any:
    body = {"about": {"kind": "post", "id": post}, "at": at.isoformat(), "people": people, "note": note}
    return await client.try_post("/api/reminders", body)


async def test_a_reminder_opens_a_to_do_at_its_time_and_closes_when_done(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    post = await publish(author, {"people": [reader.id]}, text="客户要报价")
    made = (await remind(author, post, author.id, reader.id, note="三点回电话")).json()
    assert [one["id"] for one in (await reader.get("/api/reminders"))["items"]] == [made["id"]]
    assert await todos(reader) == []
    early = await reader.http.put(f"/api/reminders/{made['id']}/done", json={})
    assert refusal(early) == (409, "wrong_state")
    async with reader.live() as screen:
        await set_clock(author, AHEAD)
        event = await screen.event("reminder.fired")
        told = await screen.event("notice.told")
    opened = next(one for one in event["changes"] if one["kind"] == "todo/reminder")
    assert opened["data"]["title"] == "三点回电话"
    assert opened["data"]["source"] == {"kind": "post", "id": post}
    assert told["changes"][0]["data"]["kind"] == "reminder"
    assert await todos(reader) == await todos(author) == [made["id"]]
    async with reader.live() as screen:
        await reader.put(f"/api/reminders/{made['id']}/done")
        event = await screen.event("reminder.done")
    assert {"op": "drop", "kind": "todo/reminder", "id": made["id"]} in event["changes"]
    await reader.put(f"/api/reminders/{made['id']}/done")
    assert await todos(reader) == []
    assert await todos(author) == [made["id"]]


async def test_a_reminder_fires_once_however_often_its_job_runs(house: House) -> None:
    author = await enter(house, "1004")
    post = await publish(author, {"people": [author.id]})
    made = (await remind(author, post)).json()["id"]
    await reminders.fire(house.company, {"id": made})
    assert await todos(author) == []
    async with author.live() as screen:
        await set_clock(author, AHEAD)
        await asyncio.gather(*[reminders.fire(house.company, {"id": made}) for _ in range(5)])
        await screen.event("reminder.fired")
        await screen.quiet()
        assert not [one for one in screen.events if one["type"] == "reminder.fired"]


async def test_only_who_may_see_the_thing_can_be_reminded_of_it(house: House) -> None:
    author, reader, outsider = [await enter(house, one) for one in ("1004", "1005", "1013")]
    post = await publish(author, {"people": [reader.id]})
    refused = await remind(author, post, reader.id, outsider.id)
    assert refusal(refused) == (422, "recipients_lack_access")
    assert refused.json()["ids"] == [outsider.id]
    assert refusal(await remind(outsider, post)) == (404, "not_found")
    assert refusal(await remind(outsider, 999_999)) == (404, "not_found")


async def test_a_moved_reminder_comes_at_the_new_time_and_a_cancelled_one_never(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    post = await publish(author, {"people": [reader.id]})
    moved = (await remind(author, post, reader.id)).json()["id"]
    gone = (await remind(author, post, reader.id)).json()["id"]
    later = WHEN + timedelta(days=1)
    answer = await author.http.patch(f"/api/reminders/{moved}", json={"at": later.isoformat()})
    assert answer.status_code == 200
    await author.delete(f"/api/reminders/{gone}")
    refused = await author.http.patch(f"/api/reminders/{gone}", json={"at": later.isoformat()})
    assert refusal(refused) == (409, "wrong_state")
    await set_clock(author, AHEAD)
    assert await todos(reader) == []
    await set_clock(author, AHEAD + timedelta(days=1))
    assert await todos(reader) == [moved]
    await author.delete(f"/api/reminders/{moved}")
    assert await todos(reader) == []


async def test_a_cancelled_reminder_cannot_be_done_and_what_was_done_stays_so(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    post = await publish(author, {"people": [reader.id]})
    never, fired = [(await remind(author, post, reader.id, author.id)).json()["id"] for _ in range(2)]
    await author.delete(f"/api/reminders/{never}")
    await set_clock(author, AHEAD)
    await reader.put(f"/api/reminders/{fired}/done")
    await author.delete(f"/api/reminders/{fired}")
    for one in (never, fired):
        late = await author.http.put(f"/api/reminders/{one}/done", json={})
        assert refusal(late) == (409, "wrong_state")
    assert await todos(author) == await todos(reader) == []


async def test_moving_a_reminder_and_being_done_with_it_at_once_leaves_one_of_both(house: House) -> None:
    author = await enter(house, "1004")
    post = await publish(author, {"people": [author.id]})
    later = {"at": (WHEN + AHEAD).isoformat()}
    made = [(await remind(author, post)).json()["id"] for _ in range(8)]
    await set_clock(author, AHEAD)
    acts = [
        act
        for one in made
        for act in (
            author.http.put(f"/api/reminders/{one}/done", json={}),
            author.http.patch(f"/api/reminders/{one}", json=later),
        )
    ]
    answers = await asyncio.gather(*acts)
    assert {one.status_code for one in answers[1::2]} == {200}
    assert {one.status_code for one in answers[::2]} <= {204, 409}
    assert await todos(author) == []


async def test_other_peoples_reminders_are_not_there(house: House) -> None:
    author, reader, outsider = [await enter(house, one) for one in ("1004", "1005", "1013")]
    post = await publish(author, {"people": [reader.id]})
    made = (await remind(author, post, reader.id)).json()["id"]
    for who in (reader, outsider):
        moved = await who.http.patch(f"/api/reminders/{made}", json={"at": WHEN.isoformat()})
        assert refusal(moved) == (404, "not_found")
        assert refusal(await who.http.delete(f"/api/reminders/{made}")) == (404, "not_found")
    done = await outsider.http.put(f"/api/reminders/{made}/done", json={})
    assert refusal(done) == (404, "not_found")
    assert (await outsider.get("/api/reminders"))["items"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": "2020-01-01T00:00:00Z"}, "at"),
        ({"at": "2090-01-01T00:00:00Z"}, "at"),
        ({"at": "soon"}, "at"),
        ({"about": {"kind": "moon", "id": 1}}, "about.kind"),
        ({"people": list(range(1, 60))}, "people"),
        ({"note": "x" * 201}, "note"),
    ],
)
async def test_a_reminder_that_cannot_be_is_refused_by_field(
    shared: House, change: dict[str, Any], field: str
) -> None:
    author = await enter(shared, "1004")
    post = await publish(author, {"people": [author.id]})
    body = {"about": {"kind": "post", "id": post}, "at": WHEN.isoformat(), "people": [], "note": ""}
    answer = await author.try_post("/api/reminders", body | change)
    assert refusal(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == field
