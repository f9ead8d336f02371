"""Who joins a department later reads its posts and the company's without a to-do; who leaves keeps what was addressed (W18)."""

from sqlalchemy import update

from server.events.envelope import EVERYONE, Event
from server.org.models import Person
from server.people.membership import settle
from server.work.work import Work
from tests.feed.board import confirm, counts, move, publish, refusal, timeline
from tests.house import House
from tests.server.api.people import department_id, enter, enter_as, make_person


async def test_who_joins_a_department_reads_its_past_without_having_to_confirm_it(house: House) -> None:
    author = await enter(house, "1004")
    department, company = await department_id(house, "华东/销售一部"), await department_id(house, "华东")
    early = await publish(author, {"departments": [department]}, {"departments": [department]})
    newcomer = await enter_as(house, await make_person(house, "9001"))
    assert refusal(await newcomer.http.get(f"/api/posts/{early}")) == (404, "not_found")
    async with newcomer.live() as socket:
        await move(house, newcomer.id, department)
        later = await publish(author, {"departments": [department]}, {"departments": [department]})
        await socket.event("post.published", id=later)
    shown = await newcomer.get(f"/api/posts/{early}")
    assert {"op": "drop", "kind": "receipt", "id": early} in shown["also"]
    assert {early, later} <= set(await timeline(newcomer))
    assert refusal(await confirm(newcomer, early)) == (403, "not_required")
    assert refusal(await newcomer.http.get(f"/api/posts/{early}/receipts")) == (403, "forbidden")
    assert [todo["source"]["id"] for todo in (await newcomer.get("/api/todos"))["items"]] == [later]
    assert (await counts(author, early))["asked"] == 3
    assert (await counts(author, later))["asked"] == 4
    above = await publish(await enter(house, "1003"), {"departments": [company]})
    assert (await newcomer.get(f"/api/posts/{above}"))["item"]["id"] == above


async def test_who_leaves_a_department_keeps_what_was_addressed_and_hears_nothing_later(house: House) -> None:
    author, leaver = await enter(house, "1004"), await enter(house, "1005")
    department, elsewhere = (
        await department_id(house, "华东/销售一部"),
        await department_id(house, "华南/深圳办"),
    )
    kept = await publish(author, {"departments": [department]}, {"departments": [department]})
    named = await publish(author, {"people": [leaver.id]})
    before = await timeline(leaver)
    async with leaver.live() as socket:
        await move(house, leaver.id, elsewhere)
        after = await publish(author, {"departments": [department]}, {"departments": [department]})
        mark = await publish(author, {"people": [leaver.id]})
        await socket.event("post.published", id=mark)
        heard = [
            change["id"] for event in socket.events for change in event["changes"] if change["kind"] == "post"
        ]
        assert after not in heard
    assert refusal(await leaver.http.get(f"/api/posts/{after}")) == (404, "not_found")
    assert (await leaver.http.get(f"/api/posts/{after}")).content == (
        await leaver.http.get("/api/posts/999999")
    ).content
    listed = await timeline(leaver)
    assert after not in listed
    assert {kept, named, mark} <= set(listed)
    assert set(before) <= set(listed)
    assert (await leaver.get(f"/api/posts/{kept}"))["item"]["id"] == kept
    assert (await confirm(leaver, kept)).json()["state"] == "done"
    assert refusal(await confirm(leaver, after)) == (404, "not_found")
    assert (await leaver.http.put(f"/api/posts/{after}/read", json={"version": 1})).status_code == 404


async def test_who_joined_later_and_left_again_loses_what_was_not_addressed_to_them(house: House) -> None:
    author = await enter(house, "1004")
    department = await department_id(house, "华东/销售一部")
    early = await publish(author, {"departments": [department]})
    guest = await enter_as(house, await make_person(house, "9002"))
    await move(house, guest.id, department)
    meanwhile = await publish(author, {"departments": [department]})
    assert {early, meanwhile} <= set(await timeline(guest))
    await move(house, guest.id)
    assert refusal(await guest.http.get(f"/api/posts/{early}")) == (404, "not_found")
    assert (await guest.get(f"/api/posts/{meanwhile}"))["item"]["id"] == meanwhile
    listed = await timeline(guest)
    assert meanwhile in listed
    assert early not in listed
    await move(house, guest.id, department)
    assert early in await timeline(guest)


async def test_what_is_for_everyone_is_not_for_externals(house: House) -> None:
    author = await enter(house, "1001")
    external = await enter_as(house, await make_person(house, "9003", "external", "external"))
    to_all = await publish(author, {"everyone": True}, {"everyone": True})
    by_name = await publish(author, {"people": [external.id]})
    assert await timeline(external) == [by_name]
    assert refusal(await external.http.get(f"/api/posts/{to_all}")) == (404, "not_found")
    assert external.id not in [
        row["person_id"] for row in (await author.get(f"/api/posts/{to_all}/receipts"))["items"]
    ]


async def test_who_has_left_the_company_hears_and_reads_nothing(house: House) -> None:
    author = await enter(house, "1004")
    gone = await enter_as(house, await make_person(house, "9004"))

    def leave(work: Work) -> None:
        work.conn.execute(update(Person).where(Person.id == gone.id).values(state="left"))
        settle(work, work.record(Event("person.changed", [EVERYONE])), [gone.id])

    await house.company.write(leave)
    for path in ("/api/posts", "/api/bootstrap", "/api/events?wait=0", "/api/todos"):
        assert refusal(await gone.http.get(path)) == (401, "signed_out")
    refused = await author.try_post(
        "/api/posts", {"kind": "share", "text": "好", "audience": {"people": [gone.id]}}
    )
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "audience.people")
