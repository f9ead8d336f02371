"""Two at once: other fields stay, of the same field one is told, and no act is half done (W25)."""

import asyncio

from tests.crm_objects.desk import CUSTOMERS, change, make, row_of, said, try_change
from tests.house import House
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
