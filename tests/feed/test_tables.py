"""Prepared tables in posts (FEED-10): copied when posted, filled in row by row, every cell of its type, the count exact for everybody."""

import asyncio
from io import BytesIO
from typing import Any

import httpx2
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from feed.table import library, rows
from server.audit.models import AuditEntry
from server.background.reactions import catch_up
from tests.feed.board import refusal
from tests.feed.talk import watch
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
)

COLUMNS: list[dict[str, Any]] = [
    {"title": "品名", "type": "text", "required": True},
    {"title": "金额", "type": "number", "unit": "元"},
    {"title": "日期", "type": "date"},
    {"title": "级别", "type": "choice", "choices": ["急", "缓"]},
    {"title": "经办人", "type": "person"},
    {"title": "含税", "type": "yes_no"},
]


async def prepare(admin: Client, name: str = "采购", **how: Any) -> dict[str, Any]:
    made: dict[str, Any] = await admin.post("/api/tables", {"name": name, "columns": COLUMNS, **how})
    return made


async def try_carry(
    author: Client, audience: dict[str, Any], table: dict[str, Any], **how: Any
) -> httpx2.Response:
    carried = {"table": table["id"], "version": table["version"], **how}
    body = {"kind": "share", "text": "请填", "audience": audience, "table": carried}
    return await author.try_post("/api/posts", body)


async def carry(author: Client, audience: dict[str, Any], table: dict[str, Any], **how: Any) -> int:
    """A new share with this prepared table."""
    return int((await try_carry(author, audience, table, **how)).raise_for_status().json()["id"])


def cells(name: str, amount: str = "") -> list[str]:
    return [name, amount, "", "", "", ""]


async def fill(client: Client, post: int, given: list[str]) -> httpx2.Response:
    return await client.try_post(f"/api/posts/{post}/table/rows", {"cells": given})


async def change(client: Client, post: int, row: int, version: int, given: list[str]) -> httpx2.Response:
    body = {"version": version, "cells": given}
    return await client.http.put(f"/api/posts/{post}/table/rows/{row}", json=body)


async def filled_in(client: Client, post: int) -> list[dict[str, Any]]:
    """All rows, page by page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await client.get(f"/api/posts/{post}/table/rows", limit=2, cursor=cursor)
        found += page["items"]
        cursor = page["next"]
    return found


async def counted(client: Client, post: int) -> int:
    also = (await client.get(f"/api/posts/{post}"))["also"]
    return int(next(one["data"]["rows"] for one in also if one["kind"] == "tally/table"))


def wrong(response: httpx2.Response) -> dict[str, tuple[str, str]]:
    """Field → code and where that is."""
    assert refusal(response) == (422, "invalid"), response.text
    return {
        one["field"]: (one["code"], one.get("params", {}).get("at", "")) for one in response.json()["errors"]
    }


async def test_what_was_posted_stays_whatever_becomes_of_the_prepared_table(shared: House) -> None:
    admin, author, reader = [await enter(shared, one) for one in (ADMINISTRATOR, MANAGER, SELLER)]
    table = await prepare(admin, note="每周五前")
    given = ["打印纸", "12.50", "2026-11-22", "急", str(reader.id), "yes"]
    post = await carry(author, {"people": [reader.id]}, table, rows=[given, cells("墨盒")])
    shown = (await reader.get(f"/api/posts/{post}"))["item"]["table"]
    assert (shown["name"], shown["note"], shown["by_readers"]) == ("采购", "每周五前", False)
    assert [one["title"] for one in shown["columns"]] == [one["title"] for one in COLUMNS]
    async with author.live() as live:
        changed = await admin.http.put(
            f"/api/tables/{table['id']}",
            json={"version": 1, "name": "别的", "note": "", "columns": COLUMNS[:1]},
        )
        assert changed.raise_for_status().json()["version"] == 2
        told = await live.event("prepared_table.changed", id=table["id"])
        assert told["changes"][0]["data"]["name"] == "别的"
    await admin.put(f"/api/tables/{table['id']}/retirement")
    assert (await reader.get(f"/api/posts/{post}"))["item"]["table"] == shown
    assert [one["cells"] for one in await filled_in(reader, post)] == [given, cells("墨盒")]
    assert await counted(reader, post) == 2
    # What the author had before them is not what is offered now.
    assert wrong(await try_carry(author, {"people": [reader.id]}, table)) == {"table.table": ("retired", "")}
    await admin.delete(f"/api/tables/{table['id']}/retirement")
    stale = await try_carry(author, {"people": [reader.id]}, {**table, "version": 1})
    assert wrong(stale) == {"table.version": ("changed", "")}
    nowhere = await try_carry(author, {"people": [reader.id]}, {"id": 10**9, "version": 1})
    assert wrong(nowhere) == {"table.table": ("not_found", "")}


async def test_a_row_of_the_wrong_type_is_refused_naming_its_row_and_column(shared: House) -> None:
    admin, author, reader = [await enter(shared, one) for one in (ADMINISTRATOR, MANAGER, SELLER)]
    table = await prepare(admin)
    audience = {"people": [reader.id]}
    bad = ["", "十二", "2026-02-30", "很急", "0", "maybe"]
    refused = await try_carry(author, audience, table, rows=[cells("纸"), cells("墨", "3"), bad])
    assert wrong(refused) == {
        "table.rows[2][0]": ("cell_required", "3.品名"),
        "table.rows[2][1]": ("cell_number", "3.金额"),
        "table.rows[2][2]": ("cell_date", "3.日期"),
        "table.rows[2][3]": ("cell_choice", "3.级别"),
        "table.rows[2][4]": ("cell_person", "3.经办人"),
        "table.rows[2][5]": ("cell_yes_no", "3.含税"),
    }
    assert refused.json()["errors"][1]["detail"].startswith("3.金额: ")
    post = await carry(author, audience, table, by_readers=True)
    for given, field, code in (
        (cells("纸", "1e5"), "cells[1]", "cell_number"),
        (cells("纸", "NaN"), "cells[1]", "cell_number"),
        (cells("纸", "1234567890123456"), "cells[1]", "cell_number"),
        (["纸", "", "22.11.2026", "", "", ""], "cells[2]", "cell_date"),
        (["纸", "", "0001-01-01", "", "", ""], "cells[2]", "cell_date"),
        (["纸", "", "", "", str(10**15), ""], "cells[4]", "cell_person"),
        (["纸", "", "", "", "9" * 400, ""], "cells[4]", "cell_person"),
        (cells("a\u202eb"), "cells[0]", "cell_characters"),
        (cells("a\nb"), "cells[0]", "cell_characters"),
        (["纸"], "cells", "cell_columns"),
        (["纸"] * 7, "cells", "cell_columns"),
    ):
        found = wrong(await fill(reader, post, given))
        assert {field: found[field][0]} == {field: code}, given
    for body in ({"cells": [1, 2]}, {"cells": ["x" * 501]}, {"cells": ["x"] * 13}, {}):
        refused = await reader.try_post(f"/api/posts/{post}/table/rows", body)
        assert refusal(refused) == (422, "invalid")
    assert await filled_in(reader, post) == []
    told = {"kind": "instruction", "text": "x", "audience": audience}
    refused = await author.try_post("/api/posts", {**told, "table": {"table": table["id"], "version": 1}})
    assert wrong(refused) == {"table": ("unknown", "")}


async def test_an_empty_row_says_nothing_and_is_refused(shared: House) -> None:
    admin, author = await enter(shared, ADMINISTRATOR), await enter(shared, MANAGER)
    table = await prepare(admin, columns=[{"title": "备注", "type": "text"}])
    post = await carry(author, {"everyone": True}, table)
    assert wrong(await fill(author, post, [" "])) == {"cells": ("cell_none", "")}


async def test_each_reader_fills_in_their_own_rows_and_everybody_sees_them_at_once(shared: House) -> None:
    admin, author = await enter(shared, ADMINISTRATOR), await enter(shared, MANAGER)
    reader, other = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    post = await carry(author, {"people": [reader.id, other.id]}, await prepare(admin), by_readers=True)
    path = f"/api/posts/{post}/table/rows"
    async with author.live() as live, other.live() as beside:
        await watch(beside, post)
        row = (await fill(reader, post, cells("纸", "12.5"))).raise_for_status().json()
        assert (row["person_id"], row["version"], row["cells"][1]) == (reader.id, 1, "12.5")
        for one in (live, beside):
            told = await one.event("table.row_added", id=row["id"])
            assert [change["kind"] for change in told["changes"]] == ["table_row", "tally/table"]
            assert told["changes"][1]["data"] == {"post_id": post, "rows": 1}
        # Nobody changes another's row; the author may take one away, and that is written down.
        assert refusal(await change(other, post, row["id"], 1, cells("我的"))) == (403, "forbidden")
        assert (await other.http.delete(f"{path}/{row['id']}")).json()["reason"] == "others_row"
        assert refusal(await change(author, post, row["id"], 1, cells("我的"))) == (403, "forbidden")
        second = (await fill(other, post, cells("墨"))).raise_for_status().json()
        await author.delete(f"{path}/{second['id']}")
        gone = await beside.event("table.row_removed", id=second["id"])
        assert gone["changes"] == [
            {"op": "drop", "kind": "table_row", "id": second["id"]},
            {"op": "put", "kind": "tally/table", "id": post, "data": {"post_id": post, "rows": 1}},
        ]
    assert (await author.http.delete(f"{path}/{second['id']}")).status_code == 404
    acts = await shared.company.read(
        lambda conn: list(
            conn.execute(
                select(AuditEntry.actor_id).where(
                    AuditEntry.act == "table_row.deleted", AuditEntry.object_id == post
                )
            ).scalars()
        )
    )
    assert acts == [author.id]
    await reader.delete(f"{path}/{row['id']}")
    assert (await filled_in(author, post), await counted(author, post)) == ([], 0)


async def test_a_row_that_was_changed_on_two_devices_says_so(shared: House) -> None:
    admin, author, reader = [await enter(shared, one) for one in (ADMINISTRATOR, MANAGER, SELLER)]
    again = await enter(shared, SELLER)
    post = await carry(author, {"people": [reader.id]}, await prepare(admin), by_readers=True)
    row = (await fill(reader, post, cells("纸", "1"))).raise_for_status().json()["id"]
    answers = await asyncio.gather(
        change(reader, post, row, 1, cells("纸", "2")), change(again, post, row, 1, cells("纸", "3"))
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    (first,) = [one.json() for one in answers if one.status_code == 200]
    (late,) = [one for one in answers if one.status_code == 409]
    assert (refusal(late), late.json()["version"]) == ((409, "stale_version"), 2)
    assert late.json()["now"] == first["cells"]
    # The same again changes nothing, whatever the version.
    same = (await change(reader, post, row, 1, first["cells"])).raise_for_status().json()
    assert same["version"] == 2


async def test_a_crowd_that_fills_in_at_once_loses_no_row_and_passes_no_limit(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, author = await enter(shared, ADMINISTRATOR), await enter(shared, MANAGER)
    crowd = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, BOSS)]
    table = await prepare(admin)
    post = await carry(author, {"everyone": True}, table, by_readers=True)
    tries = [fill(client, post, cells(f"{client.id}-{at}")) for at in range(4) for client in crowd]
    for answer in await asyncio.gather(*tries):
        assert answer.status_code == 201, answer.text
    found = [one["cells"][0] for one in await filled_in(author, post)]
    assert sorted(found) == sorted(f"{client.id}-{at}" for at in range(4) for client in crowd)
    assert await counted(author, post) == 12
    monkeypatch.setattr(rows, "MOST", 14)
    answers = await asyncio.gather(*[fill(client, post, cells("多")) for client in crowd * 2])
    assert sorted(one.status_code for one in answers) == [201] * 2 + [409] * 4
    assert {one.json()["reason"] for one in answers if one.status_code == 409} == {"table_full"}
    monkeypatch.setattr(rows, "MOST_OF_A_READER", 1)
    mine = await carry(author, {"everyone": True}, table, by_readers=True)
    answers = await asyncio.gather(*[fill(crowd[0], mine, cells(f"{at}")) for at in range(3)])
    assert sorted(one.status_code for one in answers) == [201, 409, 409]
    await shared.check()


async def test_only_the_author_fills_it_in_until_readers_may_and_a_stranger_learns_nothing(
    shared: House,
) -> None:
    admin, author = await enter(shared, ADMINISTRATOR), await enter(shared, MANAGER)
    reader, stranger = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    post = await carry(author, {"people": [reader.id]}, await prepare(admin))
    bare = await author.post(
        "/api/posts", {"kind": "share", "text": "x", "audience": {"people": [reader.id]}}
    )
    refused = await fill(reader, post, cells("纸"))
    assert (refusal(refused), refused.json()["reason"]) == ((403, "forbidden"), "author_fills")
    row = (await fill(author, post, cells("纸"))).raise_for_status().json()["id"]
    opened = await reader.http.put(f"/api/posts/{post}/table", json={"by_readers": True})
    assert refusal(opened) == (403, "forbidden")
    async with reader.live() as live:
        await author.put(f"/api/posts/{post}/table", {"by_readers": True})
        told = await live.event("post.details_changed", id=post)
        assert told["changes"][0]["data"]["table"]["by_readers"] is True
    mine = (await fill(reader, post, cells("墨"))).raise_for_status().json()["id"]
    await author.put(f"/api/posts/{post}/table", {"by_readers": False})
    assert (await change(reader, post, mine, 1, cells("晚"))).json()["reason"] == "author_fills"
    for client, about in ((stranger, post), (stranger, 10**9), (reader, bare["id"])):
        assert refusal(await fill(client, about, cells("纸"))) == (404, "not_found")
        assert refusal(await change(client, about, row, 1, cells("纸"))) == (404, "not_found")
        for tail in ("rows", "sheet"):
            assert (await client.http.get(f"/api/posts/{about}/table/{tail}")).status_code == 404
        opening = await client.http.put(f"/api/posts/{about}/table", json={"by_readers": True})
        assert opening.status_code == 404
    elsewhere = await carry(author, {"people": [reader.id]}, await prepare(admin))
    assert refusal(await change(author, elsewhere, row, 1, cells("纸"))) == (404, "not_found")
    await author.delete(f"/api/posts/{post}")
    assert refusal(await fill(reader, post, cells("纸"))) == (404, "not_found")
    assert refusal(await fill(author, post, cells("纸"))) == (404, "not_found")


async def test_the_spreadsheet_holds_numbers_and_days_and_no_formula(shared: House) -> None:
    admin, author, reader = [await enter(shared, one) for one in (ADMINISTRATOR, MANAGER, SELLER)]
    given = [
        ["=1+1", "12.5", "2026-11-22", "急", str(reader.id), "yes"],
        ["+cmd|' /C calc'!A0", "123456789012345.123456", "", "", "", "no"],
    ]
    post = await carry(author, {"people": [reader.id]}, await prepare(admin, "采购单"), rows=given)
    answer = await reader.http.get(f"/api/posts/{post}/table/sheet", params={"language": "zh-Hans"})
    got = answer.raise_for_status()
    assert "%E9%87%87%E8%B4%AD%E5%8D%95.xlsx" in got.headers["content-disposition"]
    page = load_workbook(BytesIO(got.content)).worksheets[0]
    heads, first, second = [[cell.value for cell in row] for row in page.iter_rows()]
    assert heads == ["品名", "金额 (元)", "日期", "级别", "经办人", "含税", "填写人", "填写时间"]
    assert [first[0], first[1], str(first[2])[:10], first[3]] == ["=1+1", 12.5, "2026-11-22", "急"]
    assert (first[4], first[5], first[6]) == (
        (await reader.get("/api/me"))["person"]["name"], "是", (await author.get("/api/me"))["person"]["name"],
    )  # fmt: skip
    assert (second[0], second[1], second[5]) == (given[1][0], "123456789012345.123456", "否")
    for at in (2, 3):
        assert page.cell(at, 1).data_type in ("s", "inlineStr")


async def test_paper_and_search_know_the_table(shared: House) -> None:
    admin, author = await enter(shared, ADMINISTRATOR), await enter(shared, MANAGER)
    reader, stranger = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    table = await prepare(admin, "设备盘点", columns=[{"title": "资产编号", "type": "text"}])
    department = await department_id(shared, "华东/销售一部")
    post = await carry(author, {"departments": [department]}, table, rows=[["A-1"]], by_readers=True)
    (await fill(reader, post, ["A-2"])).raise_for_status()
    paper = await author.get(f"/api/posts/{post}/paper")
    assert [(one["person_id"], one["cells"]) for one in paper["rows"]] == [
        (author.id, ["A-1"]),
        (reader.id, ["A-2"]),
    ]
    assert {author.id, reader.id} <= {one["id"] for one in paper["people"]}
    await catch_up(shared.company)
    for client, found in ((reader, [post]), (stranger, [])):
        for words in ("设备盘点", "资产编号"):
            items = (await client.get("/api/search", q=words))["items"]
            assert [one["id"] for one in items if one["kind"] == "post"] == found


async def test_the_library_is_kept_in_order_by_who_prepares_it(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, boss, member = [await enter(shared, one) for one in (ADMINISTRATOR, BOSS, SELLER)]
    made = [(await prepare(admin, f"表 {at}"))["id"] for at in range(3)]

    async def offered() -> list[int]:
        items = (await member.get("/api/tables"))["items"]
        return [one["id"] for one in items if one["retired_at"] is None]

    before = [one for one in await offered() if one not in made]
    wanted = [*reversed(made), *before]
    await admin.put("/api/tables/order", {"tables": wanted})
    assert await offered() == wanted
    for wrong_order in ([*wanted, wanted[0]], [*wanted[:-1], 10**9]):
        refused = await admin.http.put("/api/tables/order", json={"tables": wrong_order})
        assert wrong(refused) == {"tables": ("changed", "")}
    # Those that are not named, such as one that was made meanwhile, follow in their order.
    await admin.put("/api/tables/order", {"tables": made})
    assert await offered() == [*made, *before]
    await admin.put("/api/tables/order", {"tables": wanted})
    await admin.put(f"/api/tables/{made[0]}/retirement")
    assert await offered() == [one for one in wanted if one != made[0]]
    assert (await member.get("/api/tables"))["items"][-1]["id"] == made[0]
    # Two who change one table at once: the second is told.
    body = {"version": 1, "note": "", "columns": COLUMNS}
    answers = await asyncio.gather(
        *[
            client.http.put(f"/api/tables/{made[1]}", json={**body, "name": f"改 {client.id}"})
            for client in (admin, boss)
        ]
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert refusal(await member.try_post("/api/tables", {"name": "x", "columns": COLUMNS})) == (
        403,
        "forbidden",
    )
    twice = [{"title": "Ａ", "type": "text"}, {"title": "a", "type": "text"}]
    for name, columns, field, code in (
        ("x", twice, "columns[1].title", "twice"),
        ("x", [{"title": "级", "type": "choice", "choices": ["急"]}], "columns[0].choices", "too_few"),
        ("x", [{"title": "级", "type": "choice", "choices": ["急", "急"]}], "columns[0].choices", "twice"),
        ("x", [], "columns", "too_short"),
        ("x", COLUMNS * 3, "columns", "too_long"),
        ("x", [{"title": " ", "type": "text"}], "columns[0].title", "required"),
        ("x", [{"title": "x", "type": "money"}], "columns[0].type", "choice"),
        ("长" * 41, COLUMNS, "name", "too_long"),
    ):
        refused = await admin.try_post("/api/tables", {"name": name, "columns": columns})
        assert wrong(refused) == {field: (code, "")}, field
    monkeypatch.setattr(library, "MOST", 1)
    full = await admin.try_post("/api/tables", {"name": "x", "columns": COLUMNS})
    assert (refusal(full), full.json()["reason"]) == ((409, "wrong_state"), "tables_full")
