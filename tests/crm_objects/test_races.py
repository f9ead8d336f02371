"""Two at once: other fields stay, of the same field one is told, and no act is half done (W25)."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import httpx2

from tests.crm_objects.desk import CONTACTS, CUSTOMERS, change, listed, make, row_of, said, try_change
from tests.house import Client, House
from tests.server.api.people import MANAGER, SECOND_SELLER, SELLER, enter


async def test_two_who_save_different_fields_both_hold(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(seller)
    one, other = await asyncio.gather(
        change(seller, row["id"], 1, level="key"), change(manager, row["id"], 1, source="website")
    )
    now = await row_of(seller, row["id"])
    assert (now["fields"]["level"], now["fields"]["source"], now["version"]) == ("key", "website", 3)
    assert sorted(one["merged"] + other["merged"]) in (["level"], ["source"]), "the second hears of the first"


async def test_of_two_who_save_the_same_field_one_is_told_with_both_values(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(seller)
    replies = await asyncio.gather(
        try_change(seller, row["id"], 1, level="key", source="phone"),
        try_change(manager, row["id"], 1, level="low", industry="food"),
    )
    refused = next(reply for reply in replies if not reply.is_success)
    won = next(reply for reply in replies if reply.is_success).json()["item"]["fields"]
    document = refused.json()
    assert (said(refused), document["version"]) == ("409 stale_version", 2)
    yours = "low" if won["level"] == "key" else "key"
    assert document["errors"] == [
        {
            "field": "fields.level",
            "code": "stale_version",
            "detail": document["errors"][0]["detail"],
            "params": {"yours": yours, "now": won["level"]},
        }
    ]
    now = (await row_of(seller, row["id"]))["fields"]
    assert now["level"] == won["level"]
    assert [now["source"], now["industry"]] == [won["source"], won["industry"]], (
        "nothing of the refused is kept"
    )
    # With what is there now, or the same value, it passes.
    assert (await change(manager, row["id"], 1, level=won["level"]))["item"]["version"] == 2
    assert (await change(manager, row["id"], 2, level=yours))["item"]["fields"]["level"] == yours


async def test_voiding_and_editing_at_once_leave_one_of_two_orders(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    for _ in range(3):
        row = await make(seller)
        path = f"{CUSTOMERS}/{row['id']}"
        edited, voided = await asyncio.gather(
            try_change(manager, row["id"], 1, level="key"),
            seller.http.put(f"{path}/void", json={"reason": ""}),
        )
        assert voided.is_success
        assert said(edited) in ("200", "409 wrong_state")
        now = await row_of(seller, row["id"])
        assert now["voided"]
        assert (now["fields"]["level"] == "key") == edited.is_success
        acts = [one["act"] for one in (await seller.get(f"{path}/history"))["items"]]
        assert acts == (["voided", "changed", "created"] if edited.is_success else ["voided", "created"])


async def test_a_change_of_owner_beside_a_follow_up_loses_neither(shared: House) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    row = await make(seller)
    path = f"{CUSTOMERS}/{row['id']}"
    moved, noted = await asyncio.gather(
        manager.http.put(f"{path}/owner", json={"owner": second.id, "keep": "write"}),
        seller.try_post(f"{path}/followups", {"sort": "call", "text": "打过电话"}),
    )
    assert moved.is_success
    assert noted.is_success
    now = await row_of(second, row["id"])
    assert now["owner"] == second.id
    assert now["last_followed_at"] == noted.json()["at"]
    assert now["version"] == 3


async def test_one_credit_code_is_won_by_one_of_two(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    body = {"fields": {"name": "同一家", "credit_code": "91440300MA5TWICE00"}}
    replies = await asyncio.gather(seller.try_post(CUSTOMERS, body), manager.try_post(CUSTOMERS, body))
    assert sorted(said(one) for one in replies) == ["201", "409 duplicate"]


def _merging(client: Client, survivor: dict[str, Any], other: dict[str, Any]) -> Awaitable[httpx2.Response]:
    versions = {"version": survivor["version"], "other_version": other["version"]}
    path = f"{CUSTOMERS}/{survivor['id']}/merge"
    return client.http.put(path, json={"other": other["id"], **versions})


async def test_an_edit_beside_a_merge_is_in_it_or_is_told(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    for edited in (0, 1):
        for _ in range(2):
            pair = [await make(seller) for _ in range(2)]
            merged, saved = await asyncio.gather(
                _merging(manager, *pair), try_change(seller, pair[edited]["id"], 1, level="key")
            )
            now = await row_of(seller, pair[0]["id"])
            if merged.is_success:
                assert said(saved) in ("200", "409 wrong_state")
                assert saved.is_success == (now["fields"]["level"] == "key"), (
                    "the survivor's own, saved after it"
                )
                assert not (saved.is_success and edited == 1), "the other is not changed any more"
            else:
                assert (said(merged), said(saved)) == ("409 stale_version", "200")
                assert (await row_of(seller, pair[edited]["id"]))["fields"]["level"] == "key"


async def test_of_two_merges_that_cross_one_happens(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    for _ in range(3):
        one, other = await make(seller), await make(seller)
        replies = await asyncio.gather(_merging(seller, one, other), _merging(manager, other, one))
        assert sorted(said(reply) for reply in replies) == ["200", "409 wrong_state"]
        shown = {(await row_of(seller, row["id"]))["id"] for row in (one, other)}
        assert len(shown) == 1


async def test_a_merge_beside_voiding_a_follow_up_a_share_or_a_new_contact_loses_nothing(
    shared: House,
) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    for act in ("void", "followups", "shares", "contact"):
        one, other = await make(seller), await make(seller)
        path = f"{CUSTOMERS}/{other['id']}"
        asked: Awaitable[httpx2.Response]
        match act:
            case "void":
                asked = seller.http.put(f"{path}/void", json={"reason": ""})
            case "followups":
                asked = seller.try_post(f"{path}/followups", {"sort": "call", "text": "打过电话"})
            case "shares":
                asked = seller.http.put(f"{path}/shares", json={"days": 7, "people": [second.id]})
            case _:
                asked = seller.try_post(CONTACTS, {"fields": {"name": "钱多多", "customer": other["id"]}})
        merged, done = await asyncio.gather(_merging(manager, one, other), asked)
        assert merged.is_success or said(merged) in ("409 stale_version", "409 wrong_state"), merged.text
        assert done.is_success or said(done) in ("409 wrong_state", "422 invalid"), done.text
        assert merged.is_success or done.is_success
        lies_at = one["id"] if merged.is_success else other["id"]
        if act == "void":
            assert merged.is_success != done.is_success
        elif done.is_success and act == "contact":
            where = {"filter": [["customer", "in", [lies_at]]]}
            assert len((await listed(seller, CONTACTS, **where))["items"]) == 1
        elif done.is_success:
            assert len((await seller.get(f"{CUSTOMERS}/{lies_at}/{act}"))["items"]) == 1
