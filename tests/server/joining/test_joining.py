"""Joining by the company's link: asked once, decided once, and nobody learns who is here (W32)."""

import asyncio
import json
from typing import Any

from sqlalchemy import select

from server.audit.models import AuditEntry
from server.joining.models import JoinRequest
from tests.house import Client, House
from tests.server.api.people import department_id, enter, person_id
from tests.server.api.wire import Reply, ask
from tests.server.auth.door import JSON, knock

PASSWORD = "correct horse 4"


async def link_of(house: House) -> str:
    """The token of the company's link, switched on."""
    administrator = await enter(house, "1002")
    shown = await administrator.put("/api/company/join-link", {"is_on": True})
    return str(shown["link"].rpartition("/company/")[2])


async def knocks(house: House, token: str, login: str, source: str = "127.0.0.1", **other: object) -> Reply:
    body = {"name": "周新", "login": login, "password": PASSWORD, "note": "销售部新人", "language": "zh-Hans"}
    return await ask(
        house, "POST", f"/api/joining/{token}", [JSON], json.dumps({**body, **other}).encode(), source
    )


async def answer(house: House, asked: Reply) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(house, "GET", f"/api/joining/requests/{asked.json()['token']}")).json()
    return found


async def pending(client: Client) -> list[dict[str, Any]]:
    return list((await client.get("/api/join-requests", state="pending"))["items"])


async def decide(client: Client, request: int, **body: object) -> Any:
    return await client.http.put(f"/api/join-requests/{request}/decision", json=body)


async def test_who_asks_waits_and_signs_in_when_let_in(shared: House) -> None:
    token = await link_of(shared)
    administrator, seller = await enter(shared, "1002"), await enter(shared, "1005")
    assert (await ask(shared, "GET", f"/api/joining/{token}")).json() == {"company": "远桥科技 Farbridge"}
    async with administrator.live() as live, seller.live() as other:
        asked = await knocks(shared, token, "139 1234 0001")
        assert asked.status == 201
        event = await live.event("join.asked", name="周新")
        request = event["changes"][0]["data"]
        assert (request["phone"], request["note"], request["state"]) == (
            "13912340001",
            "销售部新人",
            "pending",
        )
        assert (await answer(shared, asked))["state"] == "pending"
        assert (await knock(shared, "13912340001", PASSWORD)).status == 401
        todo = (await administrator.get("/api/todos", category="join_request"))["items"][0]
        assert (todo["source"], todo["asked_by"]) == ({"kind": "join_request", "id": request["id"]}, None)
        department, manager = await department_id(shared, "总部/行政部"), await person_id(shared, "1004")
        place = {"department_ids": [department], "manager_id": manager, "title": "销售", "kind": "employee"}
        decided = await decide(administrator, request["id"], decision="approve", place=place)
        assert (decided.status_code, decided.json()["state"]) == (200, "approved")
        assert (await live.event("join.decided", id=request["id"]))["changes"][0]["data"][
            "state"
        ] == "approved"
        seen = (await other.event("person.changed", name="周新"))["changes"][0]["data"]
        assert (seen["state"], seen["department_ids"], seen["manager_id"]) == (
            "active",
            [department],
            manager,
        )
        assert not [event for event in other.events if event["type"].startswith("join.")]
    assert (await answer(shared, asked))["state"] == "approved"
    entered = await knock(shared, "13912340001", PASSWORD)
    assert entered.status == 200
    assert "post.share" in entered.json()["capabilities"]
    counts = (await administrator.get("/api/todos/counts"))["categories"]
    assert counts["join_request"] == 0
    assert "join_request" not in (await seller.get("/api/todos/counts"))["categories"]
    row = await shared.company.read(
        lambda c: c.execute(select(JoinRequest.__table__).where(JoinRequest.id == request["id"])).one()
    )
    assert row.password_hash is None


async def test_a_refusal_tells_its_reason_and_one_may_ask_again(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    asked = await knocks(shared, token, "refused@example.com")
    [request] = [one for one in await pending(administrator) if one["email"] == "refused@example.com"]
    nothing = await decide(administrator, request["id"], decision="refuse", reason=" ")
    assert (nothing.status_code, nothing.json()["errors"][0]["field"]) == (422, "reason")
    assert (
        await decide(administrator, request["id"], decision="refuse", reason="请先联系人事")
    ).status_code == 200
    shown = await answer(shared, asked)
    assert (shown["state"], shown["reason"]) == ("refused", "请先联系人事")
    assert (await knock(shared, "refused@example.com", PASSWORD)).status == 401
    await knocks(shared, token, "refused@example.com")
    again = [one for one in await pending(administrator) if one["email"] == "refused@example.com"]
    assert len(again) == 1
    assert again[0]["id"] != request["id"]


async def test_of_two_administrators_one_decides(shared: House) -> None:
    token = await link_of(shared)
    deciders = [await enter(shared, "1002"), await enter(shared, "1001")]
    for number in range(3):
        await knocks(shared, token, f"race{number}@example.com")
        [request] = [one for one in await pending(deciders[0]) if one["email"] == f"race{number}@example.com"]
        replies = await asyncio.gather(
            decide(deciders[0], request["id"], decision="approve"),
            decide(deciders[1], request["id"], decision="refuse", reason="no"),
            decide(deciders[1], request["id"], decision="approve"),
        )
        assert sorted(reply.status_code for reply in replies) == [200, 409, 409]
        won = next(reply.json() for reply in replies if reply.status_code == 200)
        for lost in (reply.json() for reply in replies if reply.status_code == 409):
            assert (lost["code"], lost["reason"]) == ("wrong_state", f"join_{won['state']}")
        made = await deciders[0].get("/api/people", q=f"race{number}@")
        assert len(made["items"]) == (1 if won["state"] == "approved" else 0)


async def test_nobody_learns_who_is_here_by_asking(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    colleague = (await administrator.get("/api/people", q="1005"))["items"][0]
    before = len(await pending(administrator))
    replies = [
        await knocks(shared, token, login)
        for login in ("stranger@example.com", "Stranger@Example.com", colleague["phone"], colleague["email"])
    ]
    assert {reply.status for reply in replies} == {201}
    shown = [await answer(shared, reply) for reply in replies]
    assert {(one["state"], one["reason"]) for one in shown} == {("pending", "")}
    waiting = await pending(administrator)
    assert len(waiting) == before + 1
    assert [(one["email"], one["times"]) for one in waiting if "stranger" in one["email"]] == [
        ("stranger@example.com", 2)
    ]
    assert (await knock(shared, "1005", PASSWORD)).status == 401


async def test_asking_twice_at_once_waits_once(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    replies = await asyncio.gather(*[knocks(shared, token, "twice@example.com") for _ in range(4)])
    assert {reply.status for reply in replies} == {201}
    [request] = [one for one in await pending(administrator) if one["email"] == "twice@example.com"]
    assert request["times"] == 4


async def test_a_name_that_was_taken_meanwhile_is_not_let_in_twice(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    await knocks(shared, token, "13912340009")
    [request] = [one for one in await pending(administrator) if one["phone"] == "13912340009"]
    await administrator.post("/api/people", {"name": "周新", "phone": "13912340009"})
    refused = await decide(administrator, request["id"], decision="approve")
    assert (refused.status_code, refused.json()["reason"]) == (409, "sign_in_name_taken")
    assert (
        await decide(administrator, request["id"], decision="refuse", reason="已有账号")
    ).status_code == 200


async def test_a_renewed_or_switched_off_link_is_dead_at_once(shared: House) -> None:
    administrator, old = await enter(shared, "1002"), await link_of(shared)
    renewed = await administrator.post("/api/company/join-link")
    new = renewed["link"].rpartition("/company/")[2]
    assert new != old
    assert len(new) >= 43
    for reply in (
        await knocks(shared, old, "late@example.com"),
        await ask(shared, "GET", f"/api/joining/{old}"),
    ):
        assert (reply.status, reply.json()["code"]) == (404, "not_found")
    assert (await ask(shared, "GET", f"/api/joining/{new}")).status == 200
    off = await administrator.put("/api/company/join-link", {"is_on": False})
    assert off["link"] == ""
    assert (await knocks(shared, new, "late@example.com")).status == 404
    picture = await administrator.http.get("/api/company/join-link/picture")
    assert picture.status_code == 404
    acts = await shared.company.read(lambda c: set(c.execute(select(AuditEntry.act)).scalars()))
    assert {"join_link.switched_on", "join_link.switched_off", "join_link.renewed"} <= acts


async def test_the_picture_is_drawn_here_and_only_for_who_may(shared: House) -> None:
    await link_of(shared)
    administrator = await enter(shared, "1002")
    drawn = await administrator.http.get("/api/company/join-link/picture")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert b"<path" in drawn.content
    assert "no-store" in drawn.headers["cache-control"]
    png = await administrator.http.get("/api/company/join-link/picture", params={"format": "png"})
    assert png.content.startswith(b"\x89PNG")
    assert png.headers["x-content-type-options"] == "nosniff"
    for path in ("/api/company/join-link/picture", "/api/company/join-link", "/api/join-requests"):
        refused = await (await enter(shared, "1004")).http.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert (await shared.anonymous().http.get(path)).status_code == 401


async def test_an_address_that_asks_too_often_waits_and_others_do_not(shared: House) -> None:
    token = await link_of(shared)
    from server.auth import delays

    usual = delays._KINDS["joining"]
    delays._KINDS["joining"] = delays._Kind(3, 900)
    try:
        replies = [
            await knocks(shared, token, f"many{number}@example.com", "127.0.9.1") for number in range(5)
        ]
        assert [reply.status for reply in replies] == [201, 201, 201, 201, 429]
        assert replies[-1].json()["code"] == "too_soon"
        assert replies[-1].json()["until"]
        assert (await knocks(shared, token, "other@example.com", "127.0.9.2")).status == 201
    finally:
        delays._KINDS["joining"] = usual


WRONG = {
    "name": ("", "required"), "login": ("E-1002", "phone_or_email"), "password": ("12345678", "too_common"),
    "note": ("x" * 201, "too_long"),
}  # fmt: skip


async def test_a_wrong_field_is_named_and_nothing_waits(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    before = await pending(administrator)
    for field, (value, code) in WRONG.items():
        body = {"login": "wrong@example.com", field: value}
        refused = await knocks(shared, token, str(body.pop("login")), **body)
        error = refused.json()["errors"][0]
        assert (refused.status, error["field"], error["code"]) == (422, field, code)
    assert await pending(administrator) == before


async def test_a_new_administrators_first_state_holds_what_waits(shared: House) -> None:
    token, administrator = await link_of(shared), await enter(shared, "1002")
    await knocks(shared, token, "first-state@example.com")
    waiting = {one["id"] for one in await pending(administrator)}
    boot = await administrator.bootstrap()
    held = {change["id"] for change in boot["changes"] if change["kind"] == "join_request"}
    assert waiting
    assert waiting == held
    other = await (await enter(shared, "1005")).bootstrap()
    assert not [change for change in other["changes"] if change["kind"] == "join_request"]
