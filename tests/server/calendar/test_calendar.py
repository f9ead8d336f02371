"""The company's calendar over the wire: everyone sees it, administrators change it, contradictions are refused (W28)."""

import asyncio
from datetime import date
from typing import Any

from sqlalchemy import select

from server.audit.models import AuditEntry
from server.calendar.calendars import calendar_of, calendar_of_person
from tests.feed.board import refusal
from tests.house import House
from tests.server.api.people import ADMINISTRATOR, SELLER, enter


def wrong(response: Any) -> tuple[int, str, str]:
    error = response.json()["errors"][0]
    return response.status_code, error["field"], error["code"]


async def test_everyone_sees_the_states_year_and_which_years_are_published(house: House) -> None:
    someone = await enter(house, SELLER)
    year = (await someone.get("/api/calendar", year=2026))["item"]
    days = {day["day"]: day for day in year["days"]}
    assert year["published"]
    assert days["2026-10-01"]["kind"] == "holiday"
    assert (days["2026-10-01"]["code"], days["2026-10-01"]["source"]) == ("national_day", "state")
    assert days["2026-10-10"]["kind"] == "workday"
    assert year["source"].startswith("chinesecalendar ")
    later = (await someone.get("/api/calendar", year=year["known_to"] + 1))["item"]
    assert (later["published"], later["days"]) == (False, [])
    assert (await someone.get("/api/calendar"))["item"]["year"] == house.company.today().year
    assert refusal(await someone.http.get("/api/calendar", params={"year": "1999"})) == (422, "invalid")


async def test_an_administrator_changes_days_and_open_screens_see_it(house: House) -> None:
    administrator, someone = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    async with someone.live() as live:
        year = await administrator.put(
            "/api/calendar/days/2026-12-31", {"kind": "holiday", "name": "公司年会", "until": "2027-01-01"}
        )
        assert [day for day in year["days"] if day["source"] == "company"] == [
            {
                "day": "2026-12-31",
                "kind": "holiday",
                "source": "company",
                "code": "",
                "name": "公司年会",
                "state": "",
            }
        ]
        event = await live.event("calendar.changed", year=2026)
        assert [change["id"] for change in event["changes"]] == [2026, 2027]
        assert event["changes"][0]["data"] == year
        again = await administrator.put(
            "/api/calendar/days/2026-12-31", {"kind": "holiday", "name": "公司年会"}
        )
        assert again == year
        await administrator.put("/api/calendar/days/2026-10-01", {"kind": "workday", "name": ""})
        (worked,) = [
            change["data"]
            for event in [await live.event("calendar.changed", year=2026)]
            for change in event["changes"]
        ]
        assert {
            "day": "2026-10-01",
            "kind": "workday",
            "source": "company",
            "code": "",
            "name": "",
            "state": "holiday",
        } in worked["days"]
        assert (await administrator.http.delete("/api/calendar/days/2026-10-01")).status_code == 204
        await live.event("calendar.changed", year=2026)
    calendar = await house.company.read(lambda conn: calendar_of(conn, house.company))
    assert [
        calendar.is_working_day(day) for day in (date(2026, 12, 30), date(2026, 12, 31), date(2026, 10, 1))
    ] == [
        True,
        False,
        False,
    ]
    acts = await house.company.read(
        lambda conn: list(
            conn.execute(select(AuditEntry.act).where(AuditEntry.object_kind == "calendar")).scalars()
        )
    )
    assert sorted(acts) == ["calendar.day_removed", "calendar.days_set", "calendar.days_set"]


async def test_what_contradicts_or_overlaps_is_refused_naming_the_field(house: House) -> None:
    administrator = await enter(house, ADMINISTRATOR)
    await administrator.put("/api/calendar/days/2026-11-24", {"kind": "holiday", "name": "公司日"})
    for day, body, expected in (
        ("2026-11-24", {"kind": "workday"}, (422, "kind", "contradicts")),
        (
            "2026-11-23",
            {"kind": "holiday", "name": "别的", "until": "2026-11-25"},
            (422, "until", "overlaps"),
        ),
        ("2026-10-01", {"kind": "holiday", "name": "国庆"}, (422, "kind", "overlaps")),
        (
            "2026-09-29",
            {"kind": "holiday", "name": "连休", "until": "2026-10-02"},
            (422, "until", "overlaps"),
        ),
        ("2026-11-26", {"kind": "workday"}, (422, "kind", "already")),
        ("2026-11-26", {"kind": "holiday"}, (422, "name", "required")),
        (
            "2026-11-26",
            {"kind": "holiday", "name": "x", "until": "2026-11-25"},
            (422, "until", "before_start"),
        ),
        ("2026-11-26", {"kind": "holiday", "name": "x", "until": "2027-11-25"}, (422, "until", "too_many")),
        ("2026-11-26", {"kind": "feast", "name": "x"}, (422, "kind", "choice")),
    ):
        response = await administrator.http.put(f"/api/calendar/days/{day}", json=body)
        assert wrong(response) == expected, (day, body)
    for day in ("2026-02-30", "2026-2-3", "20261124", "tomorrow", "1999-01-01", "２０２６-11-24"):
        response = await administrator.http.put(
            f"/api/calendar/days/{day}", json={"kind": "holiday", "name": "x"}
        )
        assert refusal(response) == (404, "not_found"), day
    assert refusal(await administrator.http.delete("/api/calendar/days/2026-11-26")) == (404, "not_found")
    someone = await enter(house, SELLER)
    for response in (
        await someone.http.put("/api/calendar/days/2026-11-26", json={"kind": "holiday", "name": "x"}),
        await someone.http.delete("/api/calendar/days/2026-11-24"),
        await someone.http.put(
            "/api/calendar/week", json={"days": [1], "begins": "09:00", "ends": "18:00", "version": 0}
        ),
    ):
        assert refusal(response) == (403, "forbidden")


async def test_two_who_say_different_things_of_a_day_at_once_cannot_both_be_right(house: House) -> None:
    one, two = await enter(house, ADMINISTRATOR), await enter(house, "1001")
    answers = await asyncio.gather(
        one.http.put("/api/calendar/days/2026-11-28", json={"kind": "holiday", "name": "年会"}),
        two.http.put("/api/calendar/days/2026-11-28", json={"kind": "workday", "name": "调休"}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_the_week_and_its_hours_change_once_per_version(house: House) -> None:
    one, two = await enter(house, ADMINISTRATOR), await enter(house, "1001")
    week = {"days": [6, 1, 2, 3, 4, 5], "begins": "08:30", "ends": "17:30", "version": 0}
    answers = await asyncio.gather(
        one.http.put("/api/calendar/week", json=week),
        two.http.put("/api/calendar/week", json={**week, "days": [1, 2]}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    shown = next(
        change["data"]
        for change in (await one.get("/api/calendar"))["also"]
        if change["kind"] == "working_week"
    )
    assert shown["version"] == 1
    changed = await one.put("/api/calendar/week", {**week, "version": 1})
    assert changed == {"days": [1, 2, 3, 4, 5, 6], "begins": "08:30", "ends": "17:30", "version": 2}
    for body, expected in (
        ({**week, "version": 1}, (409, "stale_version")),
        ({**week, "version": 2, "days": []}, (422, "invalid")),
        ({**week, "version": 2, "days": [1, 1]}, (422, "invalid")),
        ({**week, "version": 2, "days": [0]}, (422, "invalid")),
        ({**week, "version": 2, "ends": "08:30"}, (422, "invalid")),
        ({**week, "version": 2, "ends": "25:00"}, (422, "invalid")),
    ):
        assert refusal(await one.http.put("/api/calendar/week", json=body)) == expected
    me = await enter(house, SELLER)
    await me.post(f"/api/people/{me.id}/absences", {"from_day": "2026-12-05", "to_day": "2026-12-05"})

    def works(conn: Any) -> tuple[bool, bool]:
        saturday = date(2026, 12, 5)
        return (
            calendar_of(conn, house.company).is_working_day(saturday),
            calendar_of_person(conn, house.company, me.id).is_working_day(saturday),
        )

    assert await house.company.read(works) == (True, False)
