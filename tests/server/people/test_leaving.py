"""Somebody leaves: out within a second, nothing lost, nothing left pending; and comes back (SEC-06, SEC-07, RCPT-15)."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import select, update
from websockets.exceptions import ConnectionClosed

from server.audit.models import AuditEntry
from server.auth.models import Session
from server.org.models import Person
from server.people.invitations import invite
from tests.feed.board import confirm, counts, names_in, publish, refusal, try_publish
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    HEAD,
    MANAGER,
    SELLER,
    enter,
    enter_as,
    make_person,
    person_id,
)

STAY = {"pass_reports_up": False}


async def leave(client: Client, person: int, **body: Any) -> Any:
    return await client.http.put(f"/api/people/{person}/resignation", json={**STAY, **body})


async def seconds_until_out(administrator: Client, one: Client, other: Client) -> float:
    """From the administrator's press to the end of the last of a person's two sockets."""
    async with one.live() as phone, other.live() as desk:
        began = time.monotonic()
        assert (await leave(administrator, one.id)).status_code == 200
        for live in (phone, desk):
            with pytest.raises(ConnectionClosed) as closed:
                await live.until(lambda frame: False)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4401
        return time.monotonic() - began


async def test_who_leaves_is_out_of_every_device_within_a_second(house: House) -> None:
    administrator, someone = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    tablet = await enter_as(house, someone.id)
    took = [await seconds_until_out(administrator, someone, tablet)]
    for number in ("8811", "8812"):  # the quickest of three counts: a busy machine may hold one back
        newcomer = await make_person(house, number)
        phone, desk = await enter_as(house, newcomer), await enter_as(house, newcomer)
        took.append(await seconds_until_out(administrator, phone, desk))
    assert min(took) < 1.0
    for client in (someone, tablet):
        assert refusal(await client.http.get("/api/me")) == (401, "signed_out")
        assert (await client.try_post("/api/posts", {})).status_code in (401, 422)
    again = await house.anonymous().try_post("/api/session", {"login": SELLER, "password": "shoudao-2026"})
    assert refusal(again) == (401, "wrong_credentials")
    left = await house.company.read(
        lambda conn: conn.execute(select(Session.id).where(Session.person_id == someone.id)).first()
    )
    assert left is None


async def test_a_link_that_was_not_used_yet_dies_with_its_person(house: House) -> None:
    administrator = await enter(house, ADMINISTRATOR)
    newcomer = await make_person(house, "8801")

    def invited(work: Any) -> str:
        work.conn.execute(
            update(Person).where(Person.id == newcomer).values(state="invited", password_hash=None)
        )
        return str(invite(work, administrator.id, [newcomer])[0][newcomer])

    token = (await house.company.write(invited)).value
    assert (await house.anonymous().get(f"/api/invitations/{token}"))["name"] == "P8801"
    assert (await leave(administrator, newcomer)).status_code == 200
    gone = await house.anonymous().http.get(f"/api/invitations/{token}")
    assert refusal(gone) == (404, "not_found")
    back = await administrator.delete(f"/api/people/{newcomer}/resignation")
    assert (back["state"], back["left_at"]) == ("invited", None)


async def test_receipts_of_who_leaves_no_longer_wait_and_the_author_sees_it_live(house: House) -> None:
    author, administrator = await enter(house, HEAD), await enter(house, ADMINISTRATOR)
    first, second, third = [await enter(house, number) for number in ("1005", "1006", "1007")]
    people = [first.id, second.id, third.id]
    post = await publish(author, {"people": people}, {"people": people})
    await confirm(second, post)
    await first.put(f"/api/posts/{post}/read", {"version": 1})
    await third.put(f"/api/posts/{post}/read", {"version": 1})
    async with author.live() as live:
        assert (await leave(administrator, first.id)).status_code == 200
        assert (await leave(administrator, second.id)).status_code == 200
        event = await live.event("receipts.counted", post_id=post, left=1)
        assert event["changes"][0]["data"]["asked"] == 2
        told = await live.event("person.left", id=first.id)
        assert told["changes"][0]["data"]["state"] == "left"
    assert await counts(author, post) == {"asked": 2, "done": 1, "read": 1, "withdrawn": 0, "left": 1}
    rows = {
        row["person_id"]: row["state"] for row in (await author.get(f"/api/posts/{post}/receipts"))["items"]
    }
    assert rows == {first.id: "left", second.id: "done", third.id: "open"}
    assert await names_in(author, post, "unread") == []
    reminded = await author.try_post(f"/api/posts/{post}/receipts/remind", {})
    assert reminded.json()["reminded"] == 1
    assert refusal(await author.http.delete(f"/api/posts/{post}/receipts/{first.id}")) == (409, "not_pending")


async def test_who_comes_back_is_asked_again_and_is_signed_in_nowhere(house: House) -> None:
    author, administrator = await enter(house, HEAD), await enter(house, ADMINISTRATOR)
    someone = await enter(house, SELLER)
    post = await publish(author, {"people": [someone.id]}, {"people": [someone.id]})
    open_before = (await someone.get("/api/todos/counts"))["total"]
    assert (await leave(administrator, someone.id)).status_code == 200
    back = await administrator.delete(f"/api/people/{someone.id}/resignation")
    assert (back["state"], back["left_at"]) == ("active", None)
    assert refusal(await someone.http.get("/api/me")) == (401, "signed_out")
    assert await counts(author, post) == {"asked": 1, "done": 0, "read": 0, "withdrawn": 0, "left": 0}
    again = await house.sign_in(SELLER)
    assert (await again.get("/api/todos/counts"))["total"] == open_before
    assert (await confirm(again, post)).status_code == 200
    assert refusal(await administrator.http.delete(f"/api/people/{someone.id}/resignation")) == (
        409,
        "wrong_state",
    )


async def test_nobody_writes_to_asks_or_addresses_who_has_left(house: House) -> None:
    administrator, colleague = await enter(house, ADMINISTRATOR), await enter(house, "1006")
    someone = await enter(house, SELLER)
    direct = await colleague.post("/api/conversations", {"kind": "direct", "people": [someone.id]})
    await someone.post(f"/api/conversations/{direct['id']}/messages", {"client_id": "a", "text": "旧话"})
    group = await someone.post(
        "/api/conversations", {"kind": "group", "name": "小组", "people": [colleague.id, administrator.id]}
    )
    assert (await leave(administrator, someone.id)).status_code == 200

    said = await colleague.http.post(
        f"/api/conversations/{direct['id']}/messages", json={"client_id": "b", "text": "在吗"}
    )
    assert refusal(said) == (403, "forbidden")
    assert said.json()["reason"] == "left"
    history = await colleague.get(f"/api/conversations/{direct['id']}/messages")
    assert [message["text"] for message in history["items"]] == ["旧话"]
    assert (await colleague.get(f"/api/people/{someone.id}"))["name"] == "刘洋"

    for response in (
        await colleague.try_post("/api/conversations", {"kind": "direct", "people": [someone.id]}),
        await colleague.try_post(
            "/api/conversations", {"kind": "group", "name": "新组", "people": [someone.id, administrator.id]}
        ),
        await try_publish(colleague, {"people": [someone.id]}),
        await try_publish(administrator, {"everyone": True}, {"people": [someone.id]}),
    ):
        assert refusal(response) == (422, "invalid")
        assert response.json()["errors"][0]["code"] == "not_found"
    mentioned = await administrator.post(
        "/api/posts",
        {"kind": "share", "text": f"@[刘洋](person:{someone.id}) 再见", "audience": {"everyone": True}},
    )
    assert mentioned["not_notified"]["people"] == [someone.id]

    path = f"/api/conversations/{group['id']}/messages"
    named = {"client_id": "c", "text": f"@[刘洋](person:{someone.id}) 在吗"}
    refused = await colleague.http.post(path, json=named)
    assert refusal(refused) == (422, "invalid")
    assert refused.json()["errors"][0]["code"] == "mention_left"
    assert refused.json()["errors"][0]["params"] == {"ids": [someone.id]}

    members = (await colleague.get(f"/api/conversations/{group['id']}/members"))["items"]
    roles = {member["person_id"]: member["role"] for member in members}
    assert roles[someone.id] == "member"
    assert sorted(roles.values()) == ["member", "member", "owner"]

    await administrator.delete(f"/api/people/{someone.id}/resignation")
    spoken = await colleague.http.post(
        f"/api/conversations/{direct['id']}/messages", json={"client_id": "b", "text": "在吗"}
    )
    assert spoken.status_code == 201


async def test_the_plan_says_what_somebody_still_holds_and_reports_go_to_the_manager_above(
    house: House,
) -> None:
    administrator, manager = await enter(house, ADMINISTRATOR), await enter(house, MANAGER)
    head = await person_id(house, HEAD)
    await manager.post("/api/conversations", {"kind": "group", "name": "一部", "people": [head]})
    author = await enter(house, HEAD)
    await publish(author, {"people": [manager.id]}, {"people": [manager.id]})
    report = await administrator.get(f"/api/people/{await person_id(house, SELLER)}")
    plan = await administrator.get(f"/api/people/{manager.id}/resignation")
    held = {item["kind"]: item["count"] for item in plan["items"]}
    assert held["reports"] == 3
    assert held["groups"] >= 1
    assert held["receipts"] >= 1
    assert (plan["manager_id"], plan["refusal"]) == (head, "")

    async with author.live() as live:
        assert (
            await leave(administrator, manager.id, pass_reports_up=True, reason="合同到期")
        ).status_code == 200
        event = await live.event("person.left", id=manager.id)
    assert {change["data"]["manager_id"] for change in event["changes"][1:]} == {head}
    assert (await author.get(f"/api/people/{await person_id(house, SELLER)}"))["manager_id"] == head
    late = {"version": report["version"], "manager_id": administrator.id}
    stale = await administrator.http.patch(f"/api/people/{report['id']}", json=late)
    assert refusal(stale) == (409, "stale_version"), "who edits at that moment is told"
    entry = await house.company.read(
        lambda conn: conn.execute(select(AuditEntry.__table__).where(AuditEntry.act == "person.left")).one()
    )
    assert (entry.actor_id, entry.object_id, entry.reason) == (administrator.id, manager.id, "合同到期")
    assert entry.details == '{"reports_moved": 3}'
    assert entry.address


async def test_oneself_the_last_editor_and_who_has_left_are_refused(house: House) -> None:
    administrator, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    someone = await person_id(house, SELLER)
    for client, person, reason in (
        (administrator, administrator.id, "oneself"),
        (administrator, someone, None),
        (administrator, someone, "left_already"),
        (boss, administrator.id, None),
        (boss, boss.id, "oneself"),
    ):
        response = await leave(client, person)
        assert response.status_code == (409 if reason else 200), response.text
        assert response.json().get("reason") == reason
    # The boss is the last who may change roles, whoever else may disable people.
    from server.permissions.models import PersonRole, Role, RoleCapability

    officer = await enter_as(house, await make_person(house, "8802"))

    def turn(work: Any) -> None:
        from sqlalchemy import insert

        role = work.conn.execute(insert(Role).values(code="hr", name="HR").returning(Role.id)).scalar_one()
        work.conn.execute(
            insert(RoleCapability).values(role_id=role, capability="people.disable", scope="all")
        )
        work.conn.execute(insert(PersonRole).values(role_id=role, person_id=officer.id))

    await house.company.write(turn)
    refused = await leave(officer, boss.id)
    assert (refused.status_code, refused.json()["reason"]) == (409, "last_editor")
    plan = await officer.get(f"/api/people/{boss.id}/resignation")
    assert plan["refusal"] == "last_editor"
    assert refusal(await leave(await enter(house, "1006"), officer.id)) == (403, "forbidden")
    assert refusal(await leave(officer, 999_999)) == (404, "not_found")


async def test_of_two_administrators_who_disable_each_other_one_wins(house: House) -> None:
    administrator, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    answers = await asyncio.gather(leave(administrator, boss.id), leave(boss, administrator.id))
    assert sorted(answer.status_code for answer in answers) == [200, 401]
    states = await house.company.read(
        lambda conn: list(
            conn.execute(select(Person.state).where(Person.id.in_([administrator.id, boss.id]))).scalars()
        )
    )
    assert sorted(states) == ["active", "left"]


async def test_whoever_asks_while_somebody_leaves_does_not_wait_for_them(house: House) -> None:
    administrator = await enter(house, ADMINISTRATOR)
    author, someone = await enter(house, HEAD), await enter(house, SELLER)
    people = {"people": [someone.id, await person_id(house, "1006")]}
    for _ in range(3):
        answers = await asyncio.gather(
            try_publish(author, people, people),
            leave(administrator, someone.id),
            try_publish(author, people, people),
        )
        assert [answer.status_code for answer in answers if answer.status_code not in (201, 422)] == [200]
        await house.check()  # «nothing waits for who has left»
        await administrator.delete(f"/api/people/{someone.id}/resignation")


async def test_a_direct_conversation_begun_while_the_other_leaves_is_not_left_open(house: House) -> None:
    administrator, someone = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    for number in ("1006", "1007", "1008"):
        client = await enter(house, number)
        begun, _ = await asyncio.gather(
            client.try_post("/api/conversations", {"kind": "direct", "people": [someone.id]}),
            leave(administrator, someone.id),
        )
        if begun.status_code == 201:
            path = f"/api/conversations/{begun.json()['id']}/messages"
            said = await client.http.post(path, json={"client_id": "a", "text": "在吗"})
            assert refusal(said) == (403, "forbidden"), "open towards who has left"
        else:
            assert refusal(begun) == (422, "invalid")
        await administrator.delete(f"/api/people/{someone.id}/resignation")


async def test_a_receipt_given_while_its_person_leaves_is_counted_once(house: House) -> None:
    author, administrator = await enter(house, HEAD), await enter(house, ADMINISTRATOR)
    someone = await enter(house, SELLER)
    posts = [await publish(author, {"people": [someone.id]}, {"people": [someone.id]}) for _ in range(4)]
    await asyncio.gather(*[confirm(someone, post) for post in posts], leave(administrator, someone.id))
    for post in posts:
        tally = await counts(author, post)
        assert (tally["done"], tally["left"]) in ((1, 0), (0, 1))
        assert tally["asked"] == tally["done"]
