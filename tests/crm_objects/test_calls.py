"""Dialling by one tap is logged, answered calls are follow-ups (W13, W7); who is calling is found within rights, counted and audited."""

import asyncio

import pytest

from crm_objects.calls import callers
from tests.crm_objects.desk import CONTACTS, CUSTOMERS, errors, make, make_contact, row_of, said
from tests.house import House
from tests.server.api.people import ADMINISTRATOR, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter, everything


async def test_a_call_is_logged_and_an_answered_one_moves_the_clock(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller, phone="13800001234")
    path = f"{CUSTOMERS}/{row['id']}"
    call = await seller.post(f"{path}/calls", {"field": "phone"})
    assert (call["actor"], call["field"], call["connected"]) == (seller.id, "phone", None)
    assert (await row_of(seller, row["id"]))["last_followed_at"] is None
    replies = await asyncio.gather(
        *(
            seller.http.put(f"{path}/calls/{call['id']}", json={"connected": True, "text": "电话已接通"})
            for _ in range(3)
        )
    )
    assert [said(reply) for reply in replies] == ["200"] * 3
    noted = (await seller.get(f"{path}/followups"))["items"]
    assert [(one["sort"], one["text"]) for one in noted] == [("call", "电话已接通")], "once"
    assert (await row_of(seller, row["id"]))["last_followed_at"] == noted[0]["at"]
    turned = await seller.http.put(f"{path}/calls/{call['id']}", json={"connected": False})
    assert (said(turned), turned.json()["reason"]) == ("409 wrong_state", "call_settled")
    missed = await seller.post(f"{path}/calls", {"field": "phone"})
    await seller.put(f"{path}/calls/{missed['id']}", {"connected": False})
    assert len((await seller.get(f"{path}/followups"))["items"]) == 1
    history = (await seller.get(f"{path}/history"))["items"]
    assert [one["act"] for one in history] == ["called", "followed_up", "called", "created"]
    assert history[0]["changes"] == [{"field": "phone", "from": None, "to": None}]


async def test_only_a_number_that_one_sees_is_dialled(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(seller, phone="13800001234")
    path = f"{CUSTOMERS}/{row['id']}"
    assert said(await manager.try_post(f"{path}/calls", {"field": "phone"})) == "403 forbidden"
    await manager.put(f"{path}/reveal", {"field": "phone", "reason": "call"})
    call = await manager.post(f"{path}/calls", {"field": "phone"})
    assert said(
        await seller.http.put(f"{path}/calls/{call['id']}", json={"connected": True, "text": "喂喂"})
    ) == ("404 not_found"), "how somebody else's call went"
    for field in ("name", "email", "nothing"):
        assert errors(await seller.try_post(f"{path}/calls", {"field": field})) == {"field": "choice"}
    unreadable = await (await enter(shared, OUTSIDER)).try_post(f"{path}/calls", {"field": "phone"})
    assert said(unreadable) == "404 not_found"
    await seller.put(f"{path}/void", {"reason": ""})
    assert said(await seller.try_post(f"{path}/calls", {"field": "phone"})) == "409 wrong_state"


async def test_who_is_calling_is_found_within_rights_and_leaves_a_trace(shared: House) -> None:
    seller, second, outsider = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, OUTSIDER)]
    row = await make(seller, phone="0512-66668888")
    contact = await make_contact(seller, row["id"], mobile="13911112222")
    admin = await enter(shared, ADMINISTRATOR)
    added = await admin.post(
        "/api/record-fields",
        {"kind": "customer", "type": "phone", "words": {"en": "Fax"}, "class": "contact"},
    )
    other = await make(seller, **{added["name"]: "13700003333"})

    async def found(phone: str) -> list[tuple[str, int]]:
        items = (await seller.put("/api/record-callers", {"phone": phone}))["items"]
        return [(one["field"], one["row"]["id"]) for one in items]

    assert await found("139 1111 2222") == [("mobile", contact["id"])]
    assert await found("+8613911112222") == [("mobile", contact["id"])]
    assert await found("051266668888") == [("phone", row["id"])]
    assert await found("+86 512 6666 8888") == [("phone", row["id"])]
    assert await found("13700003333") == [(added["name"], other["id"])]
    assert await found("13911112223") == []
    for client in (second, outsider):
        assert (await client.put("/api/record-callers", {"phone": "13911112222"}))["items"] == []
    manager = await enter(shared, MANAGER)
    (seen,) = (await manager.put("/api/record-callers", {"phone": "13911112222"}))["items"]
    assert seen["row"]["fields"]["mobile"] == {"masked": "139****2222"}, "masked as everywhere"
    short = await seller.http.put("/api/record-callers", json={"phone": "13911"})
    assert errors(short) == {"phone": "too_short"}
    nonsense = await seller.http.put("/api/record-callers", json={"phone": "abc"})
    assert errors(nonsense) == {"phone": "phone"}
    entries = (await admin.get("/api/audit", act="record.looked_up_by_phone"))["items"]
    assert len(entries) == 9
    assert "13911112222" not in repr(await everything(shared)).replace("+8613911112222", ""), "kept nowhere"


async def test_a_person_asks_who_is_calling_so_often_a_day(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "A_DAY", 2)
    someone = await enter(shared, "1009")
    replies = await asyncio.gather(
        *(someone.http.put("/api/record-callers", json={"phone": "13800009999"}) for _ in range(5))
    )
    assert sorted(said(reply) for reply in replies) == ["200"] * 2 + ["429 rate_limited"] * 3
    row = await make(await enter(shared, SELLER))
    contacts = await someone.http.get(f"{CONTACTS}?q=x{row['id']}")
    assert contacts.is_success, "everything else goes on"
