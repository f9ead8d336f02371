"""Acting for another: what the delegation says and the principal may, said by name, kept for good, dead when it ends (W34)."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy import select

from server.audit.models import AuditEntry
from tests.feed.board import confirm, counts, publish, refusal, set_clock
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, HEAD, SELLER, enter, person_id


async def name_deputy(
    client: Client, principal: int, deputy: int, *kinds: str, **more: Any
) -> httpx2.Response:
    today = client.house.company.today()
    body = {
        "deputy_id": deputy,
        "kinds": kinds or ("post", "todos", "receipts"),
        "from_day": str(today),
        **more,
    }
    return await client.try_post(f"/api/people/{principal}/delegations", body)


async def call(
    deputy: Client, principal: int | str, method: str, path: str, body: Any = None
) -> httpx2.Response:
    headers = {"Tenfour-Acting-For": str(principal), "Idempotency-Key": f"k-{path}-{principal}"}
    return await deputy.http.request(method, path, json=body, headers=headers)


async def share_for(
    deputy: Client, principal: int, audience: dict[str, Any], key: str = "k", **more: Any
) -> httpx2.Response:
    body = {"kind": "share", "text": "代发", "audience": audience, **more}
    headers = {"Tenfour-Acting-For": str(principal), "Idempotency-Key": key}
    return await deputy.http.post("/api/posts", json=body, headers=headers)


async def entries(house: House) -> list[Any]:
    query = select(AuditEntry.__table__).where(AuditEntry.act == "delegation.used").order_by(AuditEntry.id)
    return await house.company.read(lambda conn: list(conn.execute(query).all()))


async def test_a_deputy_publishes_as_the_principal_and_everybody_sees_both(house: House) -> None:
    boss, secretary, reader = await enter(house, BOSS), await enter(house, "1025"), await enter(house, SELLER)
    assert (await name_deputy(boss, boss.id, secretary.id, "post")).status_code == 201
    async with reader.live() as live:
        answer = await share_for(secretary, boss.id, {"everyone": True}, receipts={"people": [reader.id]})
        assert answer.status_code == 201, answer.text
        event = await live.event("post.published", id=answer.json()["id"])
    seen = event["changes"][0]["data"]
    assert (seen["author_id"], seen["by_id"]) == (boss.id, secretary.id)
    post = await reader.get(f"/api/posts/{seen['id']}")
    assert (post["item"]["author_id"], post["item"]["by_id"]) == (boss.id, secretary.id)
    assert secretary.id in {change["id"] for change in post["also"] if change["kind"] == "person"}
    (entry,) = await entries(house)
    assert (entry.actor_id, entry.behalf_id, entry.object_kind, entry.object_id) == (
        secretary.id,
        boss.id,
        "post",
        seen["id"],
    )
    # The author's own post, asked as the author asks: what the secretary's roles would not allow.
    assert await counts(boss, seen["id"]) == {"asked": 1, "done": 0, "read": 0, "withdrawn": 0, "left": 0}
    # Told again under the same key it is the same post; the same key for oneself is another request.
    assert (await share_for(secretary, boss.id, {"everyone": True}, receipts={"people": [reader.id]})).json()[
        "id"
    ] == seen["id"]
    own = await secretary.try_post(
        "/api/posts",
        {
            "kind": "share",
            "text": "代发",
            "audience": {"everyone": True},
            "receipts": {"people": [reader.id]},
        },
        key="k",
    )
    assert refusal(own) == (409, "idempotency_mismatch")


async def test_a_receipt_by_a_deputy_counts_only_where_the_author_allows_it(house: House) -> None:
    author, boss, secretary = await enter(house, HEAD), await enter(house, BOSS), await enter(house, "1025")
    await name_deputy(boss, boss.id, secretary.id, "receipts", "todos")
    admin = await enter(house, ADMINISTRATOR)
    personal = await publish(admin, {"people": [boss.id]}, {"people": [boss.id]})
    allowed = await publish(admin, {"people": [boss.id]}, {"people": [boss.id], "by_deputy": True})
    refused = await call(secretary, boss.id, "PUT", f"/api/posts/{personal}/receipt", {"version": 1})
    assert (*refusal(refused), refused.json()["reason"]) == (403, "forbidden", "in_person")
    async with boss.live() as live:
        given = await call(secretary, boss.id, "PUT", f"/api/posts/{allowed}/receipt", {"version": 1})
        assert (given.json()["state"], given.json()["by_id"]) == ("done", secretary.id)
        told = await live.event("receipt.given", post_id=allowed)
        assert told["changes"][0]["data"]["by_id"] == secretary.id
    assert await counts(admin, personal) == {"asked": 1, "done": 0, "read": 0, "withdrawn": 0, "left": 0}
    (row,) = (await admin.get(f"/api/posts/{allowed}/receipts"))["items"]
    assert (row["person_id"], row["state"], row["by_id"]) == (boss.id, "done", secretary.id)
    (entry,) = await entries(house)
    assert (entry.actor_id, entry.behalf_id, entry.object_id) == (secretary.id, boss.id, allowed)
    assert entry.address
    # Given by oneself it says nobody else.
    assert (await confirm(boss, personal)).json()["by_id"] is None
    assert author.id != boss.id


async def test_the_principal_and_the_deputy_at_once_give_one_receipt(house: House) -> None:
    boss, secretary, admin = (
        await enter(house, BOSS),
        await enter(house, "1025"),
        await enter(house, ADMINISTRATOR),
    )
    await name_deputy(boss, boss.id, secretary.id, "receipts")
    for _ in range(3):
        post = await publish(admin, {"people": [boss.id]}, {"people": [boss.id], "by_deputy": True})
        answers = await asyncio.gather(
            confirm(boss, post), call(secretary, boss.id, "PUT", f"/api/posts/{post}/receipt", {"version": 1})
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert (await counts(admin, post))["done"] == 1


async def test_a_deputy_reads_the_to_dos_and_the_posts_they_are_about_and_nothing_more(house: House) -> None:
    boss, secretary, admin = (
        await enter(house, BOSS),
        await enter(house, "1025"),
        await enter(house, ADMINISTRATOR),
    )
    asked = await publish(admin, {"people": [boss.id]}, {"people": [boss.id]})
    private = await publish(admin, {"people": [boss.id]})
    await name_deputy(boss, boss.id, secretary.id, "todos")
    mine = await boss.get("/api/todos")
    theirs = await call(secretary, boss.id, "GET", "/api/todos")
    assert theirs.json()["items"] == mine["items"]
    post = await call(secretary, boss.id, "GET", f"/api/posts/{asked}")
    assert post.json()["item"]["id"] == asked
    assert refusal(await call(secretary, boss.id, "GET", f"/api/posts/{private}")) == (404, "not_found")
    assert refusal(await secretary.http.get(f"/api/posts/{asked}")) == (404, "not_found")
    for method, path, body in (
        ("GET", "/api/posts", None),
        ("GET", "/api/conversations", None),
        ("GET", "/api/bootstrap", None),
        ("GET", "/api/me", None),
        ("PUT", "/api/me/language", {"language": "en"}),
        ("POST", "/api/conversations", {"kind": "direct", "people": [admin.id]}),
        ("GET", f"/api/posts/{asked}/receipts", None),
        (
            "POST",
            f"/api/people/{boss.id}/delegations",
            {"deputy_id": admin.id, "kinds": ["post"], "from_day": "2030-01-01"},
        ),
        ("POST", "/api/posts", {"kind": "share", "text": "x", "audience": {"everyone": True}}),
        ("PUT", f"/api/posts/{asked}/receipt", {"version": 1}),
    ):
        assert refusal(await call(secretary, boss.id, method, path, body)) == (403, "forbidden"), path


async def test_without_a_delegation_that_holds_now_the_header_is_refused(house: House) -> None:
    boss, secretary, chained = (
        await enter(house, BOSS),
        await enter(house, "1025"),
        await enter(house, "1026"),
    )
    administrator = await enter(house, ADMINISTRATOR)
    today = house.company.today()
    later = {"from_day": str(today + timedelta(days=1)), "to_day": str(today + timedelta(days=2))}
    await name_deputy(boss, boss.id, secretary.id, **later)
    await name_deputy(secretary, secretary.id, chained.id)

    async def may(deputy: Client, principal: object) -> bool:
        response = await call(deputy, principal, "GET", "/api/todos")  # type: ignore[arg-type]
        assert response.status_code == 200 or refusal(response) == (403, "forbidden")
        return response.status_code == 200

    assert not await may(secretary, boss.id)  # not yet
    for header in ("", "0", "-1", "x", "1e3", "9" * 30, f"{boss.id}, {boss.id}", secretary.id, 999_999):
        assert not await may(secretary, header), header
    assert refusal(await call(house.anonymous(), boss.id, "GET", "/api/todos")) == (401, "signed_out")
    await set_clock(administrator, timedelta(days=1))
    assert await may(secretary, boss.id)
    assert await may(chained, secretary.id)
    assert not await may(chained, boss.id)  # no chains
    await set_clock(administrator, timedelta(days=3))
    assert not await may(secretary, boss.id)  # over


async def test_an_ended_delegation_is_dead_at_once_and_overlapping_ones_live_on(house: House) -> None:
    boss, secretary = await enter(house, BOSS), await enter(house, "1025")
    first = (await name_deputy(boss, boss.id, secretary.id, "post")).json()
    second = (await name_deputy(boss, boss.id, secretary.id, "post", "todos")).json()
    async with secretary.live() as live:
        ended = await boss.delete(f"/api/people/{boss.id}/delegations/{second['id']}")
        assert (ended["is_ended"], ended["ended_by"]) == (True, boss.id)
        told = await live.event("delegation.ended", id=second["id"])
        assert told["changes"][0]["data"]["is_ended"]
    assert refusal(await call(secretary, boss.id, "GET", "/api/todos")) == (403, "forbidden")
    assert (await share_for(secretary, boss.id, {"everyone": True}, "one")).status_code == 201
    # The deputy may lay it down too; twice is the same.
    for _ in range(2):
        assert (await secretary.delete(f"/api/people/{secretary.id}/delegations/{first['id']}"))["is_ended"]
    assert refusal(await share_for(secretary, boss.id, {"everyone": True}, "two")) == (403, "forbidden")


async def test_who_leaves_acts_for_nobody_and_nobody_acts_for_them(house: House) -> None:
    boss, secretary, administrator = (
        await enter(house, BOSS),
        await enter(house, "1025"),
        await enter(house, ADMINISTRATOR),
    )
    head = await enter(house, HEAD)
    await name_deputy(head, head.id, secretary.id)
    await name_deputy(boss, boss.id, head.id)
    await administrator.put(f"/api/people/{head.id}/resignation", {"pass_reports_up": True})
    assert refusal(await call(secretary, head.id, "GET", "/api/todos")) == (403, "forbidden")
    await administrator.delete(f"/api/people/{head.id}/resignation")
    assert refusal(await call(secretary, head.id, "GET", "/api/todos")) == (403, "forbidden")
    listed = (await boss.get(f"/api/people/{boss.id}/delegations"))["items"]
    assert [one["is_ended"] for one in listed] == [True]


async def test_only_the_principal_or_an_administrator_names_a_deputy_and_never_themselves(
    house: House,
) -> None:
    boss, secretary, administrator = (
        await enter(house, BOSS),
        await enter(house, "1025"),
        await enter(house, ADMINISTRATOR),
    )
    someone = await person_id(house, SELLER)
    assert refusal(await name_deputy(secretary, boss.id, secretary.id)) == (403, "forbidden")
    assert refusal(await secretary.http.get(f"/api/people/{boss.id}/delegations")) == (403, "forbidden")
    assert (await name_deputy(administrator, boss.id, secretary.id)).status_code == 201
    today = house.company.today()
    for client, principal, deputy, more, expected in (
        (boss, boss.id, boss.id, {}, ("deputy_id", "oneself")),
        (administrator, boss.id, administrator.id, {}, ("deputy_id", "oneself")),
        (boss, boss.id, 999_999, {}, ("deputy_id", "not_found")),
        (boss, boss.id, someone, {"from_day": str(today - timedelta(days=1))}, ("from_day", "past")),
        (boss, boss.id, someone, {"to_day": str(today - timedelta(days=1))}, ("to_day", "before_start")),
        (boss, boss.id, someone, {"kinds": []}, ("kinds", "required")),
        (boss, boss.id, someone, {"kinds": ["rule"]}, ("kinds[0]", "choice")),
    ):
        response = await name_deputy(client, principal, deputy, **more)
        assert response.status_code == 422, response.text
        error = response.json()["errors"][0]
        assert error["code"] == expected[1]
        assert error["field"].startswith(expected[0].split("[")[0])
    assert refusal(await name_deputy(administrator, 999_999, someone)) == (404, "not_found")
    bootstrap = await secretary.bootstrap()
    given = [change["data"] for change in bootstrap["changes"] if change["kind"] == "delegation"]
    assert [(one["principal_id"], one["created_by"]) for one in given] == [(boss.id, administrator.id)]
