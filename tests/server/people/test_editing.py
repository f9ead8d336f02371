"""An administrator changes people: who they are, how they sign in, where they sit, whom they report to."""

from typing import Any

import httpx2
from sqlalchemy import select

from server.audit.models import AuditEntry
from server.permissions import roles
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, BOSS, SELLER, department_id, enter, make_person, person_id

__all__ = ["shared", "shared_settings"]


async def now(client: Client, person: int) -> Any:
    return await client.get(f"/api/people/{person}")


async def try_edit(client: Client, person: int, **fields: Any) -> httpx2.Response:
    version = fields.pop("version", None) or (await now(client, person))["version"]
    return await client.http.patch(f"/api/people/{person}", json={"version": version, **fields})


async def edit(client: Client, person: int, **fields: Any) -> Any:
    answer = await try_edit(client, person, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def errors(answer: httpx2.Response) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


async def capabilities(house: House, number: str) -> Any:
    return (await (await enter(house, number)).get("/api/me"))["capabilities"]


async def test_a_change_is_seen_at_once_and_kept_in_the_audit(house: House) -> None:
    admin, someone = await enter(house, ADMINISTRATOR), await enter(house, SELLER)
    async with someone.live() as screen:
        after = await edit(admin, someone.id, name="刘　洋", title="大客户经理", phone="139 1234 5678")
        await screen.event("person.changed", id=someone.id, title="大客户经理")
    assert (after["name"], after["phone"], after["version"]) == ("刘　洋", "13912345678", 2)
    assert (await house.sign_in("13912345678")).id == someone.id
    gone = await house.anonymous().try_post(
        "/api/session", {"login": "13800010005", "password": "shoudao-2026"}
    )
    assert gone.status_code == 401
    entry = await house.company.read(
        lambda conn: conn.execute(
            select(AuditEntry.act, AuditEntry.actor_id, AuditEntry.details).where(
                AuditEntry.object_id == someone.id, AuditEntry.act == "person.changed"
            )
        ).one()
    )
    assert (entry.act, entry.actor_id) == ("person.changed", admin.id)
    assert '"phone"' in entry.details
    assert "1391234" not in entry.details, "no personal values"


async def test_a_sign_in_name_is_one_persons_whatever_its_column(shared: House) -> None:
    admin, someone = await enter(shared, ADMINISTRATOR), await person_id(shared, SELLER)
    for field, value in (("phone", "13800010006"), ("staff_number", "1006"), ("staff_number", "13800010006")):
        assert errors(await try_edit(admin, someone, **{field: value})) == [(field, "sign_in_name_taken")], (
            value
        )
    wrong: list[tuple[str, Any, str]] = [
        ("phone", "12", "phone_invalid"),
        ("email", "not an address", "email_invalid"),
        ("name", " ", "required"),
        ("name", "长" * 101, "too_long"),
        ("staff_number", "9" * 41, "too_long"),
        ("manager_id", 10**9, "not_found"),
        ("department_ids", [10**9], "not_found"),
        ("kind", "bot", "choice"),
    ]
    for field, value, code in wrong:
        refused = await try_edit(admin, someone, **{field: value})
        assert (refused.status_code, errors(refused)) == (422, [(field, code)]), field
    last = await make_person(shared, "9001")
    assert errors(await try_edit(admin, last, staff_number="")) == [("staff_number", "identifier_missing")]


async def test_nobody_becomes_the_manager_of_those_above_them(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    head, manager, seller = [await person_id(shared, one) for one in ("1003", "1004", "1005")]
    refused = await try_edit(admin, head, manager_id=seller)
    assert errors(refused) == [("manager_id", "manager_cycle")]
    assert refused.json()["errors"][0]["params"]["chain"] == "陈晓东 → 刘洋 → 张伟 → 陈晓东"
    assert errors(await try_edit(admin, manager, manager_id=manager)) == [("manager_id", "manager_self")]


async def test_having_reports_gives_the_role_and_losing_the_last_takes_it(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    lead, one, other = [await make_person(shared, number) for number in ("9101", "9102", "9103")]
    await edit(admin, one, manager_id=lead)
    await edit(admin, other, manager_id=lead)
    assert (await capabilities(shared, "9101"))["receipt.require"] == ["below", "own_department", "own_line"]
    await edit(admin, one, manager_id=None)
    assert "post.announce" in await capabilities(shared, "9101")
    await edit(admin, other, manager_id=one)
    assert "post.announce" not in await capabilities(shared, "9101")
    # Given by hand it stays, whoever comes and goes.
    await shared.company.write(lambda work: roles.give(work.conn, "manager", [lead]))
    await edit(admin, other, manager_id=lead)
    await edit(admin, other, manager_id=None)
    assert "post.announce" in await capabilities(shared, "9101")


async def test_two_who_edit_different_fields_both_succeed_the_same_field_shows_both_values(
    shared: House,
) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    someone = await make_person(shared, "9201")
    seen = (await now(admin, someone))["version"]
    await edit(admin, someone, version=seen, title="前台")
    await edit(boss, someone, version=seen, name="改名")
    late = await try_edit(boss, someone, version=seen, title="总台", name="再改")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert late.json()["version"] == (await now(admin, someone))["version"]
    assert {one["field"]: one["params"] for one in late.json()["errors"]} == {
        "title": {"yours": "总台", "now": "前台"},
        "name": {"yours": "再改", "now": "改名"},
    }
    await edit(boss, someone, version=late.json()["version"], title="总台")


async def test_an_outsider_hears_and_may_nothing_of_the_inside(shared: House) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    number = await make_person(shared, "9301")
    someone = await enter(shared, "9301")
    place = await department_id(shared, "总部/市场部")
    await edit(admin, number, department_ids=[place])
    async with someone.live() as screen:
        await edit(admin, number, kind="external")
        told = await screen.event("person.changed", id=number, kind="external")
        await boss.post("/api/posts", {"kind": "share", "text": "内部消息", "audience": {"everyone": True}})
        await boss.post("/api/posts", {"kind": "share", "text": "单独说", "audience": {"people": [number]}})
        await screen.event("post.published", text="单独说")
        texts = [
            one["data"].get("text") for event in screen.events for one in event["changes"] if "data" in one
        ]
        assert "内部消息" not in texts
    assert told["actor"] == admin.id
    assert (await someone.http.get("/api/people")).status_code == 403
    await edit(admin, number, kind="employee")
    assert (await someone.http.get("/api/people")).status_code == 200
    assert errors(await try_edit(admin, admin.id, kind="external")) == [("kind", "oneself")]


async def test_several_people_move_at_once_and_keep_their_other_places(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    market, office = await department_id(shared, "总部/市场部"), await department_id(shared, "总部/财务部")
    people = [await make_person(shared, number) for number in ("9401", "9402")]
    path = f"/api/departments/{market}/people"
    assert await admin.put(path, {"people": people}) == {"moved": 2}
    assert await admin.put(path, {"people": people}) == {"moved": 0}
    await admin.put(f"/api/departments/{office}/people", {"people": people[:1], "how": "add"})
    assert (await now(admin, people[0]))["department_ids"] == [market, office]
    await admin.put(f"/api/departments/{office}/people", {"people": people, "how": "main"})
    assert [(await now(admin, one))["department_ids"] for one in people] == [[office], [office]]
    for body, field in (({"people": []}, "people"), ({"people": [*people, 10**9]}, "people")):
        refused = await admin.http.put(path, json=body)
        assert (refused.status_code, errors(refused)[0][0]) == (422, field)
    assert (
        await admin.http.put("/api/departments/999999/people", json={"people": people})
    ).status_code == 404


async def test_who_edits_people_but_not_roles_does_not_touch_how_administrators_sign_in(
    shared: House,
) -> None:
    clerk = await make_person(shared, "9501")

    def allow(work: Any) -> None:
        from sqlalchemy import insert

        from server.permissions.models import Role, RoleCapability

        role = work.conn.execute(insert(Role).values(code="hr", name="人事").returning(Role.id)).scalar_one()
        for capability in ("people.read", "people.edit", "people.import"):
            work.conn.execute(insert(RoleCapability).values(role_id=role, capability=capability, scope="all"))
        roles.give(work.conn, "hr", [clerk])

    await shared.company.write(allow)
    hr = await enter(shared, "9501")
    admin = await person_id(shared, ADMINISTRATOR)
    assert (await try_edit(hr, admin, email="mine@evil.example")).status_code == 403
    assert (await try_edit(hr, admin, kind="external")).status_code == 403
    assert (await try_edit(hr, admin, title="行政经理")).status_code == 200
    assert (
        await try_edit(hr, await person_id(shared, SELLER), email="new@farbridge.example")
    ).status_code == 200


async def test_colleagues_edit_only_themselves(shared: House) -> None:
    someone = await enter(shared, "1009")
    assert (await try_edit(someone, someone.id, title="总裁")).status_code == 403
    assert (await someone.put("/api/me/about", {"about": " 有事请打电话 "}))["about"] == "有事请打电话"
    long = await someone.http.put("/api/me/about", json={"about": "长" * 101})
    assert errors(long) == [("about", "too_long")]
