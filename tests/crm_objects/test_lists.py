"""Lists: filters, sort, pages, words and kept views, always within the rights of who asks."""

import json
from typing import Any

import pytest
from sqlalchemy import event

from tests.crm_objects.desk import (
    CONTACTS,
    CUSTOMERS,
    change,
    errors,
    listed,
    make,
    make_contact,
    names,
    said,
)
from tests.house import Client, House
from tests.server.api.people import BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter


def _of(*stems: str) -> list[Any]:
    return ["name", "starts", stems[0]]


async def test_filters_are_named_and_typed_and_all_of_them_hold(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    stem = "筛选"
    await make(
        seller, f"{stem}甲", level="key", credit_limit="100", dealt_on="2026-03-01", website="a.example"
    )
    parent = await make(
        seller, f"{stem}乙", level="low", credit_limit="20.5", dealt_on="2026-05-01", phone="13800001111"
    )
    address = {"city": "苏州", "street": "星湖街"}
    await make(seller, f"{stem}丙", parent=parent["id"], address=address, owner=seller.id)
    await make(second, f"{stem}丁", level="key")

    async def found(*filters: list[Any]) -> str:
        page = await listed(seller, filter=[_of(stem), *filters], sort="name")
        assert page["total"] == {"count": len(page["items"]), "is_exact": True}
        return "".join(sorted(name.removeprefix(stem) for name in names(page)))

    expected: dict[str, list[list[Any]]] = {
        "甲": [["level", "in", ["key"]]],
        "甲乙": [["level", "in", ["key", "low"]]],
        "乙丙": [["level", "not_in", ["key"]]],
        "丙": [["level", "empty", None]],
        "甲乙 ": [["level", "filled"], ["dealt_on", "at_least", "2026-01-01"]],
        "乙": [["dealt_on", "at_least", "2026-03-02"], ["dealt_on", "at_most", "2026-05-01"]],
        "甲 ": [["credit_limit", "at_least", "20.51"]],
        "乙 ": [["credit_limit", "is", "20.50"]],
        "丙 ": [["parent", "in", [parent["id"]]]],
        "丙  ": [["address", "contains", "星湖"]],
        "甲乙丙": [["owner", "in", ["me"]], ["created_at", "is", {"days": 0}]],
        "": [["created_at", "at_most", {"days": -1}]],
        "乙  ": [["phone", "is", "138 0000 1111"]],
        "乙   ": [["phone", "contains", "00011"]],
        "甲  ": [["website", "contains", "A.EXAMPLE"]],
        "乙    ": [["number", "is", parent["number"]]],
        "甲乙丙 ": [["name", "contains", stem], ["last_followed_at", "empty", None]],
        " ": [["address", "contains", "street"]],
    }
    for wanted, filters in expected.items():
        assert await found(*filters) == "".join(sorted(wanted.strip())), filters


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([["nothing", "is", 1]], "unknown"),
        ([["level", "contains", "k"]], "choice"),
        ([["level", "in", ["very"]]], "choice"),
        ([["level", "in", []]], "type"),
        ([["level", "in", "key"]], "type"),
        ([["owner", "in", ["somebody"]]], "type"),
        ([["owner", "in", [2**80]]], "type"),
        ([["dealt_on", "is", "soon"]], "date"),
        ([["dealt_on", "is", {"days": 10**9}]], "range"),
        ([["credit_limit", "is", "many"]], "type"),
        ([["name", "contains", ""]], "type"),
        ([["name", "contains", "\0"]], "type"),
        ([["name", "is", None]], "type"),
        ([["level"]], "type"),
        ([{"field": "level"}], "type"),
        ([["level", "filled"]] * 11, "too_long"),
    ],
)
async def test_a_filter_that_means_nothing_is_refused(shared: House, wanted: list[Any], code: str) -> None:
    seller = await enter(shared, SELLER)
    reply = await seller.http.get(CUSTOMERS, params={"filter": json.dumps(wanted)})
    assert (reply.status_code, errors(reply)) == (422, {"filter": code})


async def test_what_is_not_seen_in_clear_neither_filters_nor_sorts(shared: House) -> None:
    owner, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(owner, "遮盖之一", phone="13955550001")
    mine = await make(manager, "遮盖之二", phone="13955550002")
    for filters in ([["phone", "contains", "5555000"]], [["phone", "filled", None], _of("遮盖")]):
        assert [one["id"] for one in (await listed(manager, filter=filters))["items"]] == [mine["id"]]
    assert [
        one["id"] for one in (await listed(owner, filter=[["phone", "contains", "5555000"]]))["items"]
    ] == [row["id"]]
    by_phone = await listed(manager, filter=[_of("遮盖")], sort="-phone")
    assert names(by_phone) == ["遮盖之二", "遮盖之一"], "what is masked counts as empty, and stands last"
    assert names(await listed(manager, filter=[_of("遮盖")], sort="phone")) == ["遮盖之二", "遮盖之一"]
    for query in ({"filter": '[["id_number", "filled", null]]'}, {"sort": "id_number"}):
        reply = await manager.http.get(CONTACTS, params=query)
        assert list(errors(reply).values()) == ["not_clear"]
    assert (await listed(manager, q="13955550001"))["items"] == []


@pytest.mark.parametrize("sort", ["name", "level", "-dealt_on", "credit_limit", "-updated_at"])
async def test_pages_hold_everything_once_and_in_order(shared: House, sort: str) -> None:
    boss = await enter(shared, BOSS)
    stem = f"翻页{sort}"
    for at in range(7):
        more = {
            "level": ("key", "low")[at % 2],
            "credit_limit": f"{at % 3}.5",
            "dealt_on": f"2026-01-0{at % 4 + 1}",
        }
        await make(boss, f"{stem}{at}", **(more if at < 5 else {}))
    whole = await listed(boss, filter=[_of(stem)], sort=sort, limit=100)
    assert len(whole["items"]) == 7
    met: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await listed(boss, filter=[_of(stem)], sort=sort, limit=2, cursor=cursor)
        assert (page["total"] is None) == bool(cursor)
        met += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert met == [one["id"] for one in whole["items"]]
    field = sort.removeprefix("-")
    if field in ("level", "dealt_on", "credit_limit"):
        values = [one["fields"][field] for one in whole["items"]]
        filled = [value for value in values if value is not None]
        assert values[len(filled) :] == [None, None]
        assert filled == sorted(filled, reverse=sort[0] == "-")


async def test_a_stranger_cursor_or_sort_is_refused(shared: House) -> None:
    seller = await enter(shared, SELLER)
    page = await listed(seller, sort="name", limit=1)
    for query, field in (
        ({"cursor": "what"}, "cursor"),
        ({"cursor": page["next"] or "x", "sort": "-updated_at"}, "cursor"),
        ({"sort": "nothing"}, "sort"),
        ({"sort": "note"}, "sort"),
        ({"view": "nothing"}, "view"),
        ({"view": "999999"}, "view"),
        ({"limit": "0"}, "limit"),
        ({"color": "red"}, "color"),
    ):
        reply = await seller.http.get(CUSTOMERS, params=query)
        assert reply.status_code == 422, query
        assert field in errors(reply), query
    assert said(await seller.http.get("/api/records/nothing")) == "404 not_found"


async def test_a_customer_is_found_by_its_sound_and_its_number(shared: House) -> None:
    seller, outsider = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(seller, "宁波鼎新供应链有限公司")
    for q in ("鼎新", "dingxin", "DingXin", "nbdx", "ningbo", row["number"], row["number"].lower()):
        assert row["id"] in [one["id"] for one in (await listed(seller, q=q))["items"]], q
        hits = (await seller.get("/api/search", q=q, kind="customer"))["items"]
        assert row["id"] in [one["id"] for one in hits], q
        assert (await listed(outsider, q=q))["items"] == []
        assert (await outsider.get("/api/search", q=q, kind="customer"))["items"] == []
    assert (await listed(seller, q="%_"))["items"] == []


async def test_views_show_mine_my_reports_and_what_i_take_part_in(shared: House) -> None:
    seller, manager, outsider = [await enter(shared, one) for one in (SELLER, MANAGER, OUTSIDER)]
    row, own = await make(seller), await make(manager)
    path = f"{CUSTOMERS}/{row['id']}"
    await seller.put(f"{path}/team/{outsider.id}", {"role": "member", "access": "read"})
    for _ in range(2):
        await seller.put(f"{path}/star")

    async def there(client: Client, view: str) -> set[int]:
        return {one["id"] for one in (await listed(client, view=view, limit=100))["items"]} & {
            row["id"],
            own["id"],
        }

    assert await there(manager, "all") == {row["id"], own["id"]}
    assert await there(manager, "mine") == {own["id"]}
    assert await there(manager, "below") == {row["id"]}
    assert await there(outsider, "team") == await there(outsider, "all") == {row["id"]}
    assert await there(seller, "starred") == {row["id"]}
    assert await there(manager, "starred") == set()
    assert (await seller.get(path))["item"]["starred"]
    await seller.delete(f"{path}/star")
    assert await there(seller, "starred") == set()


async def test_a_list_is_kept_and_looked_at_again_by_its_keeper_alone(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    await make(seller, "留存甲", level="key")
    await make(seller, "留存乙", level="low")
    wanted = {
        "name": "重点留存",
        "filter": [_of("留存"), ["level", "in", ["key"]]],
        "sort": "name",
        "columns": ["name", "level"],
    }
    kept = await seller.post(f"{CUSTOMERS}/views", wanted)
    assert names(await listed(seller, view=kept["code"])) == ["留存甲"]
    assert names(await listed(seller, view=kept["code"], filter=[["level", "in", ["low"]]])) == []
    assert kept["mine"]
    changed = await seller.put(
        f"{CUSTOMERS}/views/{kept['id']}", {**wanted, "name": "新名", "filter": [_of("留存")]}
    )
    assert changed["words"] == {"zh-Hans": "新名", "en": "新名"}
    assert len((await listed(seller, view=kept["code"]))["items"]) == 2
    views = (await seller.get("/api/record-kinds"))["items"][0]["views"]
    assert views[-1] == changed
    assert errors(await second.http.get(CUSTOMERS, params={"view": kept["code"]})) == {"view": "unknown"}
    assert said(await second.http.delete(f"{CUSTOMERS}/views/{kept['id']}")) == "404 not_found"
    for wrong, field in (
        ({"filter": [["x", "is", 1]]}, "filter"),
        ({"sort": "x"}, "sort"),
        ({"columns": ["x"]}, "columns"),
    ):
        refused = await seller.try_post(f"{CUSTOMERS}/views", {**wanted, **wrong})
        assert list(errors(refused)) == [field]
    await seller.delete(f"{CUSTOMERS}/views/{kept['id']}")
    assert errors(await seller.http.get(CUSTOMERS, params={"view": kept["code"]})) == {"view": "unknown"}


async def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_two(shared: House) -> None:
    manager = await enter(shared, MANAGER)
    customer = await make(manager, "很多联系人")
    for _ in range(12):
        await make_contact(manager, customer["id"], mobile="13800002222")
    counted: list[int] = []
    engine = shared.company.db.readers
    for limit in (2, 10):
        seen: list[str] = []

        def count(conn: Any, cursor: Any, statement: str, *rest: Any, seen: list[str] = seen) -> None:
            if any(
                name in statement for name in ("contact", "customer", "record_")
            ):  # the house reads besides
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        try:
            await listed(manager, CONTACTS, filter=[["customer", "in", [customer["id"]]]], limit=limit)
        finally:
            event.remove(engine, "before_cursor_execute", count)
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert counted[0] <= 6, "added fields, rows, what is linked, total"


async def test_a_change_moves_a_record_to_the_top_of_the_newest(shared: House) -> None:
    seller = await enter(shared, SELLER)
    first, second = await make(seller), await make(seller)
    assert [one["id"] for one in (await listed(seller, limit=2))["items"]] == [second["id"], first["id"]]
    await change(seller, first["id"], 1, level="key")
    assert [one["id"] for one in (await listed(seller, limit=2))["items"]] == [first["id"], second["id"]]
