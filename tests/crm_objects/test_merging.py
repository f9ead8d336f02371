"""Two records that are one become one, whatever named the other leads there, and for seven days they can be two again (W42)."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy import Connection, func, select

from crm_objects.merging.models import RecordMergeRow
from crm_objects.merging.over import forget
from crm_objects.templates.base import CUSTOMER
from tests.crm_objects.desk import (
    CONTACTS,
    CUSTOMERS,
    change,
    errors,
    listed,
    make,
    make_contact,
    names,
    row_of,
    said,
)
from tests.crm_objects.test_pools import enter_in, give, sea
from tests.crm_objects.test_sales_records import edit, record
from tests.feed.board import set_clock
from tests.house import Client, House
from tests.server.api.people import BOSS, MANAGER, SECOND_SELLER, SELLER, enter
from tests.server.files.sending import upload


async def try_merge(
    client: Client, survivor: dict[str, Any], other: dict[str, Any], path: str = CUSTOMERS, **fields: str
) -> httpx2.Response:
    versions = {"version": survivor["version"], "other_version": other["version"]}
    body = {"other": other["id"], **versions, "fields": fields}
    return await client.http.put(f"{path}/{survivor['id']}/merge", json=body)


async def merge(
    client: Client, survivor: dict[str, Any], other: dict[str, Any], **more: Any
) -> dict[str, Any]:
    reply = await try_merge(client, survivor, other, **more)
    assert reply.status_code == 200, reply.text
    row: dict[str, Any] = reply.json()["item"]
    return row


async def unmerge(client: Client, survivor: int, other: int, path: str = CUSTOMERS) -> httpx2.Response:
    return await client.http.put(f"{path}/{survivor}/unmerge", json={"other": other})


async def now(client: Client, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [await row_of(client, row["id"]) for row in rows]


async def test_the_survivor_has_the_chosen_fields_and_everything_that_named_the_other(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    mine = await make(seller, "上海远帆", level="key", phone="13800001111")
    theirs = await make(
        seller,
        "上海远帆科技",
        level="low",
        phone="13900002222",
        credit_code="91310000MA1K3MERGE",
        note="老客户",
    )
    contact = await make_contact(seller, theirs["id"], name="钱多多")
    path = f"{CUSTOMERS}/{theirs['id']}"
    await seller.post(f"{path}/followups", {"sort": "call", "text": "谈过价格"})
    await seller.put(f"{path}/star", {})
    await seller.put(f"{path}/team/{second.id}", {"role": "member", "access": "read"})
    mine, theirs = await now(seller, mine, theirs)
    preview = await seller.get(f"{CUSTOMERS}/{mine['id']}/merge", other=theirs["id"])
    differ = {one["field"]: one for one in preview["fields"]}
    assert (differ["phone"]["mine"], differ["phone"]["theirs"]) == ("+8613800001111", "+8613900002222")
    assert differ["note"]["suggested"] == "theirs"
    assert {(one["what"], one["kind"]): one["count"] for one in preview["moves"]} == {
        ("record", "contact"): 1,
        ("followup", ""): 1,
        ("team", ""): 1,
    }
    row = await merge(seller, mine, theirs, name="theirs", level="mine")
    assert (row["id"], row["title"], row["starred"]) == (mine["id"], "上海远帆科技", True)
    fields = row["fields"]
    assert (fields["level"], fields["phone"], fields["note"]) == ("key", "+8613800001111", "老客户")
    assert fields["credit_code"] == "91310000MA1K3MERGE", "what mine had not, theirs fills"
    assert row["last_followed_at"] == theirs["last_followed_at"]
    assert (await row_of(seller, contact["id"], CONTACTS))["fields"]["customer"]["id"] == mine["id"]
    followups = await seller.get(f"{CUSTOMERS}/{mine['id']}/followups")
    assert [one["text"] for one in followups["items"]] == ["谈过价格"]
    history = (await seller.get(f"{CUSTOMERS}/{mine['id']}/history"))["items"]
    assert history[0]["act"] == "merged"
    assert history[0]["changes"][0]["to"] == {"number": theirs["number"], "title": "上海远帆科技"}
    assert [one["act"] for one in history].count("created") == 2, "both histories"
    assert await row_of(second, mine["id"]), "who was on the other's team"
    found = await listed(seller, q="上海远帆")
    assert names(found) == ["上海远帆科技"]


async def test_what_named_the_other_leads_to_the_survivor(shared: House) -> None:
    seller = await enter(shared, SELLER)
    mine, theirs = await make(seller, "留下的"), await make(seller, "并入的")
    ref = {"kind": "customer", "id": theirs["id"]}
    about = {
        "text": "看这个客户",
        "audience": {"everyone": True, "departments": [], "people": []},
        "cards": [ref],
    }
    post = await seller.post("/api/posts", {"kind": "share", **about})
    await merge(seller, mine, theirs)
    assert (await row_of(seller, theirs["id"]))["id"] == mine["id"]
    (card,) = (await seller.post("/api/cards", {"refs": [ref]}))["items"]
    assert (card["id"], card["title"], card["restricted"]) == (theirs["id"], "留下的", False)
    traces = await seller.get(f"/api/links/customer/{mine['id']}")
    assert [one["source"]["id"] for one in traces["items"]] == [post["id"]]
    timeline = await seller.get("/api/posts", record=f"customer-{mine['id']}")
    assert [one["id"] for one in timeline["items"]] == [post["id"]]
    late = await seller.try_post(f"{CUSTOMERS}/{theirs['id']}/followups", {"sort": "call", "text": "太晚了"})
    assert said(late) == "409 wrong_state"
    assert (late.json()["reason"], late.json()["into"]) == ("merged", mine["id"])
    at_late = await seller.try_post(CONTACTS, {"fields": {"name": "迟到", "customer": theirs["id"]}})
    assert errors(at_late) == {"fields.customer": "not_found"}
    found = await listed(seller, CONTACTS, filter=[["customer", "in", [theirs["id"]]]])
    assert found["items"] == []


async def test_undone_both_are_there_again_and_what_came_since_stays(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    mine = await make(seller, "甲公司", level="key")
    theirs = await make(seller, "乙公司", level="low", source="phone", credit_code="91310000MA1K3UNDO1")
    contact = await make_contact(seller, theirs["id"])
    await seller.put(f"{CUSTOMERS}/{theirs['id']}/team/{second.id}", {"role": "member", "access": "write"})
    await seller.post(f"{CUSTOMERS}/{theirs['id']}/followups", {"sort": "call", "text": "合并之前"})
    mine, theirs = await now(seller, mine, theirs)
    row = await merge(seller, mine, theirs, name="theirs", level="theirs")
    await seller.post(f"{CUSTOMERS}/{mine['id']}/followups", {"sort": "call", "text": "合并之后"})
    row = await row_of(seller, mine["id"])
    await change(seller, mine["id"], row["version"], level="important")
    (told,) = (await seller.get(f"{CUSTOMERS}/{mine['id']}/merges"))["items"]
    assert (told["other"], told["title"], told["by"], told["may_undo"]) == (
        theirs["id"],
        "乙公司",
        seller.id,
        True,
    )
    assert (await unmerge(seller, mine["id"], theirs["id"])).status_code == 200
    one, other = await now(seller, mine, theirs)
    assert (one["title"], one["fields"]["level"]) == ("甲公司", "important"), "what was changed since stays"
    assert (one["fields"]["source"], one["fields"]["credit_code"]) == (None, None)
    assert (other["title"], other["fields"]["level"], other["fields"]["source"]) == ("乙公司", "low", "phone")
    assert other["fields"]["credit_code"] == "91310000MA1K3UNDO1"
    assert (await row_of(seller, contact["id"], CONTACTS))["fields"]["customer"]["id"] == theirs["id"]
    texts = [
        [one["text"] for one in (await seller.get(f"{CUSTOMERS}/{row['id']}/followups"))["items"]]
        for row in (mine, theirs)
    ]
    assert texts == [["合并之后"], ["合并之前"]]
    assert said(await second.http.get(f"{CUSTOMERS}/{mine['id']}")) == "404 not_found"
    assert (await row_of(second, theirs["id"]))["may"].count("write") == 1
    assert (await seller.get(f"{CUSTOMERS}/{mine['id']}/merges"))["items"] == []
    assert said(await unmerge(seller, mine["id"], theirs["id"])) in ("404 not_found", "409 wrong_state")


async def test_who_leads_only_one_of_them_is_told_what_to_do(shared: House) -> None:
    seller, second, manager = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, MANAGER)]
    mine, theirs, voided = [await make(one) for one in (seller, second, seller)]
    unseen = await try_merge(seller, mine, theirs)
    assert (said(unseen), errors(unseen)) == ("422 invalid", {"other": "not_found"})
    assert said(await try_merge(seller, theirs, mine)) == "404 not_found"
    await second.put(f"{CUSTOMERS}/{theirs['id']}/team/{seller.id}", {"role": "member", "access": "write"})
    (theirs,) = await now(second, theirs)
    for pair in ((mine, theirs), (theirs, mine)):
        refused = await try_merge(seller, *pair)
        assert (said(refused), refused.json()["next_step"]) == ("403 forbidden", "ask_owner")
    itself = await try_merge(seller, mine, mine)
    assert errors(itself) == {"other": "self"}
    await seller.put(f"{CUSTOMERS}/{voided['id']}/void", {"reason": ""})
    (gone,) = await now(seller, voided)
    assert (await try_merge(seller, mine, gone)).json()["reason"] == "voided"
    await manager.put(f"{CUSTOMERS}/{theirs['id']}/lock", {"subordinate": False})
    (theirs,) = await now(second, theirs)
    assert said(await try_merge(manager, mine, theirs)) == "409 locked"
    await manager.put(f"{CUSTOMERS}/{theirs['id']}/unlock", {"subordinate": False})
    stale = await try_merge(manager, mine, theirs)
    assert said(stale) == "409 stale_version"
    assert [one["field"] for one in stale.json()["errors"]] == ["other_version"]
    (theirs,) = await now(second, theirs)
    wrong = await try_merge(manager, mine, theirs, nothing="mine", registered_name="theirs")
    assert errors(wrong) == {"fields.nothing": "unknown", "fields.registered_name": "readonly"}
    assert (await merge(manager, mine, theirs))["owner"] == seller.id
    kept = (await seller.get(f"{CUSTOMERS}/{mine['id']}/team"))["items"]
    assert {(one["person"], one["role"], one["access"]) for one in kept} == {
        (seller.id, "owner", "write"),
        (second.id, "co_follower", "write"),
    }
    assert said(await unmerge(seller, mine["id"], theirs["id"])) == "403 forbidden"
    assert (await unmerge(manager, mine["id"], theirs["id"])).status_code == 200
    assert said(await seller.http.get(f"{CUSTOMERS}/{theirs['id']}")) == "200", "the team that it had"


async def test_what_the_merging_person_does_not_see_is_told_in_no_answer(shared: House) -> None:
    """A manager merges by a scope over the owners: contact data are masked for them, finance hidden."""
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    mine = await make(seller, phone="13811112222")
    theirs = await make(
        seller, phone="13733334444", email="canary@example.cn", bank_account="6222-CANARY", note="金丝雀"
    )
    preview = await manager.http.get(f"{CUSTOMERS}/{mine['id']}/merge", params={"other": theirs["id"]})
    named = [one["field"] for one in preview.json()["fields"]]
    assert "name" in named
    assert not {"phone", "email"} & set(named)
    denied = await try_merge(manager, mine, theirs, phone="theirs")
    assert errors(denied) == {"fields.phone": "not_clear"}
    merged = await try_merge(manager, mine, theirs)
    assert merged.status_code == 200
    history = await manager.http.get(f"{CUSTOMERS}/{mine['id']}/history")
    listed_ = await manager.http.get(f"{CUSTOMERS}/{mine['id']}/merges")
    for answer in (preview, denied, merged, history, listed_):
        for secret in ("11112222", "33334444", "canary@"):
            assert secret not in answer.text
    fields = (await row_of(seller, mine["id"]))["fields"]
    assert fields["phone"] == "+8613811112222", "the survivor keeps what it has"
    assert (fields["email"], fields["bank_account"]) == ("canary@example.cn", "6222-CANARY"), (
        "and takes what it lacks"
    )


async def test_a_family_never_hangs_below_itself(shared: House) -> None:
    seller = await enter(shared, SELLER)
    top = await make(seller, "总部")
    middle = await make(seller, "大区", parent=top["id"])
    low = await make(seller, "门店", parent=middle["id"])
    beside = await make(seller, "另一门店", parent=top["id"])
    # The lowest survives the top: what lay between hangs below it.
    row = await merge(seller, low, top)
    assert row["fields"]["parent"] is None
    assert (await row_of(seller, middle["id"]))["fields"]["parent"]["id"] == low["id"]
    family = await seller.get(f"{CUSTOMERS}/{low['id']}/family")
    assert {one["id"] for one in family["below"]} == {middle["id"], beside["id"]}
    assert (await unmerge(seller, low["id"], top["id"])).status_code == 200
    rows = await now(seller, low, middle, beside)
    assert [one["fields"]["parent"]["id"] for one in rows] == [middle["id"], top["id"], top["id"]]
    # The top survives the middle, which hangs below it.
    top, middle = await now(seller, top, middle)
    row = await merge(seller, top, middle)
    assert row["fields"]["parent"] is None
    assert (await row_of(seller, low["id"]))["fields"]["parent"]["id"] == top["id"]


async def test_relations_of_both_are_the_survivors(shared: House) -> None:
    seller = await enter(shared, SELLER)
    customer = await make(seller)
    mine, theirs, third = [await make_contact(seller, customer["id"]) for _ in range(3)]
    for start, end in ((theirs, mine), (theirs, third), (mine, third)):
        await seller.post(f"{CONTACTS}/{start['id']}/relations", {"to": end["id"], "sort": "knows"})
    await seller.post(f"{CONTACTS}/{theirs['id']}/relations", {"to": third["id"], "sort": "reports_to"})
    before = await seller.get(f"{CONTACTS}/{third['id']}/relations")
    rows = [await row_of(seller, one["id"], CONTACTS) for one in (mine, theirs)]
    await merge(seller, *rows, path=CONTACTS)

    def edges(answer: dict[str, Any]) -> set[tuple[int, int, str]]:
        return {(one["from"], one["to"], one["sort"]) for one in answer["edges"]}

    after = edges(await seller.get(f"{CONTACTS}/{third['id']}/relations"))
    assert after == {
        (*sorted((mine["id"], third["id"])), "knows"),
        (mine["id"], third["id"], "reports_to"),
    }
    assert (await unmerge(seller, mine["id"], theirs["id"], CONTACTS)).status_code == 200
    assert edges(await seller.get(f"{CONTACTS}/{third['id']}/relations")) == edges(before)


async def test_a_merge_into_what_is_merged_itself_leads_all_the_way(shared: House) -> None:
    seller = await enter(shared, SELLER)
    one, two, three = [await make(seller, name) for name in ("一", "二", "三")]
    await merge(seller, two, one)
    (two,) = await now(seller, two)
    await merge(seller, three, two)
    assert (await row_of(seller, one["id"]))["id"] == three["id"]
    refused = await unmerge(seller, two["id"], one["id"])
    assert (refused.json()["reason"], refused.json()["into"]) == ("merged", three["id"])
    assert (await unmerge(seller, three["id"], two["id"])).status_code == 200
    assert (await row_of(seller, one["id"]))["id"] == two["id"]
    assert (await unmerge(seller, two["id"], one["id"])).status_code == 200
    assert (await row_of(seller, one["id"]))["title"] == "一"


async def test_after_seven_days_it_stays_as_it_is_and_what_was_noted_goes(house: House) -> None:
    boss = await enter(house, BOSS)
    mine, theirs = await make(boss), await make(boss, phone="13800009999", credit_code="91310000MA1K3OVER01")
    await boss.post(f"{CUSTOMERS}/{theirs['id']}/followups", {"sort": "call", "text": "以前的"})
    (theirs,) = await now(boss, theirs)
    await merge(boss, mine, theirs)
    await set_clock(boss, timedelta(days=7, minutes=1))
    late = await unmerge(boss, mine["id"], theirs["id"])
    assert (said(late), late.json()["reason"]) == ("409 wrong_state", "undo_over")
    assert late.json()["until"]
    assert (await boss.get(f"{CUSTOMERS}/{mine['id']}/merges"))["items"] == []
    await forget(house.company, {})

    def left(conn: Connection) -> tuple[int, Any]:
        rows = conn.execute(select(func.count()).select_from(RecordMergeRow)).scalar_one()
        t = CUSTOMER.table
        return rows, conn.execute(select(t.c.phone, t.c.name).where(t.c.id == theirs["id"])).one()

    assert await house.company.read(left) == (0, (None, None))
    assert (await row_of(boss, theirs["id"]))["id"] == mine["id"], "it still leads there"
    assert said(await unmerge(boss, mine["id"], theirs["id"])) == "409 wrong_state"
    row = await row_of(boss, mine["id"])
    await boss.put(f"{CUSTOMERS}/{mine['id']}/void", {"reason": ""})
    assert row["fields"]["phone"] == "+8613800009999"
    await boss.delete(f"{CUSTOMERS}/{mine['id']}")
    assert said(await boss.http.get(f"{CUSTOMERS}/{theirs['id']}")) == "404 not_found", "it went along"


async def test_what_is_a_record_of_its_own_again_keeps_its_name_from_who_may_not_read_it(
    shared: House,
) -> None:
    seller, second, manager = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, MANAGER)]
    mine, theirs = await make(seller, "名字甲"), await make(second, "名字乙")

    async def told(who: Client) -> list[Any]:
        entries = (await who.get(f"{CUSTOMERS}/{mine['id']}/history"))["items"]
        named = [each for one in entries for each in one["changes"] if each["field"] == "merged"]
        return [(each["to"] or each["from"])["title"] for each in named]

    await merge(manager, mine, theirs)
    assert await told(seller) == ["名字乙"], "it is what they read"
    assert (await unmerge(manager, mine["id"], theirs["id"])).status_code == 200
    assert [await told(one) for one in (seller, manager)] == [[None] * 2, ["名字乙"] * 2]


async def test_files_go_with_their_field_and_nobody_is_recognised_as_the_other(shared: House) -> None:
    seller = await enter(shared, SELLER)
    code = "91310000MA1K3FILES"
    kept, taken = [(await upload(seller, f"{name}.txt", name.encode()))["id"] for name in ("甲", "乙")]
    mine = await make(seller, "档案甲", attachments=[kept])
    theirs = await make(seller, "档案乙", attachments=[taken], credit_code=code)
    row = await merge(seller, mine, theirs, attachments="theirs")
    assert [one["id"] for one in row["fields"]["attachments"]] == [taken]
    assert said(await seller.http.get(f"/api/files/{taken}/content")) == "200"
    assert said(await seller.http.get(f"/api/files/{kept}/content")) == "404 not_found", (
        "it waits with the other"
    )
    twice = await seller.try_post(CUSTOMERS, {"fields": {"name": "第三家", "credit_code": code}})
    assert said(twice) == "409 duplicate"
    assert [one["record"]["id"] for one in twice.json()["matches"]] == [mine["id"]], "of the survivor alone"
    assert (await unmerge(seller, mine["id"], theirs["id"])).status_code == 200
    rows = await now(seller, mine, theirs)
    assert [[one["id"] for one in each["fields"]["attachments"]] for each in rows] == [[kept], [taken]]
    assert [said(await seller.http.get(f"/api/files/{one}/content")) for one in (kept, taken)] == [
        "200",
        "200",
    ]
    again = await seller.try_post(CUSTOMERS, {"fields": {"name": "第三家", "credit_code": code}})
    assert [one["record"]["id"] for one in again.json()["matches"]] == [theirs["id"]]


async def test_undone_everyone_has_their_own_files_whatever_was_done_to_them_meanwhile(shared: House) -> None:
    seller = await enter(shared, SELLER)
    own, theirs_one, theirs_two, added = [(await upload(seller))["id"] for _ in range(4)]
    mine = await make(seller, "档案丙", attachments=[own])
    theirs = await make(seller, "档案丁", attachments=[theirs_one, theirs_two])
    row = await merge(seller, mine, theirs, attachments="theirs")
    await change(seller, row["id"], row["version"], attachments=[theirs_two, added])
    assert (await unmerge(seller, mine["id"], theirs["id"])).status_code == 200
    rows = await now(seller, mine, theirs)
    held = [[one["id"] for one in each["fields"]["attachments"]] for each in rows]
    assert held == [[own, added], [theirs_two]], (
        "what was taken out is gone, what was added stays with the survivor"
    )
    for one, each in zip(rows, held, strict=True):
        for file_id in each:
            assert said(await seller.http.get(f"/api/files/{file_id}/content")) == "200"
        await change(seller, one["id"], one["version"], attachments=each[::-1])  # it may be saved, too
    assert said(await seller.http.get(f"/api/files/{theirs_one}/content")) == "404 not_found"


async def test_a_sales_record_of_the_other_is_the_survivors_and_is_edited_and_deleted_as_before(
    shared: House,
) -> None:
    seller = await enter(shared, SELLER)
    mine, theirs = await make(seller), await make(seller)
    post = await record(seller, theirs)
    (theirs,) = await now(seller, theirs)
    row = await merge(seller, mine, theirs)
    assert row["last_followed_at"] == post["created_at"]
    edited = await edit(seller, post, "写得更详细一些", details={"sort": "call"})
    assert edited.status_code == 200, edited.text
    found = (await seller.get(f"{CUSTOMERS}/{mine['id']}/followups"))["items"]
    assert [one["sort"] for one in found] == ["call"]
    deleted, undone = await asyncio.gather(
        seller.http.delete(f"/api/posts/{post['id']}"), unmerge(seller, mine["id"], theirs["id"])
    )
    assert (deleted.is_success, undone.is_success) == (True, True), undone.text
    rows = await now(seller, mine, theirs)
    assert [one["last_followed_at"] for one in rows] == [None, None]


async def test_what_lies_in_a_pool_is_merged_with_what_lies_in_one(shared: House) -> None:
    here = await sea(shared)
    one, other = [await enter_in(here.admin, here.id) for _ in range(2)]
    owned = await make(here.admin)
    contact = await make_contact(here.admin, other["id"])
    refused = await try_merge(here.admin, owned, one)
    assert (said(refused), refused.json()["reason"]) == ("409 wrong_state", "in_pool")
    (one, other) = await now(here.admin, one, other)
    assert (await merge(here.admin, one, other))["pool"] == here.id
    assert (await row_of(here.admin, contact["id"], CONTACTS))["fields"]["customer"]["id"] == one["id"]
    # Given out meanwhile, its contacts are its owner's; taken out, the other lies in the pool again, and what follows it.
    assert (await give(here.admin, one["id"], here.admin.id)).status_code == 200
    assert (await row_of(here.admin, contact["id"], CONTACTS))["owner"] == here.admin.id
    assert (await unmerge(here.admin, one["id"], other["id"])).status_code == 200
    rows = [*await now(here.admin, one, other), await row_of(here.admin, contact["id"], CONTACTS)]
    assert [row["owner"] for row in rows] == [here.admin.id, None, None]
    assert rows[1]["pool"] == here.id


async def test_a_merge_undone_beside_the_retiring_of_its_pool_leaves_nothing_in_a_retired_one(
    shared: House,
) -> None:
    for _ in range(3):
        here = await sea(shared)
        one, other = [await enter_in(here.admin, here.id) for _ in range(2)]
        await merge(here.admin, one, other)
        assert (await give(here.admin, one["id"], here.admin.id)).status_code == 200
        pools = (await here.keeper.get("/api/pools"))["items"]
        (pool,) = [each for each in pools if each["id"] == here.id]
        assert pool["holds"] == 0, "what is part of a held one lies there no more"
        retiring = {"version": pool["version"], "retired": True}
        undone, retired = await asyncio.gather(
            unmerge(here.admin, one["id"], other["id"]),
            here.keeper.http.patch(f"/api/pools/{here.id}", json=retiring),
        )
        assert undone.is_success, undone.text
        again = await row_of(here.admin, other["id"])
        if retired.is_success:
            assert again["owner"] == here.admin.id
        else:
            assert (said(retired), again["owner"], again["pool"]) == ("409 wrong_state", None, here.id)
