"""Fields that an administrator adds are fields like the others: in form, list, filter, sort, history, rights."""

from typing import Any

import pytest

from tests.crm_objects.desk import CUSTOMERS, change, errors, listed, make, names, said
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, MANAGER, SECOND_SELLER, SELLER, department_id, enter
from tests.server.files.sending import upload

FIELDS = "/api/record-fields"


async def add(client: Client, type: str, **more: Any) -> dict[str, Any]:
    body = {
        "kind": "customer",
        "type": type,
        "words": {"zh-Hans": f"自定义 {type}", "en": f"Added {type}"},
        **more,
    }
    made: dict[str, Any] = await client.post(FIELDS, body)
    return made


GOOD: dict[str, list[Any]] = {
    "text": ["a 甲", "b 乙"], "number": ["-1.5", "12"], "money": ["3.00", "20.50"], "date": ["2026-01-01", "2026-02-01"],
    "time": ["2026-01-01T02:00:00Z", "2026-02-01T02:00:00Z"], "choice": ["o1", "o2"],
}  # fmt: skip


@pytest.mark.parametrize("type", GOOD)
async def test_an_added_field_is_filled_filtered_and_sorted_by(shared: House, type: str) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    choices = [{"words": {"en": "One"}}, {"words": {"en": "Two"}}] if type == "choice" else []
    name = (await add(admin, type, choices=choices))["name"]
    shown = (await seller.get("/api/record-kinds"))["items"][0]
    field = next(one for one in shown["fields"] if one["name"] == name)
    assert (field["type"], field["custom"]) == (type, True)
    assert name in shown["sections"][-1]["fields"]
    stem = f"加栏 {type}"
    low, high = GOOD[type]
    await make(seller, f"{stem} 空")
    one = await make(seller, f"{stem} 高", **{name: high})
    assert one["fields"][name] == high
    await make(seller, f"{stem} 低", **{name: low})
    of_stem = ["name", "starts", stem]
    up, down = [names(await listed(seller, filter=[of_stem], sort=sort)) for sort in (name, f"-{name}")]
    assert (up, down) == ([f"{stem} {x}" for x in "低高空"], [f"{stem} {x}" for x in "高低空"])
    pages = [await listed(seller, filter=[of_stem], sort=name, limit=1)]
    while pages[-1]["next"]:
        pages.append(await listed(seller, filter=[of_stem], sort=name, limit=1, cursor=pages[-1]["next"]))
    assert [title for page in pages for title in names(page)] == up
    operator, value = ("in", [high]) if type == "choice" else ("is", high[:10] if type == "time" else high)
    assert names(await listed(seller, filter=[of_stem, [name, operator, value]])) == [f"{stem} 高"]
    assert names(await listed(seller, filter=[of_stem, [name, "empty", None]])) == [f"{stem} 空"]
    changed = await change(seller, one["id"], 1, **{name: None})
    assert changed["item"]["fields"][name] is None
    assert len(names(await listed(seller, filter=[of_stem, [name, "filled", None]]))) == 1
    told = (await seller.get(f"{CUSTOMERS}/{one['id']}/history"))["items"]
    assert told[0]["changes"] == [{"field": name, "from": high, "to": None}]


async def test_a_list_sorted_by_the_added_field_that_narrows_it_pages_through_ties(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    name = (await add(admin, "number"))["name"]
    for at, value in enumerate(("5", None, "7", "5", "1", "7", "5")):
        await make(seller, f"并列 {at}", **({name: value} if value else {}))
    of_stem = ["name", "starts", "并列"]

    async def paged(operator: str, value: Any, sort: str) -> str:
        wanted = [of_stem, [name, operator, value]]
        pages = [await listed(seller, filter=wanted, sort=sort, limit=2)]
        while pages[-1]["next"]:
            pages.append(await listed(seller, filter=wanted, sort=sort, limit=2, cursor=pages[-1]["next"]))
        return "".join(one[-1] for page in pages for one in names(page))

    assert await paged("at_least", "5", name) == "03625"
    assert await paged("at_least", "5", f"-{name}") == "52630"
    assert await paged("filled", None, name) == "403625"
    assert await paged("empty", None, name) == "1"


async def test_an_added_field_names_several_choices_people_and_departments(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    choices = [{"words": {"en": one}} for one in ("One", "Two", "Three")]
    several = (await add(admin, "choices", choices=choices))["name"]
    person, department = [(await add(admin, one))["name"] for one in ("person", "department")]
    upper, lower = [await department_id(shared, one) for one in ("华东", "华东/销售一部")]
    one = await make(seller, "多栏 甲", **{several: ["o3", "o1"], person: admin.id, department: lower})
    assert one["fields"][several] == ["o1", "o3"], "in their own order"
    assert (one["fields"][person], one["fields"][department]) == (admin.id, lower)
    await make(seller, "多栏 乙", **{several: ["o2"], person: seller.id})
    of_stem = ["name", "starts", "多栏"]
    for wanted, found in (
        ([several, "in", ["o3"]], ["多栏 甲"]),
        ([several, "in", ["o1", "o2"]], ["多栏 乙", "多栏 甲"]),
        ([person, "in", ["me"]], ["多栏 乙"]),
        ([person, "in", [admin.id]], ["多栏 甲"]),
        ([department, "below", [upper]], ["多栏 甲"]),
        ([department, "empty"], ["多栏 乙"]),
    ):
        assert sorted(names(await listed(seller, filter=[of_stem, wanted]))) == found, wanted
    wrong = {several: ["o9"], person: 10**9, department: 10**9}
    refused = await seller.try_post(CUSTOMERS, {"fields": {"name": "多栏 丙", **wrong}})
    assert errors(refused) == {
        f"fields.{several}": "choice",
        f"fields.{person}": "not_found",
        f"fields.{department}": "not_found",
    }
    many = [{"words": {"en": f"Choice {at}"}} for at in range(41)]
    body = {"kind": "customer", "type": "choices", "words": {"en": "Many"}, "choices": many}
    assert errors(await admin.try_post(FIELDS, body)) == {"choices": "too_many"}


async def test_an_added_moment_is_of_a_day_of_the_company(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    name = (await add(admin, "time"))["name"]
    for title, at in (
        ("一", "2026-03-01T15:59:59Z"),
        ("二", "2026-03-01T16:00:00Z"),
        ("三", "2026-03-03T08:00:00+08:00"),
    ):
        await make(seller, f"时刻 {title}", **{name: at})
    of_stem = ["name", "starts", "时刻"]
    for operator, day, found in (
        ("is", "2026-03-01", "一"),
        ("is", "2026-03-02", "二"),
        ("at_most", "2026-03-02", "一二"),
        ("at_least", "2026-03-02", "二三"),
    ):
        fitting = await listed(seller, filter=[of_stem, [name, operator, day]], sort=name)
        assert "".join(one[-1] for one in names(fitting)) == found, (operator, day)
    assert errors(await seller.try_post(CUSTOMERS, {"fields": {"name": "时刻 四", name: "明天"}})) == {
        f"fields.{name}": "date"
    }


async def test_an_added_address_is_found_by_its_parts(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    name = (await add(admin, "address"))["name"]
    depot = {"province": "江苏省", "city": "常州市", "street": "通江路 8 号"}
    one = await make(seller, "仓库 甲", **{name: depot})
    assert one["fields"][name] == {"country": "", "district": "", "postcode": "", **depot}
    await make(seller, "仓库 乙")
    of_stem = ["name", "starts", "仓库"]
    assert names(await listed(seller, filter=[of_stem, [name, "contains", "通江路"]])) == ["仓库 甲"]
    assert names(await listed(seller, filter=[of_stem, [name, "empty"]])) == ["仓库 乙"]
    refused = await seller.try_post(CUSTOMERS, {"fields": {"name": "仓库 丙", name: "通江路 8 号"}})
    assert errors(refused) == {f"fields.{name}": "type"}


async def test_files_of_an_added_field_are_read_by_who_sees_it_as_long_as_it_is_there(shared: House) -> None:
    admin, seller, reader = [await enter(shared, one) for one in (ADMINISTRATOR, SELLER, SECOND_SELLER)]
    field = await add(admin, "files", **{"class": "internal"})
    name, path = field["name"], f"{FIELDS}/{field['id']}"
    first, second = [(await upload(seller, f"{one}.txt", one.encode()))["id"] for one in ("资质", "图纸")]
    row = await make(seller, "存档 甲", **{name: [first, second]})
    await make(seller, "存档 乙")
    assert [one["name"] for one in row["fields"][name]] == ["资质.txt", "图纸.txt"]
    await seller.put(f"{CUSTOMERS}/{row['id']}/team/{reader.id}", {"role": "member", "access": "read"})
    of_stem = ["name", "starts", "存档"]
    assert names(await listed(seller, filter=[of_stem, [name, "filled"]])) == ["存档 甲"]
    assert names(await listed(seller, filter=[of_stem, [name, "empty"]])) == ["存档 乙"]

    async def opens(client: Client, file: int) -> bool:
        return (await client.http.get(f"/api/files/{file}/content")).status_code == 200

    assert [await opens(one, first) for one in (seller, reader)] == [True, False], "internal"
    opened = await admin.http.patch(path, json={"version": 1, "class": "basic"})
    assert opened.is_success
    assert await opens(reader, first)
    assert (await admin.http.patch(path, json={"version": 2, "retired": True})).is_success
    assert not await opens(seller, first)
    assert (await admin.http.patch(path, json={"version": 3, "retired": False})).is_success
    await change(seller, row["id"], row["version"], **{name: [second]})
    assert [await opens(reader, one) for one in (first, second)] == [False, True], "taken out is gone"
    for refused in (
        await admin.try_post(
            FIELDS, {"kind": "customer", "type": "files", "words": {"en": "Scans"}, "class": "identity"}
        ),
        await admin.http.patch(path, json={"version": 4, "class": "contact"}),
    ):
        assert errors(refused) == {"class": "choice"}, "a picture is not shown in part"


async def test_an_added_flag_is_false_where_nobody_said(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    before = await make(seller, "旗 早")
    name = (await add(admin, "flag"))["name"]
    await make(seller, "旗 是", **{name: True})
    await make(seller, "旗 否", **{name: False})
    assert (await seller.get(f"{CUSTOMERS}/{before['id']}"))["item"]["fields"][name] is False
    of_stem = ["name", "starts", "旗"]
    assert names(await listed(seller, filter=[of_stem, [name, "is", True]])) == ["旗 是"]
    assert sorted(names(await listed(seller, filter=[of_stem, [name, "is", False]]))) == ["旗 否", "旗 早"]


async def test_an_added_field_is_masked_like_any_other(shared: House) -> None:
    admin, seller, manager = [await enter(shared, one) for one in (ADMINISTRATOR, SELLER, MANAGER)]
    name = (await add(admin, "phone", **{"class": "contact"}))["name"]
    row = await make(seller, "加密", **{name: "13800003333"})
    path = f"{CUSTOMERS}/{row['id']}"
    assert (await manager.get(path))["item"]["fields"][name] == {"masked": "138****3333"}
    assert names(await listed(manager, filter=[[name, "contains", "3333"]])) == []
    assert names(await listed(seller, filter=[[name, "contains", "3333"]])) == ["加密"]


async def test_a_field_is_changed_required_and_retired_without_losing_values(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    field = await add(admin, "choice", choices=[{"words": {"zh-Hans": "茶"}}, {"words": {"en": "Coffee"}}])
    assert [one["words"] for one in field["choices"]] == [
        {"zh-Hans": "茶", "en": "茶"},
        {"zh-Hans": "Coffee", "en": "Coffee"},
    ]
    row = await make(seller, **{field["name"]: "o1"})
    path = f"{FIELDS}/{field['id']}"

    async def alter(version: int, **wanted: Any) -> dict[str, Any]:
        reply = await admin.http.patch(path, json={"version": version, **wanted})
        assert reply.is_success, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    async with seller.live() as live:
        changed = await alter(
            1, choices=[{"code": "o2", "words": {"en": "Coffee"}}, {"words": {"en": "Milk"}}], required=True
        )
        assert (await live.event("record_kinds.changed"))["changes"][0]["kind"] == "record_kinds"
    assert [one["code"] for one in changed["choices"]] == ["o2", "o3"]
    assert said(await admin.http.patch(path, json={"version": 1, "required": False})) == "409 stale_version"
    refused = await seller.try_post(CUSTOMERS, {"fields": {"name": "x"}})
    assert errors(refused) == {f"fields.{field['name']}": "required"}
    await alter(2, retired=True)
    shown = (await seller.get(f"{CUSTOMERS}/{row['id']}"))["item"]["fields"]
    assert field["name"] not in shown
    await make(seller)
    await alter(3, retired=False, required=False)
    assert (await seller.get(f"{CUSTOMERS}/{row['id']}"))["item"]["fields"][field["name"]] == "o1"


async def test_a_field_without_words_or_choices_is_refused(shared: House) -> None:
    admin, seller = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    good = {"kind": "customer", "type": "text", "words": {"en": "Nick"}}
    for wrong, field in (
        ({"words": {}}, "words"),
        ({"words": {"fr": "x"}}, "words"),
        ({"kind": "nothing"}, "kind"),
        ({"type": "link"}, "type"),
        ({"type": "choice"}, "choices"),
        ({"choices": [{"words": {"en": "x"}}]}, "choices"),
        ({"class": "secret"}, "class"),
    ):
        assert list(errors(await admin.try_post(FIELDS, {**good, **wrong}))) == [field], wrong
    assert said(await seller.try_post(FIELDS, good)) == "403 forbidden"
