"""Columns of one's own, views that begin with a base, totals: exact, and never of what is not seen in clear."""

from typing import Any

from sqlalchemy import text

from crm_objects.engine import word_index
from crm_objects.templates.base import KINDS
from tests.crm_objects.desk import CUSTOMERS, errors, listed, make, names, said
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, MANAGER, SECOND_SELLER, SELLER, enter


async def views_of(client: Client) -> dict[str, dict[str, Any]]:
    kinds = (await client.get("/api/record-kinds"))["items"]
    return {one["code"]: one for one in kinds[0]["views"]}


async def test_my_columns_are_mine_alone_until_i_take_the_declared_ones_again(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    declared = (await views_of(seller))["all"]["columns"]
    path = f"{CUSTOMERS}/columns"
    for columns in (["name", "phone"], ["name", "industry", "owner"]):
        await seller.put(path, {"columns": columns})
        shown = await views_of(seller)
        assert shown["all"]["columns"] == shown["mine"]["columns"] == columns
    assert (await views_of(second))["all"]["columns"] == declared
    for wrong in (["nothing"], ["name", "name"]):
        assert errors(await seller.http.put(path, json={"columns": wrong})) == {"columns": "unknown"}
    await seller.put(path, {"columns": []})
    assert (await views_of(seller))["all"]["columns"] == declared


async def test_a_view_of_mine_begins_with_a_base_and_stands_where_i_put_it(shared: House) -> None:
    manager, seller = await enter(shared, MANAGER), await enter(shared, SELLER)
    await make(manager, "起点甲", level="key")
    below = await make(seller, "起点乙", level="key")
    voided = await make(seller, "起点丙", level="key")
    await seller.put(f"{CUSTOMERS}/{voided['id']}/void", {"reason": ""})
    wanted = {"filter": [["name", "starts", "起点"]], "sort": "name"}
    made = [
        await manager.post(f"{CUSTOMERS}/views", {**wanted, "name": base, "base": base})
        for base in ("below", "mine", "bin", "all")
    ]
    found = {one["base"]: names(await listed(manager, view=one["code"])) for one in made}
    assert found == {
        "below": [below["title"]],
        "mine": ["起点甲"],
        "bin": ["起点丙"],
        "all": ["起点甲", "起点乙"],
    }
    order = [made[2]["id"], made[0]["id"]]
    await manager.put(f"{CUSTOMERS}/views/order", {"ids": order})
    own = [one["id"] for one in (await views_of(manager)).values() if one["mine"]]
    assert own == [*order, made[1]["id"], made[3]["id"]]
    assert said(await seller.http.put(f"{CUSTOMERS}/views/order", json={"ids": order})) == "404 not_found"
    refused = await manager.try_post(f"{CUSTOMERS}/views", {**wanted, "name": "x", "base": "nothing"})
    assert errors(refused) == {"base": "unknown"}


async def test_totals_are_exact_and_hold_only_what_i_see_in_clear(shared: House) -> None:
    seller, manager, boss = [await enter(shared, one) for one in (SELLER, MANAGER, BOSS)]
    administrator = await enter(shared, ADMINISTRATOR)
    field = await administrator.post(
        "/api/record-fields", {"kind": "customer", "type": "number", "words": {"en": "Seats"}}
    )
    stem, added = "合计之", field["name"]
    for at, limit in enumerate(("90000000000000.01", "90000000000000.01", "0.02")):
        await make(seller, f"{stem}{at}", credit_limit=limit, **{added: str(at)})
    canary = await make(boss, f"{stem}别人的", credit_limit="777777", owner=boss.id)
    await boss.put(f"{CUSTOMERS}/{canary['id']}/team/{seller.id}", {"role": "member", "access": "read"})

    async def totals(client: Client, **query: Any) -> Any:
        where = '[["name","starts","合计之"]]'
        answer = await client.get(f"{CUSTOMERS}/totals", filter=where, **query)
        return answer["count"], {one["field"]: one for one in answer["fields"]}

    count, of = await totals(seller, fields=f"credit_limit,{added}")
    assert count == 4
    assert of["credit_limit"] == {
        "field": "credit_limit", "of": 3, "sum": "180000000000000.04", "average": "60000000000000.0133",
    }  # fmt: skip
    assert of[added] == {"field": added, "of": 3, "sum": "3", "average": "1"}
    assert (await totals(boss))[1]["credit_limit"]["of"] == 4
    assert (await totals(manager, q="合计之别人"))[0] == 0
    # Nothing at all in clear: no sum, whatever the records hold.
    second = await enter(shared, SECOND_SELLER)
    await boss.put(f"{CUSTOMERS}/{canary['id']}/team/{second.id}", {"role": "member", "access": "read"})
    count, of = await totals(second)
    assert (count, of["credit_limit"]) == (
        1,
        {"field": "credit_limit", "of": 0, "sum": None, "average": None},
    )
    for wrong in ("name", "nothing", "phone"):
        assert errors(await seller.http.get(f"{CUSTOMERS}/totals", params={"fields": wrong})) == {
            "fields": "unknown"
        }


async def test_records_are_found_by_the_pieces_of_their_words(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller, "常州卓越供应链 Nordic Freight 2031（集团）")
    for q in (
        "常州",
        "卓越供",
        "供应链 卓越",
        "卓",
        "团",
        "nord",
        "freight 2031",
        "zhuoyueg",
        "czzy",
        "chang zhou",
        row["number"],
        "２０３１",
    ):
        assert row["id"] in [one["id"] for one in (await listed(seller, q=q))["items"]], q
    for q in ("常链", "ordic", "卓越 nothing", '"', "' | !", "*", ":*", "-"):
        assert row["id"] not in [one["id"] for one in (await listed(seller, q=q))["items"]], q
    reply = await seller.http.patch(
        f"{CUSTOMERS}/{row['id']}", json={"version": 1, "fields": {"name": "改名以后"}}
    )
    assert reply.is_success
    assert (await listed(seller, q="卓越供应链"))["items"] == []
    assert [one["id"] for one in (await listed(seller, q="gaimingyihou"))["items"]] == [row["id"]]


async def test_what_keeps_the_words_of_records_is_there(shared: House) -> None:
    """A migration that makes a kind's table anew drops its triggers: it has to make them again."""

    def look(conn: Any) -> set[str]:
        if conn.dialect.name == "sqlite":
            found = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        else:
            found = conn.execute(
                text("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'ix_search_terms_%'")
            )
        return set(found.scalars())

    there = await shared.company.read(look)
    if shared.company.db.dialect == "sqlite":
        wanted = {f"search_terms_{one.kind}_{end}" for one in KINDS for end in ("put", "out", "new")}
    else:
        wanted = {f"ix_search_terms_{one.kind}" for one in KINDS}
    assert wanted <= there
    assert all(word_index.COLUMN in one.table.c for one in KINDS)
