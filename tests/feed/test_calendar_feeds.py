"""A calendar for calendar programs: an address that only who made it knows, and RFC 5545 as another reader understands it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
from dateutil import rrule
from icalendar import Calendar

from feed.schedule import ical
from feed.schedule.repeating import Repeat
from server.people.invitations import hash_token
from tests.feed.board import refusal
from tests.feed.planning import answer, plan, times
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, MANAGER, SELLER, enter, everything
from tests.server.api.samples import day_from_now

FEED = "/api/me/calendar-feed"


async def read(house: House, address: str, **headers: str) -> httpx2.Response:
    """As a calendar program: nobody is signed in."""
    return await house.anonymous().http.get(
        address.removeprefix(house.company.settings.public_url), headers=headers
    )


async def events(house: House, address: str) -> dict[int, Any]:
    """By post."""
    found = Calendar.from_ical((await read(house, address)).content).walk("VEVENT")
    return {int(str(one["URL"]).rpartition("/")[2]): one for one in found}


async def make(client: Client) -> str:
    return str((await client.post(FEED))["address"])


async def test_a_calendar_program_reads_what_its_holder_sees_and_nothing_else(shared: House) -> None:
    author, guest = await enter(shared, MANAGER), await enter(shared, SELLER)
    text = "周会：评审二期方案、报价和实施计划；请各位提前看一遍材料, 带上自己的问题\n第二行\\n不是换行"
    about = {"place": "会议室；二楼", "reminders": [15, 60]}
    once = await plan(author, [guest.id], text=text, details=about)
    weekly = {"repeat": {"every": "week", "days": [2, 4], "count": 6}, **times(3)}
    series = await plan(author, [guest.id], details=weekly, text="复盘")
    trip = await plan(
        author,
        [guest.id],
        text="出差",
        details={
            "begins_at": None,
            "ends_at": None,
            "first_day": day_from_now(3),
            "last_day": day_from_now(4),
            "reminders": [0, 1440],
        },
    )
    own = await plan(author, [], audience={}, text="只有我自己")
    declined = await plan(author, [guest.id], text="不去")
    await answer(guest, declined, "declined")
    await answer(guest, trip, "tentative")
    address = await make(guest)
    reply = await read(shared, address)
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = reply.content.split(b"\r\n")
    assert reply.content.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in reply.content.replace(b"\r\n", b"")
    found = await events(shared, address)
    assert not found.keys() & {own, declined}
    assert {once, series, trip} <= found.keys()
    for post, minutes in ((once, [-15, -60]), (trip, [9 * 60, 9 * 60 - 1440]), (series, [])):
        alarms = [one.decoded("TRIGGER") for one in found[post].walk("VALARM")]
        assert alarms == [timedelta(minutes=one) for one in minutes]
    view = (await guest.get(f"/api/posts/{once}"))["item"]["details"]
    assert found[once].decoded("DTSTART") == datetime.fromisoformat(view["begins_at"])
    assert found[once].decoded("DTEND") == datetime.fromisoformat(view["ends_at"])
    assert (str(found[once]["DESCRIPTION"]), str(found[once]["LOCATION"])) == (text, "会议室；二楼")
    assert str(found[once]["SUMMARY"]).startswith("周会：评审二期方案")
    assert (found[trip].decoded("DTSTART"), str(found[trip]["STATUS"])) == (
        date.fromisoformat(day_from_now(3)),
        "TENTATIVE",
    )
    assert found[trip].decoded("DTEND") == date.fromisoformat(day_from_now(5))
    # What repeats: the days that another reader works out are those of the calendar's page.
    since, until = day_from_now(-1), day_from_now(60)
    page = (await guest.get("/api/schedule", since=since, until=until))["items"]
    shown = [datetime.fromisoformat(one["begins_at"]) for one in page if one["post_id"] == series]
    assert worked_out(found[series]) == shown
    cancelled = await author.put(
        f"/api/posts/{series}/cancellation/{shown[1].astimezone(shared.company.zone).date()}"
    )
    changed = (await events(shared, address))[series]
    assert (worked_out(changed), int(changed["SEQUENCE"])) == (
        [shown[0], *shown[2:]],
        cancelled["details"]["sequence"],
    )
    assert changed["UID"] == found[series]["UID"]
    await author.put(f"/api/posts/{series}/cancellation")
    assert str((await events(shared, address))[series]["STATUS"]) == "CANCELLED"
    await author.delete(f"/api/posts/{series}")
    assert series not in await events(shared, address)


def worked_out(event: Any) -> list[datetime]:
    """By dateutil, from what icalendar read."""
    begins = event.decoded("DTSTART")
    rules = rrule.rruleset()
    rule: Any = rrule.rrulestr(event["RRULE"].to_ical().decode(), dtstart=begins)
    rules.rrule(rule)
    skipped = event.get("EXDATE", [])
    for one in skipped if isinstance(skipped, list) else [skipped]:
        for day in one.dts:
            rules.exdate(day.dt)
    return [one.astimezone(UTC) for one in rules]


async def test_an_unchanged_calendar_is_not_sent_again(shared: House) -> None:
    me = await enter(shared, SELLER)
    address = await make(me)
    first = await read(shared, address)
    tag = first.headers["etag"]
    again = await read(shared, address, **{"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    await plan(me, [], audience={}, text="新的一项")
    assert (await read(shared, address, **{"If-None-Match": tag})).status_code == 200


async def test_an_address_is_shown_once_and_ends_when_renewed_revoked_or_its_holder_leaves(
    house: House,
) -> None:
    me, admin = await enter(house, SELLER), await enter(house, ADMINISTRATOR)
    address = await make(me)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    assert (await read(house, address)).status_code == 200
    assert (await me.get(FEED))["address"] == ""
    rows = repr((await everything(house))["calendar_feed"])
    assert token not in rows
    assert hash_token(token) in rows
    newer = await make(me)
    assert [(await read(house, one)).status_code for one in (address, newer)] == [404, 200]
    await me.delete(FEED)
    assert refusal(await read(house, newer)) == (404, "not_found")
    assert (await me.get(FEED))["made_at"] is None
    last = await make(me)
    await admin.put(f"/api/people/{me.id}/resignation", {"reason": "", "pass_reports_up": True})
    assert (await read(house, last)).status_code == 404
    await admin.delete(f"/api/people/{me.id}/resignation")
    assert (await read(house, last)).status_code == 404
    for other in ("x", "x.ics", "a" * 43, "%2e%2e", "é" * 43, "a" * 43 + ".ics"):
        assert (await read(house, f"/api/calendar/feeds/{other}")).status_code == 404
    acts = [
        one["act"] for one in (await admin.get("/api/audit", object_kind="person", object_id=me.id))["items"]
    ]
    assert (acts.count("calendar_feed.made"), acts.count("calendar_feed.revoked")) == (3, 1)


def entry(**about: Any) -> ical.Entry:
    zone = about.pop("zone", "Europe/Berlin")
    begins = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo(zone))
    values: dict[str, Any] = {
        "uid": "u", "sequence": 0, "created_at": begins, "changed_at": begins, "summary": "x", "description": "", "place": "",
        "address": "https://work.example/posts/1", "begins_at": begins, "ends_at": begins + timedelta(hours=1), "first_day": None,
        "last_day": None, "zone": zone, "repeat": Repeat("day", until=date(2026, 11, 30)), "skipped": [], "state": "confirmed",
    }  # fmt: skip
    return ical.Entry(**{**values, **about})


def test_the_changes_of_the_clocks_are_described_where_something_repeats() -> None:
    for name in ("Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"):
        made = Calendar.from_ical(ical.calendar("x", [entry(zone=name)], date(2026, 3, 1)))
        described: Any = made.walk("VTIMEZONE")[0]
        zone, theirs = ZoneInfo(name), described.to_tz(lookup_tzid=False)
        for month in range(1, 13):
            at = datetime(2026, month, 15, 12, tzinfo=UTC)
            assert at.astimezone(zone).utcoffset() == at.astimezone(theirs).utcoffset(), (name, month)
        [event] = made.walk("VEVENT")
        assert {one.astimezone(zone).hour for one in worked_out(event)} == {9}
    assert not Calendar.from_ical(ical.calendar("x", [entry(repeat=None)], date(2026, 3, 1))).walk(
        "VTIMEZONE"
    )


def test_no_letter_is_cut_when_a_line_is_folded() -> None:
    for length in range(20, 90):
        text = "a" * (length % 3) + "会" * length + "😀"
        made = ical.calendar("x", [entry(summary=text)], date(2026, 3, 1))
        for line in made.split(b"\r\n"):
            line.decode()
            assert len(line) <= 75
        assert str(Calendar.from_ical(made).walk("VEVENT")[0]["SUMMARY"]) == text
