"""Where a record stands: its stage and the guards, what only an act changes, locked or not; and the board. On kinds that come next
(`kinds.py`) as on those that are there."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.config.settings import Settings
from tests.crm_objects.desk import (
    CONTACTS,
    CUSTOMERS,
    errors,
    listed,
    make,
    make_contact,
    names,
    row_of,
    said,
    try_change,
)
from tests.crm_objects.kinds import EVERY_MODULE, METADATA, TABLES
from tests.house import Client, House, serve
from tests.server.api.people import BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter

DEALS, PAYMENTS = "/api/records/opportunity", "/api/records/payment"


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings) -> AsyncIterator[House]:
    async with serve(shared_settings, EVERY_MODULE) as house:
        await house.company.write(lambda work: METADATA.create_all(work.conn, tables=TABLES))
        yield house


async def deal(client: Client, name: str, customer: int = 0, **fields: Any) -> dict[str, Any]:
    customer = customer or (await make(client))["id"]
    body = {"fields": {"name": name, "customer": customer, **fields}}
    row: dict[str, Any] = (await client.post(DEALS, body))["item"]
    return row


async def test_a_deal_goes_from_its_making_to_card_list_board_and_history(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await deal(seller, "走完全程", amount="2185.5", need="三层包装线")
    assert (row["stage"], row["number"]) == ("contact", f"O-{row['id']:06d}")
    assert row["may"] == ["write", "stage", "followup", "owner", "team", "share", "lock", "merge", "void"]
    path = f"{DEALS}/{row['id']}"
    moved = (await seller.put(f"{path}/stage", {"stage": "need", "reason": "电话确认"}))["item"]
    assert (moved["stage"], moved["version"]) == ("need", 2)
    again = (await seller.put(f"{path}/stage", {"stage": "need"}))["item"]
    assert again["version"] == 2, "where it stands already it does not move"
    ref = {"kind": "opportunity", "id": row["id"]}
    card = (await seller.post("/api/cards", {"refs": [ref]}))["items"][0]
    assert card["shown"]["amount"] == "2185.50"
    assert card["buttons"] == ["stage", "followup"]
    found = await listed(seller, DEALS, filter=[["stage", "in", ["need", "offer"]]], q="走完全程")
    assert [one["id"] for one in found["items"]] == [row["id"]]
    told = (await seller.get(f"{path}/history"))["items"]
    assert [(one["act"], one["reason"]) for one in told] == [("stage_changed", "电话确认"), ("created", "")]
    assert told[0]["changes"] == [
        {"field": "stage", "from": "contact", "to": "need"},
        {"field": "expected", "from": "218.55", "to": "655.65"},
    ]
    paid = {"name": "首付款", "opportunity": row["id"], "amount": "1000", "paid_on": "2026-11-20"}
    payment = (await seller.post(PAYMENTS, {"fields": paid}))["item"]
    assert (payment["stage"], payment["owner"]) == ("", seller.id)
    assert "stage" not in payment["may"]
    related = (await seller.get(f"{path}/related"))["items"]
    assert [(one["kind"], one["total"]["count"]) for one in related] == [("quote", 0), ("payment", 1)]
    no_stages = await seller.http.put(f"{PAYMENTS}/{payment['id']}/stage", json={"stage": "won"})
    assert errors(no_stages) == {"stage": "choice"}


async def test_a_stage_lets_nobody_in_who_has_not_what_it_wants(shared: House) -> None:
    seller, manager, boss = [await enter(shared, one) for one in (SELLER, MANAGER, BOSS)]
    row = await deal(seller, "要过几关")
    path = f"{DEALS}/{row['id']}/stage"
    refused = await seller.http.put(path, json={"stage": "offer"})
    assert said(refused) == "422 invalid"
    assert errors(refused) == {"fields.amount": "required", "fields.closes_on": "required"}
    assert refused.json()["errors"][0]["params"] == {"stage": "offer"}
    assert errors(await seller.http.put(path, json={"stage": "lost"})) == {"reason": "required"}
    assert errors(await seller.http.put(path, json={"stage": "nowhere"})) == {"stage": "choice"}
    assert said(await seller.http.put(path, json={"stage": "closed"})) == "403 forbidden"
    outsider = await enter(shared, OUTSIDER)
    assert said(await outsider.http.put(path, json={"stage": "won"})) == "404 not_found"
    assert (await row_of(seller, row["id"], DEALS))["stage"] == "contact"
    assert (await boss.put(path, {"stage": "closed"}))["item"]["stage"] == "closed"
    assert (await manager.put(path, {"stage": "won"}))["item"]["stage"] == "won"


async def test_what_somebody_does_not_see_is_not_said_to_be_empty(shared: House) -> None:
    seller, second, finance = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, "1018")]
    row = await deal(seller, "看不见的一栏")
    path = f"{DEALS}/{row['id']}"
    lost = {"stage": "lost", "reason": "价格"}
    assert errors(await seller.http.put(f"{path}/stage", json=lost)) == {"fields.lost_to": "required"}
    for client in (second, finance):
        await seller.put(f"{path}/team/{client.id}", {"role": "member", "access": "read"})
        assert said(await client.http.put(f"{path}/stage", json=lost)) == "403 forbidden"


async def test_of_two_who_move_a_deal_at_once_one_wins_and_one_hears_where_it_is(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await deal(seller, "两人同时", amount="1", need="x", closes_on="2026-12-01")
    path = f"{DEALS}/{row['id']}/stage"
    replies = await asyncio.gather(
        seller.http.put(path, json={"stage": "need", "version": 1}),
        manager.http.put(path, json={"stage": "offer", "version": 1}),
    )
    won = next(one for one in replies if one.is_success).json()["item"]
    lost = next(one for one in replies if not one.is_success)
    assert (said(lost), lost.json()["version"], won["version"]) == ("409 stale_version", 2, 2)
    (error,) = lost.json()["errors"]
    assert error["params"]["now"] == won["stage"]
    # Another field was changed meanwhile: that is no reason.
    patched = await seller.http.patch(f"{DEALS}/{row['id']}", json={"version": 2, "fields": {"need": "y"}})
    assert patched.is_success
    assert (await seller.put(path, {"stage": "won", "version": 2}))["item"]["version"] == 4


async def test_a_board_counts_and_adds_exactly_what_the_viewer_may_see(shared: House) -> None:
    seller, second, manager = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, MANAGER)]
    customer = (await make(seller))["id"]
    most = "99999999999999.99"  # nine times this is more than a column holds
    for _ in range(12):
        await deal(seller, "看板甲", customer, amount=most, margin="0.01")
    moved = await deal(seller, "看板乙", customer, amount="12.34", need="x")
    await seller.put(f"{DEALS}/{moved['id']}/stage", {"stage": "need"})
    voided = await deal(seller, "看板丙", customer, amount="5")
    await seller.put(f"{DEALS}/{voided['id']}/void", {"reason": ""})

    async def board(client: Client, **query: Any) -> dict[Any, Any]:
        answer = await client.get(f"{DEALS}/board", q="看板", **query)
        return {one["code"]: (one["count"], one["sums"]) for one in answer["columns"]}

    mine = await board(seller)
    assert list(mine) == ["contact", "need", "offer", "won", "lost", "closed"]
    assert mine["contact"] == (
        12,
        {"amount": "1199999999999999.88", "margin": "0.12", "expected": "120000000000000.00"},
    )
    assert mine["need"] == (1, {"amount": "12.34", "expected": "3.70"})
    assert mine["won"] == (0, {})
    await seller.put(f"{DEALS}/{moved['id']}/team/{second.id}", {"role": "member", "access": "read"})
    assert [count for count, _ in (await board(second)).values()] == [0, 1, 0, 0, 0, 0]
    # Who sees no margin, is told of none.
    await seller.put(f"{DEALS}/{moved['id']}/void", {"reason": ""})
    assert (await board(manager))["contact"][1]["margin"] == "0.12"
    first = (await seller.get(DEALS, q="看板甲", limit=1))["items"][0]["id"]
    await seller.put(f"{DEALS}/{first}/team/{second.id}", {"role": "member", "access": "read"})
    assert (await board(second))["contact"] == (1, {"amount": most, "expected": "10000000000000.00"})
    narrowed = await board(seller, filter='[["stage","in",["won"]]]')
    assert [count for count, _ in narrowed.values()] == [0] * 6


async def test_a_board_of_customers_has_their_levels_and_those_without(shared: House) -> None:
    seller = await enter(shared, SELLER)
    for level in ("key", "key", "low", None):
        await make(seller, "等级看板", level=level)
    answer = await seller.get(f"{CUSTOMERS}/board", by="level", q="等级看板")
    counts = {one["code"]: one["count"] for one in answer["columns"]}
    assert counts == {"key": 2, "important": 0, "ordinary": 0, "low": 1, None: 1}
    for by in ("phone", "nothing", "owner"):
        refused = await seller.http.get(f"{CUSTOMERS}/board", params={"by": by})
        assert errors(refused) == {"by": "choice"}
    assert errors(await seller.http.get(f"{CONTACTS}/board", params={"by": "attitude"})) == {"by": "choice"}


async def test_the_deal_state_is_changed_by_its_act_with_a_reason_and_not_otherwise(shared: House) -> None:
    seller, outsider = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(seller)
    assert row["fields"]["deal_state"] == "open"
    assert errors(await try_change(seller, row["id"], 1, deal_state="dealt")) == {
        "fields.deal_state": "readonly"
    }
    path = f"{CUSTOMERS}/{row['id']}/states"
    won = {"value": "dealt", "reason": "签了合同"}
    assert errors(await seller.http.put(f"{path}/deal_state", json={**won, "reason": " "})) == {
        "reason": "required"
    }
    assert errors(await seller.http.put(f"{path}/deal_state", json={**won, "value": "x"})) == {
        "value": "choice"
    }
    assert said(await seller.http.put(f"{path}/level", json=won)) == "404 not_found"
    assert said(await outsider.http.put(f"{path}/deal_state", json=won)) == "404 not_found"
    for _ in range(2):
        changed = (await seller.put(f"{path}/deal_state", won))["item"]
        assert (changed["fields"]["deal_state"], changed["version"]) == ("dealt", 2)
    stale = await seller.http.put(f"{path}/deal_state", json={"value": "open", "reason": "x", "version": 1})
    assert said(stale) == "409 stale_version"
    newest = (await seller.get(f"{CUSTOMERS}/{row['id']}/history"))["items"][0]
    assert (newest["act"], newest["reason"]) == ("state_changed", "签了合同")
    assert newest["changes"] == [{"field": "deal_state", "from": "open", "to": "dealt"}]


async def test_what_is_locked_refuses_everybody_and_says_who_and_when(shared: House) -> None:
    seller, second, boss = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, BOSS)]
    row = await make(seller, "锁定的客户")
    contact = await make_contact(seller, row["id"])
    path = f"{CUSTOMERS}/{row['id']}"
    await seller.put(f"{path}/team/{second.id}", {"role": "member", "access": "write"})
    assert said(await second.http.put(f"{path}/lock", json={"subordinate": True})) == "403 forbidden"
    locked: dict[str, Any] = {}
    for _ in range(2):
        locked = (await seller.put(f"{path}/lock", {"subordinate": True}))["item"]
        assert (locked["locked"]["by"], locked["version"]) == (seller.id, 2)
        assert locked["may"] == ["followup", "share", "unlock"]
    below = await row_of(seller, contact["id"], CONTACTS)
    assert below["locked"]["by"] == seller.id
    tries = {
        "change": await try_change(boss, row["id"], 2, level="key"),
        "owner": await boss.http.put(f"{path}/owner", json={"owner": second.id}),
        "team": await boss.http.put(f"{path}/team/{boss.id}", json={"role": "member", "access": "read"}),
        "off the team": await boss.http.delete(f"{path}/team/{second.id}"),
        "void": await boss.http.put(f"{path}/void", json={"reason": ""}),
        "state": await boss.http.put(f"{path}/states/deal_state", json={"value": "dealt", "reason": "x"}),
        "contact": await boss.http.put(f"{CONTACTS}/{contact['id']}/void", json={"reason": ""}),
    }
    assert {act: said(reply) for act, reply in tries.items()} == dict.fromkeys(tries, "409 locked")
    document = tries["change"].json()
    assert (document["locked_by"], document["name"]) == (seller.id, seller.me["person"]["name"])
    assert document["locked_at"] == locked["locked"]["at"]
    await seller.post(f"{path}/followups", {"sort": "call", "text": "锁定后仍可跟进"})
    assert (await second.http.delete(f"{path}/team/{second.id}")).is_success, "oneself may always leave"
    freed = (await boss.put(f"{path}/unlock", {"subordinate": False}))["item"]
    assert freed["locked"] is None
    assert (await row_of(seller, contact["id"], CONTACTS))["locked"] is not None
    # What is locked by itself stays with its owner.
    await boss.put(f"{path}/owner", {"owner": second.id})
    assert (await row_of(second, contact["id"], CONTACTS))["owner"] == seller.id
    acts = [one["act"] for one in (await boss.get(f"{path}/history"))["items"]]
    assert acts == [
        "owner_changed",
        "unlocked",
        "team_changed",
        "followed_up",
        "locked",
        "team_changed",
        "created",
    ]
    await boss.put(f"{path}/unlock", {"subordinate": True})
    assert (await row_of(second, contact["id"], CONTACTS))["locked"] is None
    await boss.put(f"{path}/void", {"reason": ""})
    assert said(await boss.http.put(f"{path}/lock", json={"subordinate": True})) == "409 wrong_state"


async def test_locking_and_editing_at_once_leave_one_of_two_orders(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    for _ in range(3):
        row = await make(seller)
        edited, locked = await asyncio.gather(
            try_change(manager, row["id"], 1, level="key"),
            seller.http.put(f"{CUSTOMERS}/{row['id']}/lock", json={"subordinate": True}),
        )
        assert locked.is_success
        assert said(edited) in ("200", "409 locked")
        now = await row_of(seller, row["id"])
        assert (now["fields"]["level"] == "key") == edited.is_success
        history = (await seller.get(f"{CUSTOMERS}/{row['id']}/history"))["items"]
        acts = [one["act"] for one in history]
        assert acts == (["locked", "changed", "created"] if edited.is_success else ["locked", "created"])


async def test_a_customers_page_hears_of_moves_and_locks(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await deal(seller, "看着它动", need="x")
    async with manager.live() as live:
        await live.say(op="watch", ref={"kind": "opportunity", "id": row["id"]})
        await live.until(lambda frame: frame["op"] == "watching")
        await seller.put(f"{DEALS}/{row['id']}/stage", {"stage": "need"})
        assert (await live.event("record.changed"))["changes"][0]["data"]["version"] == 2
        await seller.put(f"{DEALS}/{row['id']}/lock", {"subordinate": False})
        assert (await live.event("record.changed"))["changes"][0]["data"]["version"] == 3
    assert names(await listed(seller, DEALS, q="看着它动")) == ["看着它动"]


async def test_a_family_comes_to_exact_sums_of_what_one_sees_in_clear(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    top = await make(seller, "合计集团")
    below = await make(seller, "合计集团子公司", parent=top["id"])
    for at in range(11):  # together more than a whole number of SQLite's holds
        await deal(seller, f"大单 {at}", below["id"], amount="99999999999999.99", margin="0.01")
    own = await deal(manager, "经理自己的单", top["id"], amount="0.02", margin="5")
    found = (await seller.get(f"{CUSTOMERS}/{top['id']}/family"))["counts"]
    of_deals = next(one for one in found if one["kind"] == "opportunity")
    assert of_deals["count"] == 12, "the customer's owner reaches the manager's as well"
    sums = {one["field"]: one["sum"] for one in of_deals["sums"]}
    assert sums["amount"] == "1099999999999999.91"
    assert own["fields"]["margin"] == "5.00"
