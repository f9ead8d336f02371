"""The tree of departments under an administrator's hands: what changes is seen at once, and heard by whom it concerns."""

import asyncio
from typing import Any

import httpx2

from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, BOSS, HEAD, SELLER, department_id, enter, person_id

__all__ = ["shared", "shared_settings"]


async def make(client: Client, name: str, parent: int | None = None, *heads: int) -> Any:
    return await client.post("/api/departments", {"name": name, "parent_id": parent, "heads": list(heads)})


async def now(client: Client, department: int) -> Any:
    listed = (await client.get("/api/departments"))["items"]
    return next(one for one in listed if one["id"] == department)


async def try_change(client: Client, department: int, **fields: Any) -> httpx2.Response:
    body = {"version": (await now(client, department))["version"], **fields}
    return await client.http.patch(f"/api/departments/{department}", json=body)


async def change(client: Client, department: int, **fields: Any) -> Any:
    answer = await try_change(client, department, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def remove(client: Client, department: int, move_to: int | None = None) -> httpx2.Response:
    params = {} if move_to is None else {"move_to": move_to}
    return await client.http.delete(f"/api/departments/{department}", params=params)


async def move(client: Client, department: int, *people: int, how: str = "main") -> int:
    return int(
        (await client.put(f"/api/departments/{department}/people", {"people": people, "how": how}))["moved"]
    )


def error(answer: httpx2.Response) -> tuple[int, str, str]:
    [one] = answer.json()["errors"]
    return answer.status_code, one["field"], one["code"]


async def share(author: Client, department: int, text: str) -> int:
    body = {"kind": "share", "text": text, "audience": {"departments": [department]}}
    return int((await author.post("/api/posts", body))["id"])


async def test_a_department_that_moves_takes_its_people_out_of_what_they_heard(house: House) -> None:
    admin, boss, seller = [await enter(house, one) for one in (ADMINISTRATOR, BOSS, SELLER)]
    east, south = await department_id(house, "华东"), await department_id(house, "华南")
    first = await department_id(house, "华东/销售一部")
    async with seller.live() as screen:
        post = await share(boss, east, "还在华东")
        await screen.event("post.published", id=post)
        moved = await change(admin, first, parent_id=south)
        assert (moved["path"], moved["parent_id"]) == ("华南/销售一部", south)
        await screen.event("department.changed", id=first, path="华南/销售一部")
        gone, mine = await share(boss, east, "只给华东"), await share(boss, south, "现在华南")
        await screen.event("post.published", id=mine)
        heard = [
            change["id"] for event in screen.events for change in event["changes"] if change["kind"] == "post"
        ]
        assert gone not in heard
    assert (await seller.http.get(f"/api/posts/{gone}")).status_code == 404
    assert (await seller.get(f"/api/posts/{post}"))["item"]["id"] == post, (
        "who leaves keeps what was addressed to them"
    )


async def test_renaming_a_department_renames_every_path_below_it(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    top = await make(admin, "研发中心")
    below = await make(admin, "平台组", top["id"])
    deep = await make(admin, "数据库", below["id"])
    await change(admin, top["id"], name="研发院")
    assert (await now(admin, deep["id"]))["path"] == "研发院/平台组/数据库"
    await change(admin, below["id"], parent_id=None)
    assert (await now(admin, deep["id"]))["path"] == "平台组/数据库"


async def test_a_department_never_comes_below_itself(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    top = await make(admin, "甲院")
    below = await make(admin, "乙所", top["id"])
    for target in (top["id"], below["id"]):
        refused = await try_change(admin, top["id"], parent_id=target)
        assert error(refused) == (422, "parent_id", "department_cycle")
    assert (await now(admin, top["id"]))["parent_id"] is None


async def test_two_who_hang_two_departments_below_each_other_do_not_both_succeed(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    one, other = await make(admin, "左翼"), await make(admin, "右翼")
    answers = await asyncio.gather(
        try_change(admin, one["id"], parent_id=other["id"]),
        try_change(admin, other["id"], parent_id=one["id"]),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_siblings_have_different_names_as_lists_compare_them(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    top = await make(admin, "同名楼")
    await make(admin, "Sales 1", top["id"])
    other = await make(admin, "Sales 2", top["id"])
    body = {"name": "ＳＡＬＥＳ　1".replace("　", " "), "parent_id": top["id"]}
    assert error(await admin.try_post("/api/departments", body)) == (422, "name", "duplicate")
    assert error(await try_change(admin, other["id"], name="sales 1")) == (422, "name", "duplicate")
    for name, code in (
        ("", "required"),
        ("甲/乙", "separator"),
        ("长" * 61, "too_long"),
        ("a；b", "separator"),
    ):
        assert error(await admin.try_post("/api/departments", {"name": name})) == (422, "name", code), name
    assert error(await admin.try_post("/api/departments", {"name": "无根", "parent_id": 10**9}))[1:] == (
        "parent_id",
        "not_found",
    )


async def test_the_tree_is_eight_levels_deep_at_most_also_by_moving(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    chain = [await make(admin, "一层")]
    for level in range(2, 9):
        chain.append(await make(admin, f"{level}层", chain[-1]["id"]))
    body = {"name": "九层", "parent_id": chain[-1]["id"]}
    assert error(await admin.try_post("/api/departments", body)) == (422, "parent_id", "department_too_deep")
    pair = await make(admin, "上半")
    await make(admin, "下半", pair["id"])
    assert error(await try_change(admin, pair["id"], parent_id=chain[6]["id"]))[2] == "department_too_deep"
    assert (await change(admin, pair["id"], parent_id=chain[5]["id"]))["path"].count("/") == 6


async def test_departments_stand_in_the_order_they_were_given(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    top = await make(admin, "有序楼")
    made = [await make(admin, name, top["id"]) for name in ("丙", "甲", "乙")]

    async def order() -> list[str]:
        listed = (await admin.get("/api/departments"))["items"]
        return [one["name"] for one in listed if one["parent_id"] == top["id"]]

    assert await order() == ["丙", "甲", "乙"]
    await change(admin, made[2]["id"], position=0)
    assert await order() == ["乙", "丙", "甲"]
    await change(admin, made[2]["id"], position=99)
    assert await order() == ["丙", "甲", "乙"]


async def test_a_department_goes_only_when_nothing_is_left_in_it(shared: House) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    top = await make(admin, "将撤")
    below = await make(admin, "将撤一组", top["id"])
    someone = await person_id(shared, "1021")
    before = (await admin.get(f"/api/people/{someone}"))["department_ids"]
    await move(admin, below["id"], someone, how="add")
    refused = await remove(admin, top["id"])
    assert (refused.status_code, refused.json()["reason"]) == (409, "has_departments")
    refused = await remove(admin, below["id"])
    assert (refused.status_code, refused.json()["reason"], refused.json()["people"]) == (409, "has_people", 1)
    assert error(await remove(admin, below["id"], below["id"])) == (422, "move_to", "department_cycle")
    reader = await enter(shared, "1021")
    post = await share(boss, below["id"], "写给一组")
    async with reader.live() as screen:
        assert (await remove(admin, below["id"], top["id"])).status_code == 204
        event = await screen.event("person.changed", id=someone)
    removed = next(
        one["data"] for one in event["changes"] if one["kind"] == "department" and one["id"] == below["id"]
    )
    assert (removed["state"], removed["name"], removed["parent_id"]) == ("removed", "将撤一组", None)
    assert (await admin.get(f"/api/people/{someone}"))["department_ids"] == [*before, top["id"]]
    assert (await reader.get(f"/api/posts/{post}"))["item"]["audience"]["departments"] == [below["id"]]
    assert (await remove(admin, below["id"])).status_code == 404
    # Its name is free again, and nothing can be addressed to it.
    assert (await make(admin, "将撤一组", top["id"]))["id"] != below["id"]
    gone = {"kind": "share", "text": "晚了", "audience": {"departments": [below["id"]]}}
    assert (await boss.try_post("/api/posts", gone)).status_code == 422


async def test_heading_a_department_gives_the_role_and_ceasing_takes_it(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    someone = await enter(shared, "1020")
    colleague, team = await person_id(shared, "1021"), await make(admin, "内容组")
    ask = {
        "kind": "share", "text": "请确认", "audience": {"everyone": True}, "receipts": {"people": [colleague]},
    }  # fmt: skip
    await move(admin, team["id"], colleague, how="add")
    assert "post.announce" not in (await someone.get("/api/me"))["capabilities"]
    led = await change(admin, team["id"], heads=[someone.id])
    assert led["heads"] == [someone.id]
    me = await someone.get("/api/me")
    assert team["id"] in me["person"]["department_ids"], "a head sits in what they head"
    assert me["capabilities"]["post.announce"] == ["headed_below"]
    assert (await someone.try_post("/api/posts", ask)).status_code == 201
    await change(admin, team["id"], heads=[])
    assert "post.announce" not in (await someone.get("/api/me"))["capabilities"]


async def test_who_is_moved_away_heads_it_no_longer(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    someone = await person_id(shared, "1023")
    team, other = await make(admin, "短命组"), await make(admin, "别处")
    await change(admin, team["id"], heads=[someone])
    seats = (await admin.get(f"/api/people/{someone}"))["department_ids"]
    answer = await admin.http.patch(
        f"/api/people/{someone}",
        json={
            "version": (await admin.get(f"/api/people/{someone}"))["version"],
            "department_ids": [other["id"], *(one for one in seats if one != team["id"])],
        },
    )
    assert answer.status_code == 200, answer.text
    assert (await now(admin, team["id"]))["heads"] == []
    assert "post.announce" not in (await (await enter(shared, "1023")).get("/api/me"))["capabilities"]


async def test_a_role_given_by_hand_stays_when_the_place_goes(shared: House) -> None:
    from server.permissions import roles

    admin, someone = await enter(shared, ADMINISTRATOR), await enter(shared, "1024")
    await shared.company.write(lambda work: roles.give(work.conn, "department_head", [someone.id]))
    team = await make(admin, "手工组", None, someone.id)
    await change(admin, team["id"], heads=[])
    assert (await someone.get("/api/me"))["capabilities"]["post.announce"] == ["headed_below"]


async def test_a_second_editor_hears_what_the_first_one_did(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    team = await make(admin, "抢名组")
    await change(admin, team["id"], name="先来组")
    late = await admin.http.patch(f"/api/departments/{team['id']}", json={"version": 1, "name": "后到组"})
    assert (late.status_code, late.json()["code"], late.json()["version"]) == (409, "stale_version", 2)
    assert late.json()["errors"][0]["params"] == {"yours": "后到组", "now": "先来组"}
    same = await admin.http.patch(f"/api/departments/{team['id']}", json={"version": 1, "name": "先来组"})
    assert same.status_code == 200, "what is already so is no conflict"


async def test_only_who_may_edit_departments_does(shared: House) -> None:
    team = await make(await enter(shared, ADMINISTRATOR), "勿动组")
    for number in (SELLER, HEAD):
        someone = await enter(shared, number)
        assert (await someone.try_post("/api/departments", {"name": "私设"})).status_code == 403
        assert (await try_change(someone, team["id"], name="篡改")).status_code == 403
        assert (await remove(someone, team["id"])).status_code == 403
        refused = await someone.http.put(
            f"/api/departments/{team['id']}/people", json={"people": [someone.id]}
        )
        assert refused.status_code == 403


async def test_the_same_key_makes_one_department(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    made = [
        (await admin.try_post("/api/departments", {"name": "一次组"}, key="once-department")).json()["id"]
        for _ in range(2)
    ]
    assert made[0] == made[1]
