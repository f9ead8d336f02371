"""The receipt ladder: nudge, deputy, manager, each at its time and once, never above who asked (N5, W22, W35, W46, RCPT-13)."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, update

from feed.ladder import climbing
from feed.ladder.models import ReceiptLadder
from feed.models import Receipt, ReceiptAsk
from server.background.reactions import catch_up
from server.calendar.calendars import calendar_of
from server.jobs.models import JobRow
from server.org.models import Person
from server.work.work import Work
from tests.feed.board import confirm, publish, refusal, set_clock, try_publish
from tests.house import Client, House
from tests.server.api.people import department_id, enter, make_person, person_id

pytestmark = pytest.mark.timeout(120)
TEXT = "暗号青松"


async def free_day(house: House) -> date:
    """The next working day by the product's clock: each test has one of its own."""
    calendar = await house.company.read(lambda conn: calendar_of(conn, house.company))
    return calendar.add_working_days(house.company.today(), 1)


def moment(house: House, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), house.company.zone)


async def go_to(house: House, client: Client, when: datetime) -> None:
    """The clock stands there, what is due has run, and everybody was told."""
    await set_clock(client, when - datetime.now(when.tzinfo))
    await catch_up(house.company)


async def ask(author: Client, people: Sequence[int], due: datetime, **more: Any) -> int:
    receipts = {"people": list(people), "due_at": due.isoformat(), "ladder": True}
    body = {"kind": "share", "text": "好", "audience": {"people": list(people)}, "receipts": receipts, **more}
    return int((await author.post("/api/posts", body))["id"])


async def ladder(client: Client, post: int) -> Any:
    return await client.get(f"/api/posts/{post}/receipts/ladder")


async def steps(client: Client, post: int) -> set[tuple[str, int, int]]:
    """(step, person, told)."""
    return {(one["step"], one["person_id"], one["told_id"]) for one in (await ladder(client, post))["items"]}


async def told(client: Client, kind: str) -> list[dict[str, Any]]:
    found = (await client.get("/api/notifications"))["items"]
    return [one for one in found if one["kind"] == kind]


async def missing(client: Client, post: int) -> list[dict[str, Any]]:
    items = (await client.get("/api/todos", category="missing_receipt"))["items"]
    return [one for one in items if one["ref"]["id"] == post]


async def bring_forward(house: House, post: int) -> None:
    """The nudge is due without the clock, and with it the runner, having come there: only who calls the job takes steps."""

    def turn(work: Work) -> None:
        started, due = work.now - timedelta(hours=4), work.now + timedelta(minutes=30)
        work.conn.execute(
            update(ReceiptLadder).where(ReceiptLadder.post_id == post).values(started_at=started)
        )
        work.conn.execute(update(ReceiptAsk).where(ReceiptAsk.post_id == post).values(due_at=due))

    await house.company.write(turn)


async def test_each_step_comes_at_its_time_with_its_button_and_can_be_seen_before_and_after(
    shared: House,
) -> None:
    author, manager, first, second = [await enter(shared, one) for one in ("1003", "1004", "1005", "1006")]
    day = await free_day(shared)
    due = moment(shared, day, "15:00")
    seen = await author.get("/api/receipt-ladder", due_at=due.isoformat())
    assert [datetime.fromisoformat(seen[one]) for one in ("nudge", "deputy", "manager")] == [
        moment(shared, day, clock) for clock in ("14:00", "15:00", "16:00")
    ]
    post = await ask(author, [first.id, second.id], due)
    before = await ladder(author, post)
    assert [(one["step"], one["at"], one["count"]) for one in before["coming"]] == [
        ("nudge", seen["nudge"], 2)
    ]
    await go_to(shared, author, moment(shared, day, "13:59"))
    assert await steps(author, post) == set()
    async with author.live() as wall:
        await go_to(shared, author, moment(shared, day, "14:00"))
        await wall.event("ladder.climbed", post_id=post, nudge=2)
    assert await steps(author, post) == {("nudge", one.id, one.id) for one in (first, second)}
    notice = (await told(first, "receipt_nudge"))[0]
    assert (notice["about"], notice["actor_id"], notice["alert"]) == (
        {"kind": "post", "id": post},
        author.id,
        True,
    )
    assert not await told(author, "receipt_nudge")
    # The one presses, the other is followed up: the manager is named, as is the person.
    await confirm(first, post)
    coming = (await ladder(author, post))["coming"]
    assert [(one["step"], one["people"]) for one in coming] == [
        ("manager", [{"person_id": second.id, "told_id": manager.id}])
    ]
    await go_to(shared, author, moment(shared, day, "15:59"))
    assert await missing(manager, post) == []
    async with manager.live() as phone:
        await go_to(shared, author, moment(shared, day, "16:00"))
        opened = await phone.event("missing.told")
        assert opened["changes"][0]["data"]["title"] == second.me["person"]["name"]
        assert (await manager.get("/api/todos/counts"))["categories"]["missing_receipt"] == 1
        assert len(await told(manager, "receipt_missing")) == 1
        # It ends by itself once the person has confirmed, and nobody is told any more.
        await confirm(second, post)
        await catch_up(shared.company)
        await phone.event("missing.ended")
    assert await missing(manager, post) == []
    after = await ladder(author, post)
    assert (after["coming"], after["counts"]["nudge"], after["counts"]["manager"]) == ([], 2, 1)
    assert ("manager", second.id, manager.id) in await steps(author, post)
    assert refusal(await first.http.get(f"/api/posts/{post}/receipts/ladder")) == (403, "forbidden")


async def test_nobody_above_who_asked_is_told_anything_but_one_quiet_nudge(shared: House) -> None:
    boss, head, asker, seller, peer = [
        await enter(shared, one) for one in ("1001", "1003", "1004", "1005", "1006")
    ]
    day = await free_day(shared)
    due = moment(shared, day, "15:00")
    up = await ask(asker, [boss.id, head.id, seller.id], due)
    across = await ask(seller, [peer.id], due)
    before = {one.id: len(await told(one, "receipt_missing")) for one in (boss, head, asker)}
    await go_to(shared, boss, moment(shared, day, "14:00"))
    for one in (boss, head):
        nudges = [n for n in await told(one, "receipt_nudge") if n["about"]["id"] == up]
        assert [n["alert"] for n in nudges] == [False]
    await go_to(shared, boss, moment(shared, day, "17:00"))
    await go_to(shared, boss, moment(shared, day, "17:45"))
    # The seller's manager asked, the peer's manager stands above the seller who asked.
    assert await steps(asker, up) == {("nudge", one.id, one.id) for one in (boss, head, seller)}
    assert await steps(seller, across) == {("nudge", peer.id, peer.id)}
    assert (await ladder(asker, up))["coming"] == (await ladder(seller, across))["coming"] == []
    assert {one.id: len(await told(one, "receipt_missing")) for one in (boss, head, asker)} == before


async def test_a_deputy_is_told_of_who_is_away_and_who_may_not_see_the_post_learns_nothing_of_it(
    shared: House,
) -> None:
    author, away = await enter(shared, "1003"), await enter(shared, "1007")
    manager, deputy = await enter(shared, "1004"), await enter(shared, "1009")
    day = await free_day(shared)
    absence = {"from_day": str(day), "to_day": str(day), "deputy_id": deputy.id, "reason": "sick"}
    await away.post(f"/api/people/{away.id}/absences", absence)
    post = await ask(author, [away.id], moment(shared, day, "15:00"), text=TEXT)
    await go_to(shared, author, moment(shared, day, "14:30"))
    assert await steps(author, post) == set()
    await go_to(shared, author, moment(shared, day, "15:00"))
    assert await steps(author, post) == {("deputy", away.id, deputy.id)}
    await go_to(shared, author, moment(shared, day, "16:00"))
    assert ("manager", away.id, manager.id) in await steps(author, post)
    name = away.me["person"]["name"]
    for one, word in ((deputy, "deputy"), (manager, "manager")):
        (todo,) = await missing(one, post)
        assert (todo["title"], todo["reason"], todo["source"]) == (
            name,
            word,
            {"kind": "person", "id": away.id},
        )
        assert (await one.http.get(f"/api/posts/{post}")).status_code == 404
        assert name in str(await told(one, "receipt_missing"))
        heard = [str(await one.get(path)) for path in ("/api/todos", "/api/notifications", "/api/bootstrap")]
        assert TEXT not in "".join(heard)
    # Done with it: the to-do closes for them alone, the step stays on record.
    await deputy.delete(f"/api/posts/{post}/receipts/ladder/mine")
    await deputy.delete(f"/api/posts/{post}/receipts/ladder/mine")
    assert (await missing(deputy, post), len(await missing(manager, post))) == ([], 1)
    assert ("deputy", away.id, deputy.id) in await steps(author, post)
    stranger = await enter(shared, "1016")
    gone = await stranger.http.delete(f"/api/posts/{post}/receipts/ladder/mine")
    assert gone.status_code == 404


async def test_quiet_hours_hold_a_step_back_unless_the_post_is_urgent(shared: House) -> None:
    author, quiet, member = [await enter(shared, one) for one in ("1003", "1008", "1005")]
    refused = await member.try_post(
        "/api/posts", {"kind": "share", "text": "急", "audience": {"people": [quiet.id]}, "urgent": True}
    )
    assert (refusal(refused), refused.json()["reason"]) == ((403, "forbidden"), "urgent")
    far = {"kind": "share", "text": "急", "audience": {"everyone": True}, "urgent": True}
    refused = await author.try_post("/api/posts", far)
    assert (refusal(refused), refused.json()["reason"]) == ((403, "forbidden"), "urgent")
    assert refused.json()["beyond"] > 0
    hours = {"quiet_hours": {"start": "13:00", "end": "17:00"}, "kinds": {}}
    await quiet.put("/api/preferences", hours)
    day = await free_day(shared)
    due = moment(shared, day, "15:00")
    usual = await ask(author, [quiet.id], due)
    urgent = await ask(author, [quiet.id], due, urgent=True)
    shown = await author.get(f"/api/posts/{urgent}")
    assert shown["item"]["urgent"] is True
    assert datetime.fromisoformat((await ladder(author, usual))["coming"][0]["at"]) == moment(
        shared, day, "17:00"
    )
    await go_to(shared, author, moment(shared, day, "14:00"))
    assert await steps(author, usual) == set()
    assert await steps(author, urgent) == {("nudge", quiet.id, quiet.id)}
    (notice,) = [one for one in await told(quiet, "receipt_nudge") if one["about"]["id"] == urgent]
    assert (notice["alert"], notice["urgent"]) == (True, True)
    # «Remind pending» waits too, and says nothing to who has confirmed by then.
    other = await enter(shared, "1009")
    reminded, dropped = [
        await publish(author, {"people": [quiet.id, other.id]}, {"people": [quiet.id, other.id]})
        for _ in range(2)
    ]
    for one in (reminded, dropped):
        await author.post(f"/api/posts/{one}/receipts/remind")
    await catch_up(shared.company)
    assert len(await told(other, "receipt_reminded")) == 2
    assert await told(quiet, "receipt_reminded") == []
    await confirm(quiet, dropped)
    await go_to(shared, author, moment(shared, day, "17:00"))
    assert [one["about"]["id"] for one in await told(quiet, "receipt_reminded")] == [reminded]
    assert ("nudge", quiet.id, quiet.id) in await steps(author, usual)
    # The manager is told half an hour after the late nudge, not at the same moment.
    assert len(await steps(author, usual)) == 1
    await quiet.put("/api/preferences", {"quiet_hours": None, "kinds": {}})


async def test_a_step_is_taken_once_however_often_the_job_runs_and_never_after_the_receipt(
    shared: House,
) -> None:
    author = await enter(shared, "1003")
    people = [await enter(shared, one) for one in ("1005", "1006", "1009", "1010")]
    day = await free_day(shared)
    ids = [one.id for one in people]
    await go_to(shared, author, moment(shared, day, "13:30"))
    post = await ask(author, ids, moment(shared, day, "15:30"))

    await bring_forward(shared, post)
    await asyncio.gather(
        *[climbing.climb(shared.company, {"post": post}) for _ in range(5)],
        *[confirm(one, post) for one in people[:2]],
    )
    found = (await ladder(author, post))["items"]
    assert len({(one["step"], one["person_id"]) for one in found}) == len(found)
    assert {one["person_id"] for one in found} >= set(ids[2:])
    rows = {one["person_id"]: one for one in (await author.get(f"/api/posts/{post}/receipts"))["items"]}
    for one in found:
        assert one["at"] <= (rows[one["person_id"]]["done_at"] or "9")


async def test_a_moved_due_time_moves_it_confirming_again_restarts_it_and_who_is_out_is_left_in_peace(
    shared: House,
) -> None:
    author, first, second = [await enter(shared, one) for one in ("1003", "1005", "1006")]
    boss = await enter(shared, "1001")
    leaver, released = await make_person(shared, "9301"), await make_person(shared, "9302")
    ids = [first.id, second.id, released, leaver]
    day = await free_day(shared)
    post = await ask(boss, ids, moment(shared, day, "11:00"))
    path = f"/api/posts/{post}/receipts"
    later = moment(shared, day, "15:00").isoformat()
    for who, body, status in (
        (author, {"is_on": True, "due_at": later}, 404),
        (first, {"is_on": True, "due_at": later}, 403),
        (boss, {"is_on": True, "due_at": None}, 422),
        (boss, {"is_on": True, "due_at": "2020-01-01T00:00:00Z"}, 422),
    ):
        assert (await who.http.put(f"{path}/ladder", json=body)).status_code == status
    async with first.live() as phone:
        moved = await boss.put(f"{path}/ladder", {"is_on": True, "due_at": later})
        await phone.event("post.details_changed", id=post)
    assert datetime.fromisoformat(moved["receipts"]["due_at"]) == moment(shared, day, "15:00")
    await boss.delete(f"{path}/{released}")
    await shared.company.write(
        lambda work: work.conn.execute(
            update(Receipt).where(Receipt.person_id == leaver).values(state="left")
        )
    )
    await shared.company.write(
        lambda work: work.conn.execute(
            update(ReceiptAsk).where(ReceiptAsk.post_id == post).values(asked=ReceiptAsk.asked - 1, left=1)
        )
    )
    await go_to(shared, boss, moment(shared, day, "13:59"))
    assert await steps(boss, post) == set()
    await confirm(first, post)
    await go_to(shared, boss, moment(shared, day, "14:00"))
    assert await steps(boss, post) == {("nudge", second.id, second.id)}
    # Everybody again: the steps of before count no more, and all get their hour.
    change = {"version": 1, "text": "改了", "confirm_again": True}
    await boss.http.patch(f"/api/posts/{post}", json=change)
    assert await steps(boss, post) == set()
    await go_to(shared, boss, moment(shared, day, "14:45"))
    assert await steps(boss, post) == {("nudge", one.id, one.id) for one in (first, second)}
    await boss.put(f"{path}/ladder", {"is_on": False, "due_at": later})
    await go_to(shared, boss, moment(shared, day, "17:30"))
    assert len(await steps(boss, post)) == 2
    assert (await ladder(boss, post))["is_on"] is False


async def test_two_thousand_missing_are_one_step_of_a_few_statements(shared: House) -> None:
    boss = await enter(shared, "1001")
    managers = [await person_id(shared, one) for one in ("1004", "1008", "1003")]
    day = await free_day(shared)
    await go_to(shared, boss, moment(shared, day, "13:00"))
    post = await ask(boss, managers[:1], moment(shared, day, "15:00"), urgent=True)

    def crowd(work: Work) -> None:
        rows = [
            {
                "kind": "employee",
                "state": "active",
                "name": f"人{at}",
                "manager_id": managers[at % 3],
                "created_at": work.now,
            }
            for at in range(2_000)
        ]
        work.conn.execute(insert(Person), rows)
        new = select(Person.id).where(Person.name.like("人%"))
        ids = work.conn.execute(new).scalars().all()
        work.conn.execute(
            insert(Receipt),
            [{"post_id": post, "version": 1, "person_id": one, "state": "open"} for one in ids],
        )
        work.conn.execute(
            update(ReceiptAsk).where(ReceiptAsk.post_id == post).values(asked=ReceiptAsk.asked + 2_000)
        )

    await shared.company.write(crowd)
    jobs = await shared.company.read(lambda conn: _jobs(conn))
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    def nudge(work: Work) -> bool:
        nonlocal count
        event.listen(work.conn, "before_cursor_execute", counted)
        try:
            return climbing.climb_now(work, post)
        finally:
            event.remove(work.conn, "before_cursor_execute", counted)

    await bring_forward(shared, post)
    assert (await shared.company.write(nudge)).value
    assert count < 60, f"{count} statements"
    taken = (await ladder(boss, post))["counts"]
    assert taken["nudge"] >= 2_000 - 1
    assert await shared.company.read(lambda conn: _jobs(conn)) <= jobs + 1
    await climbing.climb(shared.company, {"post": post})
    assert (await ladder(boss, post))["counts"]["nudge"] == 2_001
    await boss.delete(f"/api/posts/{post}")


def _jobs(conn: Any) -> int:
    return int(conn.execute(select(func.count()).select_from(JobRow)).scalar_one())


async def test_new_instructions_and_tasks_tell_whom_they_are_for(shared: House) -> None:
    author, seller, other = [await enter(shared, one) for one in ("1004", "1005", "1006")]
    to = {"people": [seller.id, other.id]}
    made = {
        kind: (
            await author.post("/api/posts", {"kind": kind, "text": "做", "audience": to, "details": details})
        )["id"]
        for kind, details in (
            ("instruction", {"due_at": None}),
            ("task", {"people": [seller.id], "due_at": None, "items": []}),
        )
    }
    await catch_up(shared.company)
    for client, kind, expected in (
        (seller, "instruction", 1),
        (other, "instruction", 1),
        (seller, "task", 1),
        (other, "task", 0),
        (author, "task", 0),
    ):
        name = {"instruction": "instruction_given", "task": "task_set"}[kind]
        found = [
            one for one in await told(client, name) if one["about"] == {"kind": "post", "id": made[kind]}
        ]
        assert len(found) == expected
    # Opened again, a task is among the to-dos and told of no more.
    for state in ("done", "open"):
        await seller.put(f"/api/posts/{made['task']}/progress", {"state": state})
    await catch_up(shared.company)
    assert len([one for one in await told(seller, "task_set") if one["about"]["id"] == made["task"]]) == 1
    # Given to one more, it tells only them.
    body = {"version": 1, "text": "做", "details": {"people": [seller.id, other.id]}}
    (await author.http.patch(f"/api/posts/{made['task']}", json=body)).raise_for_status()
    await catch_up(shared.company)
    for client in (seller, other):
        assert len([one for one in await told(client, "task_set") if one["about"]["id"] == made["task"]]) == 1


async def test_an_urgent_post_is_widened_only_to_whom_one_may_be_urgent(shared: House) -> None:
    author, near = await enter(shared, "1004"), await person_id(shared, "1005")
    urgent = await ask(author, [near], moment(shared, await free_day(shared), "15:00"), urgent=True)
    body = {"version": 1, "text": "急", "audience": {"everyone": True}}
    refused = await author.http.patch(f"/api/posts/{urgent}", json=body)
    assert (refusal(refused), refused.json()["reason"]) == ((403, "forbidden"), "urgent")
    kept = {"version": 1, "text": "急", "audience": {"people": [near]}}
    assert (await author.http.patch(f"/api/posts/{urgent}", json=kept)).status_code == 200


async def test_who_may_not_be_asked_is_named(shared: House) -> None:
    author = await enter(shared, "1005")
    near, far = await person_id(shared, "1006"), await person_id(shared, "1013")
    department = await department_id(shared, "华东/销售二部")
    everybody: dict[str, Any] = {"everyone": True}
    refused = (
        await try_publish(author, everybody, {"people": [near, far], "departments": [department]})
    ).json()
    assert (refused["people"], refused["departments"]) == ([far], [department])
    assert len(refused["names"]) == 2
    without = await try_publish(author, everybody, {"people": [near], "ladder": True})
    assert [(one["field"], one["code"]) for one in without.json()["errors"]] == [
        ("receipts.ladder", "due_required")
    ]
