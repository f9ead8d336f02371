"""Lines of a record: amounts and their sum are exact and of one transaction, whoever else writes (W25 for the whole field)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.config.settings import Settings
from tests.crm_objects.desk import errors, listed, make, row_of, said
from tests.crm_objects.kinds import EVERY_MODULE, METADATA, TABLES
from tests.house import Client, House, serve
from tests.server.api.people import BOSS, MANAGER, SELLER, enter

DEALS, QUOTES = "/api/records/opportunity", "/api/records/quote"


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings) -> AsyncIterator[House]:
    async with serve(shared_settings, EVERY_MODULE) as house:
        await house.company.write(lambda work: METADATA.create_all(work.conn, tables=TABLES))
        yield house


def line(product: str, quantity: str = "1", price: Any = "1", share: str = "100") -> dict[str, Any]:
    return {"product": product, "quantity": quantity, "price": price, "share": share}


async def try_quote(client: Client, lines: Any) -> Any:
    customer = (await make(client))["id"]
    deal = (await client.post(DEALS, {"fields": {"name": "有报价", "customer": customer}}))["item"]["id"]
    body = {"fields": {"name": "报价单", "opportunity": deal, "products": lines}}
    return await client.try_post(QUOTES, body)


async def quote(client: Client, *lines: dict[str, Any]) -> dict[str, Any]:
    reply = await try_quote(client, list(lines))
    assert reply.is_success, reply.text
    row: dict[str, Any] = reply.json()["item"]
    return row


async def test_every_amount_and_their_sum_are_exact(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await quote(
        seller,
        line("三层线", "3", "0.335"),  # 1.005 → 1.01
        line("安装", "0.0001", "0.0001"),  # nothing
        line("折扣项", "2", "-12.345", "50"),  # -12.345 → -12.35: half away from nothing
        line("赠品", "10", None),
        line("大单", "99999999", "99999.9999", "33.33"),
    )
    shown = row["fields"]["products"]
    amounts = [one["amount"] for one in shown]
    assert amounts == ["1.01", "0.00", "-12.35", "0.00", "3332999963337.00"]
    assert row["fields"]["total"] == "3332999963325.66"
    assert shown[0] == {
        "product": "三层线", "quantity": "3", "price": "0.3350", "share": "100", "delivered_on": None, "amount": "1.01",
    }  # fmt: skip
    # What is read is written again as it is: nothing changes.
    path = f"{QUOTES}/{row['id']}"
    again = await seller.http.patch(path, json={"version": 1, "fields": {"products": shown}})
    assert again.json()["item"]["version"] == 1
    (found,) = (await listed(seller, QUOTES, sort="-total", limit=1))["items"]
    assert found["fields"]["total"] == row["fields"]["total"]
    assert "products" not in found["fields"], "a list of records reads no lines"
    emptied = await seller.http.patch(path, json={"version": 1, "fields": {"products": []}})
    fields = emptied.json()["item"]["fields"]
    assert (fields["products"], fields["total"]) == (None, None)
    told = (await seller.get(f"{path}/history"))["items"][0]["changes"]
    assert told == [
        {"field": "products", "from": shown, "to": None},
        {"field": "net", "from": row["fields"]["total"], "to": None},
    ]


async def test_a_wrong_line_is_named_with_its_column(shared: House) -> None:
    seller = await enter(shared, SELLER)
    cases = {
        "not lines": ("x", "type", {"limit": 200}),
        "too many": ([line("a")] * 201, "type", {"limit": 200}),
        "no line": ([3], "type", {"line": 1}),
        "another column": ([{**line("a"), "colour": "red"}], "unknown", {"line": 1, "name": "colour"}),
        "no product": ([line("a"), line(" ")], "required", {"line": 2, "name": "product"}),
        "no number": ([line("a", "many")], "type", {"line": 1, "name": "quantity"}),
        "too much": ([line("a", "99999999999", "99999999999")], "range", {"line": 1, "maximum": 10**14}),
        "all too much": ([line("a", "1", "99999999999999")] * 2, "range", {"maximum": 10**14}),
    }
    for name, (given, code, params) in cases.items():
        reply = await try_quote(seller, given)
        assert errors(reply) == {"fields.products": code}, name
        assert reply.json()["errors"][0]["params"] == params, name
    readonly = await seller.http.patch(
        f"{QUOTES}/{(await quote(seller))['id']}", json={"version": 1, "fields": {"total": "1"}}
    )
    assert errors(readonly) == {"fields.total": "readonly"}


async def test_of_two_who_change_the_lines_at_once_one_is_told_and_the_sum_is_the_others(
    shared: House,
) -> None:
    seller, manager, boss = [await enter(shared, one) for one in (SELLER, MANAGER, BOSS)]
    row = await quote(seller, line("一", "1", "10"))
    path = f"{QUOTES}/{row['id']}"
    replies = await asyncio.gather(
        seller.http.patch(path, json={"version": 1, "fields": {"products": [line("一", "2", "10")]}}),
        manager.http.patch(path, json={"version": 1, "fields": {"products": [line("二", "3", "10")]}}),
        boss.http.patch(path, json={"version": 1, "fields": {"name": "改名"}}),
    )
    assert sorted(said(one) for one in replies) == ["200", "200", "409 stale_version"]
    now = await row_of(seller, row["id"], QUOTES)
    assert (now["title"], now["version"]) == ("改名", 3)
    won = now["fields"]["products"]
    assert len(won) == 1
    assert now["fields"]["total"] == won[0]["amount"]
    assert won[0]["amount"] in ("20.00", "30.00")
    lost = next(one for one in replies if not one.is_success).json()
    assert lost["errors"][0]["params"]["now"] == won
    # Gone for good, its lines go too: the invariants of the house look.
    await seller.put(f"{path}/void", {"reason": ""})
    await boss.delete(path)


async def test_the_declaration_tells_of_the_columns(shared: House) -> None:
    seller = await enter(shared, SELLER)
    kinds = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}
    products = next(one for one in kinds["quote"]["fields"] if one["name"] == "products")
    assert (products["type"], products["can_filter"], products["can_sort"]) == ("lines", False, False)
    columns = [(one["name"], one["type"], one["factor"]) for one in products["lines"]]
    assert columns == [
        ("product", "text", False),
        ("quantity", "number", True),
        ("price", "money", True),
        ("share", "percent", True),
        ("delivered_on", "date", False),
    ]
    assert kinds["quote"]["follows"] == "opportunity"
