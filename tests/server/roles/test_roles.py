"""Roles are made, changed, given and taken; nobody is locked out, nobody gives more than they hold, and every refusal says why."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from server.opening import open_company
from server.org.models import Person
from server.people.founding import NewPerson, make_people
from server.permissions import roles
from server.permissions.automatic import settle_managers
from server.permissions.models import PersonRole, Role
from server.permissions.roles import SHIPPED, shipped
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, HEAD, MANAGER, SELLER, enter, enter_as, person_id


async def roles_of(client: Client) -> dict[str, dict[str, Any]]:
    return {role["code"]: role for role in (await client.get("/api/roles"))["items"]}


async def role_of_own(client: Client, name: str, **capabilities: list[str]) -> dict[str, Any]:
    body = {
        "name": name,
        "capabilities": {key.replace("_", ".", 1): value for key, value in capabilities.items()},
    }
    made: dict[str, Any] = await client.post("/api/roles", body)
    return made


async def given_to(client: Client, person: int) -> list[int]:
    held = (await client.get(f"/api/people/{person}/permissions"))["roles"]
    return [role["role_id"] for role in held if role["given"]]


async def give(client: Client, person: int, *more: int) -> None:
    await client.put(f"/api/people/{person}/roles", {"roles": [*await given_to(client, person), *more]})


def refusal(reply: Any) -> tuple[int, str, str]:
    document = reply.json()
    return reply.status_code, document["code"], document.get("reason", "")


async def test_the_shipped_roles_come_first_and_say_what_they_give(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    listed = (await admin.get("/api/roles"))["items"]
    assert [role["code"] for role in listed] == list(SHIPPED)
    assert all(role["is_shipped"] and not role["is_edited"] for role in listed)
    assert {role["code"]: role["capabilities"] for role in listed} == {
        code: shipped(code) for code in SHIPPED
    }
    assert {one["name"] for one in (await admin.get("/api/capabilities"))["items"]} >= {
        "roles.edit",
        "audit.read",
    }


async def test_a_copy_gives_the_same_until_it_is_changed_and_its_name_is_its_own(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    member = (await roles_of(admin))["member"]
    copy = await admin.post("/api/roles", {"name": " 实习生 ", "copy_of": member["id"]})
    assert (copy["name"], copy["capabilities"]) == ("实习生", member["capabilities"])
    twin = await admin.try_post("/api/roles", {"name": "实习生"})
    assert refusal(twin) == (409, "duplicate", "role_name")
    changed = await admin.http.patch(
        f"/api/roles/{copy['id']}",
        json={"version": copy["version"], "capabilities": {"people.read": ["all"]}},
    )
    assert changed.json()["capabilities"] == {"people.read": ["all"]}
    stale = await admin.http.patch(f"/api/roles/{copy['id']}", json={"version": copy["version"], "name": "x"})
    assert refusal(stale)[:2] == (409, "stale_version")
    assert stale.json()["version"] == copy["version"] + 1
    assert (await roles_of(admin))["member"] == member


@pytest.mark.parametrize(
    ("capabilities", "code"),
    [({"cake.bake": ["all"]}, "unknown_capability"), ({"people.import": ["below"]}, "unknown_scope")],
)
async def test_a_role_gives_only_what_is_declared(house: House, capabilities: Any, code: str) -> None:
    admin = await enter(house, ADMINISTRATOR)
    reply = await admin.try_post("/api/roles", {"name": "x", "capabilities": capabilities})
    assert refusal(reply)[:2] == (422, "invalid")
    assert reply.json()["errors"][0]["code"] == code


async def test_a_shipped_role_is_edited_and_put_back_but_never_deleted(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    clerk = (await roles_of(admin))["clerk"]
    path = f"/api/roles/{clerk['id']}"
    assert refusal(await admin.http.delete(path)) == (409, "wrong_state", "shipped_role")
    body = {"version": 1, "name": "后勤", "capabilities": {"post.share": ["all"]}}
    edited = (await admin.http.patch(path, json=body)).json()
    assert (edited["name"], edited["is_edited"]) == ("后勤", True)
    back = await admin.put(f"{path}/shipped", {"version": edited["version"]})
    assert (back["name"], back["is_edited"], back["capabilities"]) == (clerk["name"], False, shipped("clerk"))
    own = await role_of_own(admin, "夜班")
    assert refusal(await admin.http.put(f"/api/roles/{own['id']}/shipped", json={"version": 1})) == (
        409,
        "wrong_state",
        "not_shipped",
    )


async def test_what_is_shipped_anew_reaches_a_role_that_nobody_edited(house_settings: SettingsMaker) -> None:
    settings = house_settings()
    company = open_company(settings)

    def turn(work: Work) -> None:
        ids = {row.code: row.id for row in work.conn.execute(select(Role.code, Role.id))}
        for code in ("clerk", "finance"):
            roles.write_capabilities(work.conn, ids[code], {"post.share": ["all"]})
        work.conn.execute(update(Role).where(Role.code == "finance").values(is_edited=True))

    company.write_now(turn)
    company.db.close()
    again = open_company(settings)

    def look(conn: Connection) -> dict[str, dict[str, list[str]]]:
        ids = {row.code: row.id for row in conn.execute(select(Role.code, Role.id))}
        return {code: roles.capabilities_of(conn, ids[code]) for code in ("clerk", "finance")}

    try:
        found = again.db.snapshot(look)
    finally:
        again.db.close()
    assert found == {"clerk": shipped("clerk"), "finance": {"post.share": ["all"]}}


async def test_a_held_role_is_deleted_only_with_a_replacement(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    seller = await person_id(house, SELLER)
    old, new = await role_of_own(admin, "旧"), await role_of_own(admin, "新")
    await give(admin, seller, old["id"])
    refused = await admin.http.delete(f"/api/roles/{old['id']}")
    assert refusal(refused) == (409, "wrong_state", "role_held")
    assert refused.json()["used"] == 1
    wrong = await admin.http.delete(f"/api/roles/{old['id']}", params={"replacement": old["id"]})
    assert refusal(wrong)[:2] == (422, "invalid")
    reply = await admin.http.delete(f"/api/roles/{old['id']}", params={"replacement": new["id"]})
    assert reply.status_code == 204
    assert new["id"] in await given_to(admin, seller)
    assert [one["person_id"] for one in (await admin.get(f"/api/roles/{new['id']}/people"))["items"]] == [
        seller
    ]
    assert (await admin.http.get(f"/api/roles/{old['id']}/people")).status_code == 404


async def test_roles_add_up_and_the_answer_says_through_which(house: House) -> None:
    admin, manager = await enter(house, ADMINISTRATOR), await person_id(house, MANAGER)
    own = await role_of_own(admin, "公告员", post_announce=["all"])
    await give(admin, manager, own["id"])
    told = await admin.get(f"/api/people/{manager}/permissions")
    announce = next(one for one in told["allowed"] if one["capability"] == "post.announce")
    by_code = {code: role["id"] for code, role in (await roles_of(admin)).items()}
    assert announce["grants"] == [
        {"scope": "all", "role_id": own["id"]},
        {"scope": "below", "role_id": by_code["manager"]},
    ]
    automatic = {one["code"]: (one["given"], one["automatic"]) for one in told["roles"]}
    assert automatic["manager"] == (False, True)
    assert automatic["member"] == (True, False)


async def test_may_x_do_y_to_z_is_answered_with_the_reason(house: House) -> None:
    admin, manager = await enter(house, ADMINISTRATOR), await person_id(house, MANAGER)
    path = f"/api/people/{manager}/permissions"

    async def verdict(capability: str, other: str) -> tuple[bool, str, list[str]]:
        asked = await admin.get(path, capability=capability, person=await person_id(house, other))
        found = asked["verdict"]
        return found["may"], found["reason"], [one["scope"] for one in found["because"]]

    assert await verdict("post.announce", SELLER) == (True, "granted", ["below"])
    assert await verdict("post.announce", "1013") == (False, "out_of_scope", [])
    assert await verdict("people.import", SELLER) == (False, "no_capability", [])
    unknown = await admin.http.get(path, params={"capability": "cake.bake", "person": 1})
    assert refusal(unknown)[:2] == (422, "invalid")


async def test_everybody_may_ask_about_themselves_and_nobody_about_others(house: House) -> None:
    seller, other = await enter(house, SELLER), await person_id(house, MANAGER)
    mine = await seller.get(f"/api/people/{seller.id}/permissions")
    assert not mine["editable"]
    assert {one["code"] for one in mine["roles"]} >= {"member", "sales_rep"}
    refused = await seller.http.get(f"/api/people/{other}/permissions")
    assert refusal(refused)[:2] == (403, "forbidden")


async def test_who_gives_roles_below_gives_only_there_and_only_what_is_theirs(house: House) -> None:
    admin, head = await enter(house, ADMINISTRATOR), await enter(house, HEAD)
    giver = await role_of_own(admin, "授权人", roles_edit=["below"])
    announcer = await role_of_own(admin, "公告", post_announce=["below"])
    importer = await role_of_own(admin, "导入", people_import=["all"])
    await give(admin, head.id, giver["id"])
    below, outside = await person_id(house, SELLER), await person_id(house, "1013")
    await give(head, below, announcer["id"])
    assert announcer["id"] in await given_to(admin, below)
    beyond = {"roles": [*await given_to(admin, below), importer["id"]]}
    assert refusal(await head.http.put(f"/api/people/{below}/roles", json=beyond)) == (
        403,
        "forbidden",
        "beyond_own",
    )
    elsewhere: dict[str, list[int]] = {"roles": []}
    assert refusal(await head.http.put(f"/api/people/{outside}/roles", json=elsewhere))[:2] == (
        403,
        "forbidden",
    )
    assert refusal(await head.http.put(f"/api/people/{head.id}/roles", json=elsewhere))[:2] == (
        403,
        "forbidden",
    )
    assert refusal(await head.try_post("/api/roles", {"name": "x"}))[:2] == (403, "forbidden")


async def test_the_last_who_edits_roles_cannot_be_locked_out_in_any_way(house: House) -> None:
    admin, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    by_code = await roles_of(admin)
    await admin.put(f"/api/people/{boss.id}/roles", {"roles": [by_code["member"]["id"]]})
    administrator = by_code["administrator"]
    last = [
        admin.http.put(f"/api/people/{admin.id}/roles", json={"roles": [by_code["member"]["id"]]}),
        admin.http.patch(
            f"/api/roles/{administrator['id']}",
            json={"version": administrator["version"], "capabilities": {}},
        ),
    ]
    for reply in [await one for one in last]:
        assert refusal(reply) == (409, "wrong_state", "last_editor")
        assert reply.json()["next_step"] == "give_roles_edit"
    assert (await admin.get("/api/me"))["capabilities"]["roles.edit"] == ["all"]


async def test_two_who_take_the_power_from_each_other_at_once_do_not_both_succeed(house: House) -> None:
    admin, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    member = (await roles_of(admin))["member"]["id"]
    for _ in range(4):
        replies = await asyncio.gather(
            admin.http.put(f"/api/people/{boss.id}/roles", json={"roles": [member]}),
            boss.http.put(f"/api/people/{admin.id}/roles", json={"roles": [member]}),
        )
        codes = sorted(reply.status_code for reply in replies)
        assert codes in ([200, 403], [200, 409]), [reply.text for reply in replies]
        left = admin if replies[0].status_code == 200 else boss
        by_code = await roles_of(left)
        other = boss if left is admin else admin
        await give(left, other.id, by_code["administrator"]["id"])
        await give(left, left.id, by_code["administrator"]["id"])


async def test_two_who_edit_one_person_do_not_undo_each_other_unseen(house: House) -> None:
    admin, boss = await enter(house, ADMINISTRATOR), await enter(house, BOSS)
    seller = await person_id(house, SELLER)
    seen = await given_to(admin, seller)
    first, second = await role_of_own(admin, "一"), await role_of_own(admin, "二")
    replies = await asyncio.gather(
        *[
            who.http.put(f"/api/people/{seller}/roles", json={"roles": [*seen, role["id"]], "before": seen})
            for who, role in ((admin, first), (boss, second))
        ]
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert next(reply for reply in replies if reply.status_code == 409).json()["code"] == "stale_version"


async def test_who_gets_reports_is_a_manager_and_who_loses_them_is_none(house: House) -> None:

    admin, seller, second = (
        await enter(house, ADMINISTRATOR),
        await person_id(house, SELLER),
        await person_id(house, "1006"),
    )

    async def report_to(manager: int | None, *concerned: int) -> None:
        def turn(work: Work) -> None:
            work.conn.execute(update(Person).where(Person.id == second).values(manager_id=manager))
            settle_managers(work, concerned)

        await house.company.write(turn)

    async def codes() -> set[str]:
        return {one["code"] for one in (await admin.get(f"/api/people/{seller}/permissions"))["roles"]}

    assert "manager" not in await codes()
    await report_to(seller, seller)
    assert "manager" in await codes()
    await report_to(None, seller)
    assert "manager" not in await codes()


async def test_a_role_of_many_reaches_everybody_through_a_job(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    own = await role_of_own(admin, "群众")

    def crowd(work: Work) -> list[int]:
        people = make_people(work, [NewPerson(f"P{n}", f"x{n}", password_hash="x") for n in range(230)], ())
        work.conn.execute(insert(PersonRole), [{"person_id": one, "role_id": own["id"]} for one in people])
        return people

    people = (await house.company.write(crowd)).value
    last = await enter_as(house, people[-1])
    async with last.live() as live:
        body = {"version": 1, "capabilities": {"people.read": ["all"]}}
        assert (await admin.http.patch(f"/api/roles/{own['id']}", json=body)).status_code == 200
        event = await live.event("rights.changed")
        assert event["changes"][0]["data"] == {"capabilities": {"people.read": ["all"]}}
