"""What a second list changes in people who are there already, and what everybody else sees and hears of it."""

from typing import Any

from tests.house import Client, House
from tests.server.people.imports import (
    ADMINISTRATOR,
    imported,
    person,
    rows_of,
    staff_list,
    sums,
    told,
)


async def paths_of(client: Client, who: Any) -> list[str]:
    paths = {one["id"]: one["path"] for one in (await client.get("/api/departments"))["items"]}
    return [paths[one] for one in who["department_ids"]]


async def share(author: Client, department: int, text: str) -> Any:
    return await author.post(
        "/api/posts", {"kind": "share", "text": text, "audience": {"departments": [department]}}
    )


async def test_a_moved_person_stops_hearing_the_old_department_and_hears_the_new(house: House) -> None:
    admin, boss, moved = (
        await house.sign_in(ADMINISTRATOR),
        await house.sign_in("1001"),
        await house.sign_in("1005"),
    )
    departments = {one["path"]: one["id"] for one in (await admin.get("/api/departments"))["items"]}
    old, new, above = departments["华东/销售一部"], departments["华南/深圳办"], departments["华东"]
    async with moved.live() as socket:
        before = socket.cursor
        heard = await share(boss, old, "旧部门还听得到")
        await socket.event("post.published", id=heard["id"])
        view = await imported(admin, staff_list([["刘洋", "", "", "1005", "华南/深圳办", "", ""]]))
        assert sums(view) == (0, 1, 0, 0)
        changed = await socket.event("directory.changed", id=moved.id)
        secrets = [await share(boss, old, "旧部门"), await share(boss, above, "旧大区")]
        welcome = await share(boss, new, "新部门")
        await socket.event("post.published", id=welcome["id"])
        ids = {change["id"] for event in socket.events for change in event["changes"]}
        assert not ids & {secret["id"] for secret in secrets}
    async with moved.live(before) as replayed:
        await replayed.event("post.published", id=welcome["id"])
        await replayed.quiet()
        posts = {
            change["id"]
            for frame in replayed.frames
            for event in frame.get("events", [])
            for change in event["changes"]
            if change["kind"] == "post"
        }
        assert posts == {heard["id"], welcome["id"]}
    for secret in secrets:
        assert (await moved.http.get(f"/api/posts/{secret['id']}")).status_code == 404
    assert changed["actor"] == admin.id


async def test_a_person_who_stays_in_one_of_two_departments_goes_on_hearing_it(house: House) -> None:
    admin, boss, stays = (
        await house.sign_in(ADMINISTRATOR),
        await house.sign_in("1001"),
        await house.sign_in("1005"),
    )
    own = stays.me["person"]["department_ids"][0]
    async with stays.live() as socket:
        await imported(admin, staff_list([["刘洋", "", "", "1005", "华南/深圳办；华东/销售一部", "", ""]]))
        me = await person(admin, "1005")
        assert await paths_of(admin, me) == ["华南/深圳办", "华东/销售一部"]
        post = await share(boss, own, "还在")
        await socket.event("post.published", id=post["id"])
        count = len([event for event in socket.events if event["type"] == "post.published"])
        assert count == 0  # heard once


async def test_changed_fields_are_seen_by_everyone_in_one_event(house: House) -> None:
    admin, colleague = await house.sign_in(ADMINISTRATOR), await house.sign_in("1009")
    async with colleague.live() as screen:
        view = await imported(
            admin,
            staff_list(
                [
                    ["刘洋洋", "13800010005", "liuyang2@farbridge.example", "1005", "", "大客户经理", "1008"],
                    ["孙磊", "", "", "1007", "新大区/新一部", "", ""],
                    ["新来的", "", "", "9001", "新大区/新一部", "", "1007"],
                    ["周静", "", "", "1008", "", "", ""],
                ]
            ),
        )
        assert sums(view) == (1, 2, 1, 0)
        await screen.quiet()
    told_of = [
        (event["type"], sorted(change["kind"] for change in event["changes"])) for event in screen.events
    ]
    assert told_of == [
        ("department.changed", ["department", "department"]),
        ("directory.changed", ["person", "person"]),
        ("directory.changed", ["person"]),
    ]
    people = {change["data"]["staff_number"]: change["data"] for change in screen.events[1]["changes"]}
    assert set(people) == {"1005", "1007"}
    assert screen.events[2]["changes"][0]["data"] == await person(admin, "1005")
    after = await person(admin, "1005")
    assert (after["name"], after["title"], after["email"]) == (
        "刘洋洋",
        "大客户经理",
        "liuyang2@farbridge.example",
    )
    assert after["manager_id"] == (await person(admin, "1008"))["id"]
    assert people["1007"] == await person(admin, "1007")
    rows = await rows_of(admin, view["id"])
    assert [row["changed"] for row in rows] == [
        ["name", "email", "title", "manager"],
        ["department"],
        ["name", "staff_number", "department", "manager"],
        [],
    ]


async def test_a_new_number_signs_in_and_the_old_one_does_not(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    view = await imported(admin, staff_list([["刘洋", "+86 139-9999-0005", "", "1005", "", "", ""]]))
    assert sums(view) == (0, 1, 0, 0)
    assert (await house.sign_in("13999990005")).me["person"]["staff_number"] == "1005"
    old = await house.anonymous().try_post(
        "/api/session", {"login": "13800010005", "password": "shoudao-2026"}
    )
    assert old.json()["code"] == "wrong_credentials"
    taken = await imported(admin, staff_list([["别人", "13800010005", "", "9002", "", "", ""]]))
    assert sums(taken) == (1, 0, 0, 0)  # free again


async def test_whoever_gets_reports_may_do_what_managers_may(house: House) -> None:
    admin, manager = await house.sign_in(ADMINISTRATOR), await house.sign_in("1005")
    assert "below" not in manager.me["capabilities"]["receipt.require"]
    await imported(
        admin,
        staff_list([["新来的", "", "", "9001", "", "", "9002"], ["新主管", "", "", "9002", "", "", "1005"]]),
    )
    me = await manager.get("/api/me")
    assert "below" in me["capabilities"]["receipt.require"]
    assert "own_line" in me["capabilities"]["receipt.require"]  # besides what the member may
    links = (await admin.post("/api/people/imports/1/links"))["items"]
    newcomers = []
    for link in links:
        one = house.anonymous()
        token = link["link"].rpartition("/")[2]
        newcomers.append(await one.post(f"/api/invitations/{token}", {"password": "人比黄花瘦-31"}))
    below = [scopes["capabilities"]["receipt.require"] for scopes in newcomers]
    assert ["below" in scopes for scopes in below] == [False, True]


async def test_managers_may_stand_below_their_people_and_change_places_with_them(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    first = [
        ["甲", "", "", "A1", "", "", "A2"],
        ["乙", "", "", "A2", "", "", "A3"],
        ["丙", "", "", "A3", "", "", ""],
    ]
    assert sums(await imported(admin, staff_list(first))) == (3, 0, 0, 0)
    turned = [
        ["甲", "", "", "A1", "", "", "1001"],
        ["乙", "", "", "A2", "", "", "A1"],
        ["丙", "", "", "A3", "", "", "A2"],
    ]
    assert sums(await imported(admin, staff_list(turned))) == (0, 3, 0, 0)
    ids = {number: (await person(admin, number))["id"] for number in ("A1", "A2", "A3", "1001")}
    managers = {number: (await person(admin, number))["manager_id"] for number in ("A1", "A2", "A3")}
    assert managers == {"A1": ids["1001"], "A2": ids["A1"], "A3": ids["A2"]}
    view = await imported(admin, staff_list([["甲", "", "", "A1", "", "", "A3"]]))
    assert sums(view) == (0, 0, 0, 1)
    row = (await rows_of(admin, view["id"]))[0]
    assert told(row) == [("manager", "manager_cycle")]
    assert row["errors"][0]["params"]["chain"] == "甲 → 丙 → 乙 → 甲"
