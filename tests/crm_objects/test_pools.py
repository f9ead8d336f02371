"""What nobody owns lies in a pool: who enters, sees and gives it out, and whose home a pool is (CUST-08, POOL-01 … 03, M18, M33, W6)."""

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from crm_objects.access.readers import Readers
from crm_objects.module import KINDS
from server.org.models import Person
from tests.chat.talk import fresh, group_of
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
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    HEAD,
    MANAGER,
    OTHER_MANAGER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    enter_as,
    make_person,
)
from tests.server.people.test_leaving import leave

_numbers = itertools.count(1)
MISSING = "404 not_found"
TAX = "91310000CANARYTAX"
MASKED = {"masked": "139****5678"}


@dataclass
class Sea:
    """A pool with an administrator who sells, a member, and somebody outside."""

    id: int
    keeper: Client
    admin: Client
    member: Client
    outsider: Client


def a_phone() -> str:
    """Another one each time: what is alike is asked about."""
    return f"139{next(_numbers):04}5678"


async def new_pool(keeper: Client, **fields: Any) -> int:
    body = {"kind": "customer", "name": f"公海 {next(_numbers)}", **fields}
    return int((await keeper.post("/api/pools", body))["item"]["id"])


async def sea(house: House, **fields: Any) -> Sea:
    keeper, admin, member, outsider = [
        await enter(house, one) for one in (ADMINISTRATOR, SELLER, SECOND_SELLER, OTHER_MANAGER)
    ]
    pool = await new_pool(keeper, **fields)
    await keeper.put(f"/api/pools/{pool}/people/{admin.id}", {"role": "admin"})
    await keeper.put(f"/api/pools/{pool}/people/{member.id}", {"role": "member"})
    return Sea(pool, keeper, admin, member, outsider)


async def enter_in(who: Client, pool: int, name: str = "", **fields: Any) -> dict[str, Any]:
    named = {"name": name or f"公海客户 {next(_numbers)}", **fields}
    row: dict[str, Any] = (await who.post(CUSTOMERS, {"fields": named, "owner": None, "pool": pool}))["item"]
    return row


async def refused(who: Client, **body: Any) -> dict[str, str]:
    reply = await who.try_post(CUSTOMERS, {"fields": {"name": f"不行 {next(_numbers)}"}, **body})
    assert reply.status_code == 422, reply.text
    return errors(reply)


async def _version(here: Sea) -> int:
    pools = (await here.keeper.get("/api/pools"))["items"]
    return int(next(one for one in pools if one["id"] == here.id)["version"])


async def give(who: Client, record: int, owner: int, **body: Any) -> httpx2.Response:
    return await who.http.put(f"{CUSTOMERS}/{record}/owner", json={"owner": owner, **body})


async def test_only_a_pools_administrators_enter_what_nobody_owns(shared: House) -> None:
    here = await sea(shared)
    row = await enter_in(here.admin, here.id, phone=a_phone())
    assert (row["owner"], row["pool"], row["department"]) == (None, here.id, None)
    pooled = {"owner": None, "pool": here.id}
    assert await refused(here.member, **pooled) == {"pool": "not_administrator"}
    assert await refused(here.outsider, **pooled) == {"pool": "not_found"}, "a pool that is not mine is none"
    assert await refused(here.keeper, **pooled) == {"pool": "not_administrator"}
    assert await refused(here.admin, owner=None) == {"owner": "required"}
    assert await refused(here.admin, owner=None, pool=None) == {"owner": "required"}
    assert await refused(here.admin, owner=None, pool=10**9) == {"pool": "not_found"}
    at = {"fields": {"name": "x", "customer": row["id"]}, "pool": here.id}
    assert errors(await here.admin.try_post(CONTACTS, at)) == {"pool": "unknown"}


async def test_a_customer_of_somebody_has_the_home_of_their_department(shared: House) -> None:
    here = await sea(shared)
    other = await new_pool(here.keeper)
    east, first = await department_id(shared, "华东"), await department_id(shared, "华东/销售一部")
    assert (await make(here.admin))["pool"] is None, "no pool is anybody's home yet"
    await here.keeper.put(f"/api/pools/{other}/departments/{east}")
    try:
        assert (await make(here.admin))["pool"] == other, "the nearest above"
        await here.keeper.put(f"/api/pools/{here.id}/departments/{first}")
        taken = await here.keeper.http.put(f"/api/pools/{other}/departments/{first}")
        assert (said(taken), taken.json()["reason"]) == ("409 wrong_state", "has_a_home")
        assert (await make(here.admin))["pool"] == here.id
        manager = await enter(shared, MANAGER)
        second = {"fields": {"name": f"二部 {next(_numbers)}"}, "owner": here.outsider.id}
        assert (await manager.post(CUSTOMERS, second))["item"]["pool"] == other, (
            "the owner's, not the maker's"
        )
        mine = {"fields": {"name": f"自选 {next(_numbers)}"}, "pool": other}
        assert (await here.admin.post(CUSTOMERS, mine))["item"]["pool"] == other
        none = {"fields": {"name": f"没有 {next(_numbers)}"}, "pool": None}
        assert (await here.admin.post(CUSTOMERS, none))["item"]["pool"] is None
        row = await make(here.admin)
        assert (await give(here.admin, row["id"], here.outsider.id, keep="read")).status_code == 200
        assert (await row_of(here.admin, row["id"]))["pool"] == here.id, "held by another it keeps its home"
        assert await refused(here.outsider, pool=here.id) == {"pool": "not_found"}
    finally:
        await here.keeper.delete(f"/api/pools/{other}/departments/{east}")
        await here.keeper.delete(f"/api/pools/{here.id}/departments/{first}")
    assert (await make(here.admin))["pool"] is None


async def test_what_neither_is_owned_nor_lies_in_a_pool_cannot_be_written(shared: House) -> None:
    row = await make(await enter(shared, SELLER))
    t = KINDS["customer"].table
    with pytest.raises(IntegrityError):
        await shared.company.write(
            lambda work: work.conn.execute(update(t).where(t.c.id == row["id"]).values(owner_id=None))
        )


async def test_people_of_a_pool_see_it_in_part_and_nobody_else_does(shared: House) -> None:
    here = await sea(shared)
    phone = a_phone()
    row = await enter_in(here.admin, here.id, phone=phone)
    boss = await enter(shared, BOSS)
    await boss.http.patch(
        f"{CUSTOMERS}/{row['id']}", json={"version": 1, "fields": {"tax_number": TAX, "note": "内部"}}
    )
    path = f"{CUSTOMERS}/{row['id']}"
    for viewer in (here.admin, here.member):
        shown = await row_of(viewer, row["id"])
        assert shown["fields"]["phone"] == MASKED
        assert not {"tax_number", "note"} & set(shown["fields"])
        assert row["id"] in [one["id"] for one in (await listed(viewer, view="pool"))["items"]]
        hits = (await viewer.get("/api/search", q=row["title"], kind="customer"))["items"]
        assert [one["id"] for one in hits] == [row["id"]]
        (card,) = (await viewer.post("/api/cards", {"refs": [{"kind": "customer", "id": row["id"]}]}))[
            "items"
        ]
        assert (card["restricted"], card["state"], card["person_id"]) == (False, "pooled", None)
        everything = [shown, await viewer.get(f"{path}/history"), await listed(viewer), card]
        assert phone[3:] not in str(everything)
        assert TAX not in str(everything)
    assert (await row_of(here.admin, row["id"]))["may"] == [
        "write", "state", "followup", "owner", "team", "share", "lock", "merge", "void",
    ]  # fmt: skip
    assert (await row_of(here.member, row["id"]))["may"] == []
    assert (await row_of(boss, row["id"]))["fields"]["tax_number"] == TAX
    # Neither who keeps pools nor who leads people elsewhere, or the administrator of the pool, reads it.
    for number in (ADMINISTRATOR, OTHER_MANAGER, MANAGER, HEAD):
        viewer = await enter(shared, number)
        assert said(await viewer.http.get(path)) == MISSING
        assert row["id"] not in [one["id"] for one in (await listed(viewer))["items"]]
        assert not (await viewer.get("/api/search", q=row["title"], kind="customer"))["items"]
    refused = await here.member.http.patch(path, json={"version": 2, "fields": {"level": "key"}})
    assert said(refused) == "403 forbidden"
    assert said(await give(here.member, row["id"], here.member.id)) == "403 forbidden"


async def test_a_department_in_a_pool_brings_its_people_and_those_below(shared: House) -> None:
    here, head = await sea(shared), await enter(shared, HEAD)
    row = await enter_in(here.admin, here.id)
    first = await department_id(shared, "华东")
    path = f"{CUSTOMERS}/{row['id']}"
    assert said(await here.outsider.http.get(path)) == MISSING
    await here.keeper.put(f"/api/pools/{here.id}/departments/{first}")
    assert [said(await one.http.get(path)) for one in (here.outsider, head)] == ["200", "200"]
    (pool,) = [one for one in (await here.outsider.get("/api/pools"))["items"] if one["id"] == here.id]
    assert (pool["role"], pool["people"], pool["departments"], pool["holds"]) == ("member", None, None, None)
    await here.keeper.delete(f"/api/pools/{here.id}/departments/{first}")
    assert said(await here.outsider.http.get(path)) == MISSING
    await here.keeper.delete(f"/api/pools/{here.id}/people/{here.member.id}")
    assert said(await here.member.http.get(path)) == MISSING


async def test_who_is_put_in_or_out_is_told_and_open_watches_end(shared: House) -> None:
    here = await sea(shared)
    row = await enter_in(here.admin, here.id)
    codes = [one["code"] for one in await _views(here.outsider)]
    assert "pool" not in codes
    ref = {"kind": "customer", "id": row["id"]}
    async with here.member.live() as live:
        await live.say(op="watch", ref=ref)
        await live.until(lambda frame: frame["op"] == "watching")
        await here.keeper.delete(f"/api/pools/{here.id}/people/{here.member.id}")
        await live.event("record_kinds.changed")
        await change(here.admin, row["id"], 1, level="key")
        await live.quiet()
        assert "record.changed" not in [one["type"] for one in live.events]
    await here.keeper.put(f"/api/pools/{here.id}/people/{here.outsider.id}", {"role": "member"})
    assert "pool" in [one["code"] for one in await _views(here.outsider)]
    assert row["title"] in names(await listed(here.outsider, filter=[["pool", "in", [here.id]]]))


async def _views(client: Client) -> list[dict[str, Any]]:
    kinds = (await client.get("/api/record-kinds"))["items"]
    views: list[dict[str, Any]] = next(one for one in kinds if one["kind"] == "customer")["views"]
    return views


async def test_giving_it_out_takes_its_contacts_along_and_ends_the_pools_sight(shared: House) -> None:
    here = await sea(shared)
    phone = a_phone()
    row = await enter_in(here.admin, here.id, phone=phone)
    contact = await make_contact(here.admin, row["id"], mobile=a_phone())
    assert contact["owner"] is None, "it follows its customer"
    locked = await make_contact(here.admin, row["id"])
    await here.admin.put(f"{CONTACTS}/{locked['id']}/lock", {"subordinate": False})
    assert (await row_of(here.member, contact["id"], CONTACTS))["fields"]["mobile"] == {
        "masked": "139****5678"
    }
    assert said(await here.outsider.http.get(f"{CONTACTS}/{contact['id']}")) == MISSING
    by_member = {"fields": {"name": "加不了", "customer": row["id"]}}
    assert errors(await here.member.try_post(CONTACTS, by_member)) == {"fields.customer": "forbidden"}
    given = await give(here.admin, row["id"], here.outsider.id, reason="分配", from_pool=here.id)
    assert given.status_code == 200, given.text
    now = await row_of(here.outsider, row["id"])
    assert (now["owner"], now["pool"], now["fields"]["phone"]) == (
        here.outsider.id,
        here.id,
        f"+86{phone}",
    )
    for one in (contact, locked):
        assert (await row_of(here.outsider, one["id"], CONTACTS))["owner"] == here.outsider.id
    entry = (await here.outsider.get(f"{CUSTOMERS}/{row['id']}/history"))["items"][0]
    assert (entry["act"], entry["changes"], entry["reason"]) == (
        "owner_changed",
        [{"field": "owner", "from": None, "to": here.outsider.id}],
        "分配",
    )
    assert said(await here.member.http.get(f"{CUSTOMERS}/{row['id']}")) == MISSING


async def test_what_follows_is_moved_into_a_pool_by_who_writes_there_and_out_of_it_by_nobody(
    shared: House,
) -> None:
    here = await sea(shared)
    pooled, other = await enter_in(here.admin, here.id), await enter_in(here.admin, here.id)
    inside = await make_contact(here.admin, pooled["id"])
    theirs, mine = await make(here.member), await make(here.admin)
    outside, ours = await make_contact(here.member, theirs["id"]), await make_contact(here.admin, mine["id"])

    async def move(who: Client, contact: dict[str, Any], to: dict[str, Any]) -> httpx2.Response:
        body = {"version": 1, "fields": {"customer": to["id"]}}
        return await who.http.patch(f"{CONTACTS}/{contact['id']}", json=body)

    assert errors(await move(here.member, outside, pooled)) == {"fields.customer": "forbidden"}
    assert said(await move(here.admin, ours, pooled)) == "200"
    assert errors(await move(here.admin, inside, mine)) == {"fields.customer": "in_pool"}, (
        "nobody would answer for it, and who is over the owner would not see it"
    )
    assert said(await move(here.admin, inside, other)) == "200"


async def test_of_two_who_give_it_out_at_once_one_wins(shared: House) -> None:
    here, manager = await sea(shared), await enter(shared, MANAGER)
    await here.keeper.put(f"/api/pools/{here.id}/people/{manager.id}", {"role": "admin"})
    for _ in range(3):
        row = await enter_in(here.admin, here.id)
        replies = await asyncio.gather(
            give(here.admin, row["id"], here.member.id, from_pool=here.id),
            give(manager, row["id"], here.admin.id, from_pool=here.id),
        )
        assert sorted(one.status_code for one in replies)[0] == 200
        lost = next(one for one in replies if not one.is_success)
        # Whoever may read it under its new owner hears that it lies there no longer, everybody else nothing.
        assert said(lost) in ("409 wrong_state", "404 not_found")
        winner = here.member.id if replies[0].is_success else here.admin.id
        assert (await row_of(manager, row["id"]))["owner"] == winner


async def test_a_pool_that_keeps_owners_lets_only_its_administrators_change_them(shared: House) -> None:
    here = await sea(shared, may_change_owner=False)
    manager = await enter(shared, MANAGER)
    body = {"fields": {"name": f"不换人 {next(_numbers)}"}, "pool": here.id}
    row = (await here.member.post(CUSTOMERS, body))["item"]
    assert "owner" not in row["may"]
    for who in (here.member, manager):
        fixed = await give(who, row["id"], here.admin.id, reason="想换")
        assert said(fixed) == "409 wrong_state"
        document = fixed.json()
        assert (document["reason"], document["next_step"], document["people"]) == (
            "owner_fixed", "ask_pool_administrators", [here.admin.id],
        )  # fmt: skip
    bulk = {"act": "owner", "owner": here.admin.id, "ids": [row["id"]]}
    (told,) = (await manager.post(f"{CUSTOMERS}/bulk", bulk))["refused"]
    assert (told["code"], told["reason"]) == ("wrong_state", "owner_fixed")
    await here.keeper.put(f"/api/pools/{here.id}/people/{manager.id}", {"role": "admin"})
    assert errors(await give(manager, row["id"], here.admin.id)) == {"reason": "required"}
    assert (await give(manager, row["id"], here.admin.id, reason="调整")).status_code == 200
    pooled = await enter_in(here.admin, here.id)
    assert (await give(here.admin, pooled["id"], here.member.id)).status_code == 200, (
        "out of the pool as ever"
    )


async def test_who_reads_it_is_the_same_from_both_sides(shared: House) -> None:
    here = await sea(shared)
    east = await department_id(shared, "华东/销售二部")
    await here.keeper.put(f"/api/pools/{here.id}/departments/{east}")
    row = await enter_in(here.admin, here.id)
    contact = await make_contact(here.admin, row["id"])
    people = [await enter(shared, str(number)) for number in range(1001, 1027)]
    for path, kind, record in ((CUSTOMERS, "customer", row["id"]), (CONTACTS, "contact", contact["id"])):

        def reading(conn: Any, kind: str = kind, record: int = record) -> set[int]:
            readers = Readers(conn, KINDS, KINDS[kind], record).reading()
            return set(conn.execute(select(Person.id).where(readers)).scalars())

        told = await shared.company.read(reading)
        found = {one.id for one in people if (await one.http.get(f"{path}/{record}")).is_success}
        assert found == told & {one.id for one in people}
        assert here.member.id in found
        assert here.outsider.id in found
    await here.keeper.delete(f"/api/pools/{here.id}/departments/{east}")


async def test_a_card_out_of_a_pool_asks_before_it_is_sent_and_its_administrator_may_grant(
    shared: House,
) -> None:
    here = await sea(shared)
    row = await enter_in(here.admin, here.id)
    talk = await group_of(here.admin, here.outsider.id)
    card = {"kind": "customer", "id": row["id"]}
    said_with_card = {"client_id": fresh(), "text": "看看这家", "cards": [card]}
    asked = await here.admin.try_post(f"/api/conversations/{talk}/messages", said_with_card)
    assert said(asked) == "409 recipients_lack_access"
    (about,) = asked.json()["cards"]
    assert (about["id"], about["blind"], about["may_grant"]) == (row["id"], 1, True)
    await here.admin.put(f"{CUSTOMERS}/{row['id']}/shares", {"days": 7, "conversation": talk})
    assert (await here.admin.try_post(f"/api/conversations/{talk}/messages", said_with_card)).is_success
    shown = await row_of(here.outsider, row["id"])
    assert shown["may"] == []


async def test_who_asks_for_what_lies_in_a_pool_asks_its_administrator(shared: House) -> None:
    here = await sea(shared)
    row = await enter_in(here.admin, here.id)
    card = {"kind": "customer", "id": row["id"]}
    post = {"kind": "share", "text": "看看", "audience": {"people": [here.outsider.id]}, "cards": [card]}
    await here.admin.post("/api/posts", post)
    question = await here.outsider.put(f"{CUSTOMERS}/{row['id']}/access-request")
    answer = {"choice": "day", "reason": ""}
    await here.admin.put(f"/api/access-requests/{question['id']}/decision", answer)
    assert (await row_of(here.outsider, row["id"]))["id"] == row["id"]


async def test_pools_are_kept_by_who_may_and_one_that_holds_something_stays(shared: House) -> None:
    here = await sea(shared)
    named = next(one for one in (await here.keeper.get("/api/pools"))["items"] if one["id"] == here.id)
    assert (named["role"], len(named["people"]), named["holds"]) == (None, 2, 0)
    assert here.id not in [one["id"] for one in (await here.outsider.get("/api/pools"))["items"]]
    again = await here.keeper.try_post("/api/pools", {"kind": "customer", "name": named["name"]})
    assert said(again) == "409 duplicate"
    wrong = await here.keeper.try_post("/api/pools", {"kind": "contact", "name": "联系人公海"})
    assert errors(wrong) == {"kind": "choice"}
    assert said(await here.admin.try_post("/api/pools", {"kind": "customer", "name": "x"})) == "403 forbidden"
    row = await enter_in(here.admin, here.id)
    retiring = {"version": named["version"], "retired": True}
    full = await here.keeper.http.patch(f"/api/pools/{here.id}", json=retiring)
    assert (said(full), full.json()["reason"], full.json()["count"]) == ("409 wrong_state", "not_empty", 1)
    await give(here.admin, row["id"], here.member.id)
    done = await here.keeper.http.patch(f"/api/pools/{here.id}", json=retiring)
    assert done.json()["item"]["retired"]
    assert await refused(here.admin, owner=None, pool=here.id) == {"pool": "not_found"}
    stale = await here.keeper.http.patch(f"/api/pools/{here.id}", json=retiring)
    assert said(stale) == "409 stale_version"


async def test_what_lies_in_the_bin_of_a_pool_holds_it_until_it_is_somebodys_or_gone(shared: House) -> None:
    here = await sea(shared)
    row = await enter_in(here.admin, here.id)
    path = f"{CUSTOMERS}/{row['id']}"
    assert (await here.admin.http.put(f"{path}/void", json={"reason": "重复"})).status_code == 200
    version = await _version(here)
    full = await here.keeper.http.patch(f"/api/pools/{here.id}", json={"version": version, "retired": True})
    assert (said(full), full.json()["reason"], full.json()["count"]) == ("409 wrong_state", "not_empty", 1)
    assert (await here.admin.http.put(f"{path}/restoration")).status_code == 200
    assert (await row_of(here.admin, row["id"]))["pool"] == here.id


async def test_the_rules_of_a_retired_pool_have_ended(shared: House) -> None:
    here = await sea(shared, may_change_owner=False)
    row = await enter_in(here.admin, here.id)
    assert (await give(here.admin, row["id"], here.member.id)).status_code == 200
    fixed = await give(here.member, row["id"], here.admin.id)
    assert fixed.json()["reason"] == "owner_fixed"
    retiring = {"version": await _version(here), "retired": True}
    assert (await here.keeper.http.patch(f"/api/pools/{here.id}", json=retiring)).status_code == 200
    assert (await give(here.member, row["id"], here.admin.id)).status_code == 200


async def test_entering_in_a_pool_beside_its_retiring_leaves_one_of_two_orders(shared: House) -> None:
    for _ in range(3):
        here = await sea(shared)
        version = await _version(here)
        body = {"fields": {"name": f"同时 {next(_numbers)}"}, "owner": None, "pool": here.id}
        entered, retired = await asyncio.gather(
            here.admin.try_post(CUSTOMERS, body),
            here.keeper.http.patch(f"/api/pools/{here.id}", json={"version": version, "retired": True}),
        )
        assert entered.is_success != retired.is_success


async def test_who_leaves_is_in_no_pool_any_more(house: House) -> None:
    keeper = await enter(house, ADMINISTRATOR)
    leaver = await make_person(house, "7701", "employee", "sales_rep")
    pool = await new_pool(keeper)
    await keeper.put(f"/api/pools/{pool}/people/{leaver}", {"role": "admin"})
    there = await enter_as(house, leaver)
    row = await enter_in(there, pool)
    assert (await leave(keeper, leaver)).status_code == 200
    (shown,) = (await keeper.get("/api/pools"))["items"]
    assert (shown["people"], shown["holds"]) == ([], 1)
    refused = await keeper.http.put(f"/api/pools/{pool}/people/{leaver}", json={"role": "admin"})
    assert said(refused) == MISSING
    boss = await enter(house, BOSS)
    assert errors(await give(boss, row["id"], leaver)) == {"owner": "not_found"}
