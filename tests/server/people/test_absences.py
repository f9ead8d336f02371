"""Being away: by dates of the company, one at a time, seen by colleagues, the reason by those above only (W35)."""

import asyncio
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from server.audit.models import AuditEntry
from server.org.absence import deputy_of, is_away
from tests.feed.board import refusal, set_clock
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, HEAD, MANAGER, SECOND_SELLER, SELLER, enter, person_id


def days(house: House, first: int, last: int) -> dict[str, str]:
    today = house.company.today()
    return {
        "from_day": str(today + timedelta(days=first)),
        "to_day": str(today + timedelta(days=last)),
    }


async def enter_absence(client: Client, person: int, **body: Any) -> Any:
    return await client.try_post(f"/api/people/{person}/absences", body)


def wrong(response: Any) -> tuple[int, str, str]:
    error = response.json()["errors"][0]
    return response.status_code, error["field"], error["code"]


async def test_an_absence_shows_to_everybody_at_once_and_goes_when_it_is_taken_back(house: House) -> None:
    someone, colleague = await enter(house, SELLER), await enter(house, "1013")
    deputy = await person_id(house, SECOND_SELLER)
    async with colleague.live() as live:
        made = await enter_absence(someone, someone.id, **days(house, 0, 2), deputy_id=deputy, reason="sick")
        assert made.status_code == 201
        event = await live.event("person.changed", id=someone.id)
        assert event["changes"][0]["data"]["away"] == [{**days(house, 0, 2), "deputy_id": deputy}]
        assert "sick" not in str(event)
        path = f"/api/people/{someone.id}/absences/{made.json()['id']}"
        changed = await someone.http.patch(
            path, json={"to_day": days(house, 0, 4)["to_day"], "deputy_id": None}
        )
        assert changed.json()["deputy_id"] is None
        event = await live.event("person.changed", id=someone.id)
        assert event["changes"][0]["data"]["away"] == [{**days(house, 0, 4), "deputy_id": None}]
        assert (await someone.http.delete(path)).status_code == 204
        event = await live.event("person.changed", id=someone.id)
        assert event["changes"][0]["data"]["away"] == []


async def test_why_somebody_is_away_is_between_them_and_those_above(house: House) -> None:
    someone = await enter(house, SELLER)
    await enter_absence(someone, someone.id, **days(house, 1, 1), reason="sick")
    for number, reason in (
        (SELLER, "sick"),
        (MANAGER, "sick"),
        (HEAD, "sick"),
        (ADMINISTRATOR, "sick"),
        ("1006", None),
        ("1013", None),
    ):
        listed = (await (await enter(house, number)).get(f"/api/people/{someone.id}/absences"))["items"]
        assert [one["reason"] for one in listed] == [reason], number


async def test_those_above_enter_absences_for_others_and_it_is_kept_who_did(house: House) -> None:
    someone = await person_id(house, SELLER)
    manager, peer = await enter(house, MANAGER), await enter(house, SECOND_SELLER)
    assert refusal(await enter_absence(peer, someone, **days(house, 0, 0))) == (403, "forbidden")
    made = await enter_absence(manager, someone, **days(house, 0, 0))
    assert made.status_code == 201
    assert refusal(await peer.http.delete(f"/api/people/{someone}/absences/{made.json()['id']}")) == (
        403,
        "forbidden",
    )
    assert refusal(await manager.http.delete(f"/api/people/{peer.id}/absences/{made.json()['id']}")) == (
        404,
        "not_found",
    )
    entry = await house.company.read(
        lambda conn: conn.execute(
            select(AuditEntry.__table__).where(AuditEntry.act == "absence.entered")
        ).one()
    )
    assert (entry.actor_id, entry.object_id) == (manager.id, made.json()["id"])


async def test_what_does_not_fit_is_refused_naming_the_field(house: House) -> None:
    me = await enter(house, SELLER)
    await enter_absence(me, me.id, **days(house, 5, 9))
    for body, expected in (
        (days(house, 9, 12), (422, "from_day", "overlaps")),
        (days(house, 6, 7), (422, "from_day", "overlaps")),
        (days(house, 3, 2), (422, "to_day", "before_start")),
        (days(house, 20, 500), (422, "to_day", "range")),
        (days(house, 800, 801), (422, "from_day", "range")),
        (days(house, -500, -499), (422, "from_day", "range")),
        ({**days(house, 20, 20), "deputy_id": me.id}, (422, "deputy_id", "oneself")),
        ({**days(house, 20, 20), "deputy_id": 999_999}, (422, "deputy_id", "not_found")),
        ({**days(house, 20, 20), "reason": "beach"}, (422, "reason", "choice")),
        ({"from_day": "2026-02-30", "to_day": "2026-03-01"}, None),
    ):
        response = await enter_absence(me, me.id, **body)
        assert response.status_code == 422, response.text
        assert expected is None or wrong(response) == expected
    assert (await enter_absence(me, me.id, **days(house, 10, 10))).status_code == 201


async def test_of_two_that_overlap_entered_at_once_one_stands(house: House) -> None:
    me, manager = await enter(house, SELLER), await enter(house, MANAGER)
    answers = await asyncio.gather(
        *[enter_absence(client, me.id, **days(house, n % 3, 4)) for n, client in enumerate([me, manager] * 3)]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422, 422]


async def test_an_absence_begins_and_ends_with_its_days_by_the_companys_clock(house: House) -> None:
    me, administrator = await enter(house, SELLER), await enter(house, ADMINISTRATOR)
    deputy = await enter(house, SECOND_SELLER)
    third = await person_id(house, "1007")
    span = days(house, 1, 2)
    await enter_absence(me, me.id, **span, deputy_id=deputy.id)
    await enter_absence(deputy, deputy.id, **{**span, "from_day": span["to_day"]}, deputy_id=third)

    async def now() -> tuple[bool, int | None]:
        today = house.company.today()
        return await house.company.read(
            lambda conn: (is_away(conn, me.id, today), deputy_of(conn, me.id, today))
        )

    assert await now() == (False, None)
    for ahead, expected in ((1, (True, deputy.id)), (2, (True, third)), (3, (False, None))):
        await set_clock(administrator, timedelta(days=ahead))
        assert await now() == expected, ahead


async def test_deputies_in_a_circle_or_gone_stand_in_for_nobody(house: House) -> None:
    one, two = await enter(house, SELLER), await enter(house, SECOND_SELLER)
    administrator = await enter(house, ADMINISTRATOR)
    today: date = house.company.today()
    await enter_absence(one, one.id, **days(house, 0, 1), deputy_id=two.id)
    await enter_absence(two, two.id, **days(house, 0, 1), deputy_id=one.id)
    assert await house.company.read(lambda conn: deputy_of(conn, one.id, today)) is None
    gone = await enter(house, "1007")
    third = await enter(house, "1009")
    await enter_absence(third, third.id, **days(house, 0, 1), deputy_id=gone.id)
    assert await house.company.read(lambda conn: deputy_of(conn, third.id, today)) == gone.id
    await administrator.put(f"/api/people/{gone.id}/resignation", {"pass_reports_up": False})
    assert await house.company.read(lambda conn: deputy_of(conn, third.id, today)) is None
