"""How contacts stand to each other (CONT-06), and customers below customers (W41): rights, races, honest stubs."""

import asyncio
from typing import Any

from tests.crm_objects.desk import CONTACTS, CUSTOMERS, change, errors, make, make_contact, said, try_change
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter

CANARY = "绝密联系人金丝雀"


async def relate(client: Client, one: int, to: int, sort: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = await client.post(f"{CONTACTS}/{one}/relations", {"to": to, "sort": sort, **more})
    return made


def edges(found: dict[str, Any]) -> set[tuple[int, int, str]]:
    return {(one["from"], one["to"], one["sort"]) for one in found["edges"]}


async def test_relations_are_seen_from_both_ends_and_from_the_customer(shared: House) -> None:
    seller = await enter(shared, SELLER)
    customer = await make(seller)
    boss, clerk, other = [(await make_contact(seller, customer["id"]))["id"] for _ in range(3)]
    made = await relate(seller, clerk, boss, "reports_to")
    assert (made["from"], made["to"]) == (clerk, boss)
    turned = await relate(seller, clerk, other, "influences", turned=True)
    assert (turned["from"], turned["to"]) == (other, clerk)
    both = await relate(seller, other, boss, "knows")
    assert (both["from"], both["to"]) == (min(other, boss), max(other, boss))
    all_of_them = {
        (clerk, boss, "reports_to"),
        (other, clerk, "influences"),
        (both["from"], both["to"], "knows"),
    }
    for path in (f"{CONTACTS}/{clerk}", f"{CONTACTS}/{boss}", f"{CUSTOMERS}/{customer['id']}"):
        found = await seller.get(f"{path}/relations")
        assert found["kind"] == "contact"
        assert edges(found) == all_of_them, path
        assert {row["id"] for row in found["rows"]} == {boss, clerk, other}
    refusals = {
        "422 invalid": [(boss, {"to": boss, "sort": "knows"}), (boss, {"to": clerk, "sort": "loves"}),
                        (boss, {"to": 10**9, "sort": "knows"})],
        "409 duplicate": [(boss, {"to": other, "sort": "knows"}), (boss, {"to": clerk, "sort": "reports_to", "turned": True})],
    }  # fmt: skip
    for answer, tries in refusals.items():
        for one, body in tries:
            assert said(await seller.try_post(f"{CONTACTS}/{one}/relations", body)) == answer, body
    acts = [one["act"] for one in (await seller.get(f"{CONTACTS}/{boss}/history"))["items"]]
    assert acts == ["related", "related", "created"]
    await seller.delete(f"{CONTACTS}/{boss}/relations/{made['id']}")
    assert said(await seller.http.delete(f"{CONTACTS}/{boss}/relations/{made['id']}")) == "404 not_found"
    seen = edges(await seller.get(f"{CUSTOMERS}/{customer['id']}/relations"))
    assert seen == all_of_them - {(clerk, boss, "reports_to")}
    customer_wide = await seller.try_post(
        f"{CUSTOMERS}/{customer['id']}/relations", {"to": boss, "sort": "knows"}
    )
    assert errors(customer_wide) == {"sort": "choice"}


async def test_of_an_end_that_one_may_not_read_only_that_it_is_there(shared: House) -> None:
    manager, seller, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    mine, theirs = await make(seller), await make(second)
    one = (await make_contact(seller, mine["id"]))["id"]
    hidden = (await make_contact(second, theirs["id"], name=CANARY))["id"]
    far = (await make_contact(second, theirs["id"], name=CANARY))["id"]
    made = await relate(manager, one, hidden, "knows")
    await relate(manager, hidden, far, "knows")
    for path in (f"{CONTACTS}/{one}", f"{CUSTOMERS}/{mine['id']}"):
        reply = await seller.http.get(f"{path}/relations")
        assert CANARY not in reply.text
        found = reply.json()
        assert [row["id"] for row in found["rows"]] == [one]
        assert edges(found) == {(min(one, hidden), max(one, hidden), "knows")}, "nothing beyond the stub"
        assert CANARY not in (await seller.http.get(f"{path}/history")).text
    unseen = await seller.try_post(f"{CONTACTS}/{one}/relations", {"to": far, "sort": "knows"})
    assert errors(unseen) == {"to": "not_found"}
    assert (
        said(await (await enter(shared, OUTSIDER)).http.get(f"{CONTACTS}/{one}/relations")) == "404 not_found"
    )
    # Who writes one end may part it, without reading the other.
    await seller.delete(f"{CONTACTS}/{one}/relations/{made['id']}")
    assert edges(await manager.get(f"{CONTACTS}/{hidden}/relations")) == {
        (min(hidden, far), max(hidden, far), "knows")
    }


async def test_one_relation_is_made_once_by_two_at_the_same_moment(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    customer = await make(seller)
    one, two = [(await make_contact(seller, customer["id"]))["id"] for _ in range(2)]
    replies = await asyncio.gather(
        seller.try_post(f"{CONTACTS}/{one}/relations", {"to": two, "sort": "knows"}),
        manager.try_post(f"{CONTACTS}/{two}/relations", {"to": one, "sort": "knows"}),
    )
    assert sorted(said(reply) for reply in replies) == ["201", "409 duplicate"]


async def test_a_customer_never_hangs_below_itself_even_when_two_hang_each_other(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    top = await make(seller)
    middle = await make(seller, parent=top["id"])
    low = await make(seller, parent=middle["id"])
    assert errors(await try_change(seller, top["id"], 1, parent=top["id"])) == {
        "fields.parent": "record_cycle"
    }
    assert errors(await try_change(seller, top["id"], 1, parent=low["id"])) == {
        "fields.parent": "record_cycle"
    }
    for _ in range(3):
        one, two = await make(seller), await make(seller)
        replies = await asyncio.gather(
            try_change(seller, one["id"], 1, parent=two["id"]),
            try_change(manager, two["id"], 1, parent=one["id"]),
        )
        assert sorted(said(reply) for reply in replies) == ["200", "422 invalid"]


async def test_a_family_is_counted_together_and_gives_no_rights(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    manager = await enter(shared, MANAGER)
    top = await make(seller, "集团总部")
    mine = await make(seller, "集团北京", parent=top["id"])
    grandchild = await make(seller, "集团北京一部", parent=mine["id"])
    theirs = await make(second, CANARY)
    await change(manager, theirs["id"], 1, parent=top["id"])
    for row, client in ((top, seller), (grandchild, seller), (theirs, second)):
        await make_contact(client, row["id"])
        await client.post(f"{CUSTOMERS}/{row['id']}/followups", {"sort": "visit", "text": "见过面"})
    seen = await seller.http.get(f"{CUSTOMERS}/{top['id']}/family")
    assert CANARY not in seen.text, "rights do not flow down"
    found = seen.json()
    assert [(one["id"], one["parent"], one["depth"]) for one in found["below"]] == [
        (mine["id"], top["id"], 1), (grandchild["id"], mine["id"], 2),
    ]  # fmt: skip
    assert [(one["kind"], one["count"]) for one in found["counts"]] == [("contact", 2), ("expense", 0)]
    assert (found["followups"], found["is_whole"], found["above"]) == (2, True, [])
    whole = await manager.get(f"{CUSTOMERS}/{top['id']}/family")
    assert (len(whole["below"]), whole["counts"][0]["count"], whole["followups"]) == (3, 3, 3)
    above = (await seller.get(f"{CUSTOMERS}/{grandchild['id']}/family"))["above"]
    assert [one["title"] for one in above] == ["集团总部", "集团北京"]
    stub = (await second.get(f"{CUSTOMERS}/{theirs['id']}/family"))["above"]
    assert stub == [{"id": top["id"], "title": None}]
