"""A record from its first word to its end: made with a name, changed, followed up, handed on, voided, restored, deleted."""

from tests.crm_objects.desk import (
    CONTACTS,
    CUSTOMERS,
    change,
    errors,
    make,
    make_contact,
    row_of,
    said,
    try_change,
)
from tests.house import House
from tests.server.api.people import BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter


async def test_a_name_suffices_and_who_enters_it_owns_it(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    row = await make(seller, "上海远帆科技有限公司")
    assert (row["title"], row["owner"], row["version"], row["voided"]) == (
        "上海远帆科技有限公司",
        seller.id,
        1,
        False,
    )
    assert row["number"] == f"K-{row['id']:06d}"
    assert row["may"] == ["write", "state", "followup", "owner", "team", "share", "lock", "merge", "void"]
    assert row["fields"]["level"] is None
    assert row["fields"]["name"] == row["title"]
    given = await make(seller, owner=second.id)
    assert given["owner"] == second.id
    assert given["created_by"] == seller.id
    shown = await seller.get(f"{CUSTOMERS}/{row['id']}")
    assert [one["id"] for one in shown["also"] if one["kind"] == "person"] == [seller.id]


async def test_every_wrong_field_is_named_at_once_and_nothing_is_made(shared: House) -> None:
    seller = await enter(shared, SELLER)
    before = (await seller.get(CUSTOMERS, limit=1))["total"]
    wrong = {
        "level": "very", "phone": "no", "email": "a@b", "website": "not a site", "dealt_on": "2026-02-30", "credit_limit": "1.23456",
        "parent": 10**9, "owner": 3, "nothing": 1, "x" * 500: 1, "address": {"planet": "earth"}, "note": 7,
    }  # fmt: skip
    reply = await seller.try_post(CUSTOMERS, {"fields": wrong})
    assert said(reply) == "422 invalid"
    assert errors(reply) == {
        "fields.name": "required", "fields.level": "choice", "fields.phone": "phone", "fields.email": "email",
        "fields.website": "url", "fields.dealt_on": "date", "fields.credit_limit": "range", "fields.parent": "not_found",
        "fields.owner": "readonly", "fields.nothing": "unknown", f"fields.{'x' * 60}": "unknown", "fields.address": "type",
        "fields.note": "type",
    }  # fmt: skip
    gone = await seller.try_post(CUSTOMERS, {"fields": {"name": "x"}, "owner": 10**9})
    assert errors(gone) == {"owner": "not_found"}
    assert (await seller.get(CUSTOMERS, limit=1))["total"] == before
    row = await make(seller)
    emptied = await try_change(seller, row["id"], 1, name="  ")
    assert errors(emptied) == {"fields.name": "required"}


async def test_values_come_back_in_one_form_however_they_were_written(shared: House) -> None:
    seller = await enter(shared, SELLER)
    address = {"province": "上海市", "city": "上海市", "street": "张江路 1 号"}
    row = await make(
        seller,
        phone=" 138-0000 1234 ",
        email="Info@Example.COM",
        website="example.com/a",
        credit_limit="2185.5",
        dealt_on="2026-06-01",
        address=address,
        note=" 两行\r\n话 ",
        level="",
    )
    fields = row["fields"]
    assert fields["phone"] == "+8613800001234"
    assert fields["email"] == "info@example.com"
    assert fields["website"] == "https://example.com/a"
    assert fields["credit_limit"] == "2185.50"
    assert fields["dealt_on"] == "2026-06-01"
    assert fields["note"] == "两行\n话"
    assert fields["level"] is None
    assert fields["address"] == {"country": "", "district": "", "postcode": "", **address}
    contact = await make_contact(seller, row["id"], is_decision_maker=True)
    assert contact["fields"]["customer"] == {"kind": "customer", "id": row["id"], "title": row["title"]}
    assert contact["fields"]["is_decision_maker"] is True


async def test_what_was_done_is_told_newest_first_with_from_and_to(shared: House) -> None:
    seller, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(seller, level="low")
    await change(manager, row["id"], 1, level="key", source="website")
    await seller.post(f"{CUSTOMERS}/{row['id']}/followups", {"sort": "visit", "text": "上门拜访"})
    told = (await seller.get(f"{CUSTOMERS}/{row['id']}/history"))["items"]
    assert [(one["act"], one["actor"]) for one in told] == [
        ("followed_up", seller.id),
        ("changed", manager.id),
        ("created", seller.id),
    ]
    assert told[1]["changes"] == [
        {"field": "level", "from": "low", "to": "key"},
        {"field": "source", "from": None, "to": "website"},
    ]
    pages = [await seller.get(f"{CUSTOMERS}/{row['id']}/history", limit=2)]
    pages.append(await seller.get(f"{CUSTOMERS}/{row['id']}/history", limit=2, cursor=pages[0]["next"]))
    assert [one["id"] for page in pages for one in page["items"]] == [one["id"] for one in told]
    assert pages[1]["next"] is None


async def test_a_follow_up_moves_the_clock_of_owner_and_writing_team_alone(shared: House) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    row = await make(seller)
    path = f"{CUSTOMERS}/{row['id']}"
    assert errors(await seller.try_post(f"{path}/followups", {"sort": "call", "text": " 好 "})) == {
        "text": "too_short"
    }
    await manager.post(f"{path}/followups", {"sort": "call", "text": "经理打过电话"})
    assert (await row_of(seller, row["id"]))["last_followed_at"] is None
    await seller.put(f"{path}/team/{second.id}", {"role": "co_follower", "access": "write"})
    made = await second.post(f"{path}/followups", {"sort": "visit", "text": "上门拜访"})
    assert (await row_of(seller, row["id"]))["last_followed_at"] == made["at"]
    listed = (await seller.get(f"{path}/followups"))["items"]
    assert [(one["actor"], one["sort"], one["text"]) for one in listed] == [
        (second.id, "visit", "上门拜访"),
        (manager.id, "call", "经理打过电话"),
    ]


async def test_the_owner_changes_by_its_act_alone_and_the_contacts_go_along(shared: House) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    row = await make(seller)
    contact = await make_contact(seller, row["id"])
    path = f"{CUSTOMERS}/{row['id']}"
    assert said(await second.http.put(f"{path}/owner", json={"owner": second.id})) == "404 not_found"
    told = await manager.put(f"{path}/owner", {"owner": second.id, "reason": "调岗", "keep": "read"})
    assert (told["item"]["owner"], told["item"]["version"]) == (second.id, 2)
    assert (await row_of(second, contact["id"], CONTACTS))["owner"] == second.id
    newest = (await second.get(f"{path}/history", limit=2))["items"]
    assert [one["act"] for one in newest] == ["team_changed", "owner_changed"]
    assert newest[1]["changes"] == [{"field": "owner", "from": seller.id, "to": second.id}]
    assert newest[1]["reason"] == "调岗"
    team = (await second.get(f"{path}/team"))["items"]
    assert [(one["person"], one["role"], one["access"]) for one in team] == [
        (second.id, "owner", "write"),
        (seller.id, "co_follower", "read"),
    ]
    # Giving one's own away, to nobody's eyes but the other's: the answer shows nothing any more.
    mine = await make(second)
    outsider = await enter(shared, OUTSIDER)
    answer = await second.put(f"{CUSTOMERS}/{mine['id']}/owner", {"owner": outsider.id})
    assert answer["item"]["owner"] == outsider.id, "who made it still reads it"
    assert errors(await manager.http.put(f"{path}/owner", json={"owner": 10**9})) == {"owner": "not_found"}


async def test_void_restore_and_delete_in_this_order_only(shared: House) -> None:
    seller, boss = await enter(shared, SELLER), await enter(shared, BOSS)
    row = await make(seller)
    contact = await make_contact(seller, row["id"])
    path = f"{CUSTOMERS}/{row['id']}"
    assert said(await boss.http.delete(path)) == "409 wrong_state"
    for _ in range(2):
        voided = (await seller.put(f"{path}/void", {"reason": "重复"}))["item"]
        assert voided["voided"]
        assert voided["version"] == 2
        assert voided["may"] == ["restore"]
    assert said(await try_change(seller, row["id"], 2, level="key")) == "409 wrong_state"
    assert said(await seller.http.put(f"{path}/owner", json={"owner": boss.id})) == "409 wrong_state"
    assert row["id"] not in [one["id"] for one in (await seller.get(CUSTOMERS, limit=100))["items"]]
    assert row["id"] in [one["id"] for one in (await seller.get(CUSTOMERS, view="bin"))["items"]]
    for _ in range(2):
        assert not (await seller.put(f"{path}/restoration"))["item"]["voided"]
    await seller.put(f"{path}/void", {"reason": ""})
    assert said(await seller.http.delete(path)) == "403 forbidden"
    linked = await boss.http.delete(path)
    assert (said(linked), linked.json()["reason"]) == ("409 wrong_state", "still_linked")
    await seller.put(f"{CONTACTS}/{contact['id']}/void", {"reason": ""})
    await boss.delete(f"{CONTACTS}/{contact['id']}")
    await boss.delete(path)
    assert said(await boss.http.get(path)) == "404 not_found"
    assert said(await boss.http.delete(path)) == "404 not_found"
    assert (await make(seller))["id"] > row["id"], "an id is never given twice"


async def test_a_credit_code_belongs_to_one_customer_in_the_company(shared: House) -> None:
    seller, outsider = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    code = "91310000MA1FL0000X"
    await make(seller, credit_code=code)
    again = await outsider.try_post(CUSTOMERS, {"fields": {"name": "另一家", "credit_code": code}})
    assert (said(again), errors(again)) == ("409 duplicate", {"fields.credit_code": "duplicate"})
    row = await make(outsider)
    assert said(await try_change(outsider, row["id"], 1, credit_code=code)) == "409 duplicate"


async def test_what_belongs_to_a_customer_stands_beside_it(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller)
    daughter = await make(seller, parent=row["id"])
    people = [await make_contact(seller, row["id"]) for _ in range(6)]
    shown = (await seller.get(f"{CUSTOMERS}/{row['id']}/related"))["items"]
    by_field = {(one["kind"], one["field"]): one for one in shown}
    daughters, contacts = by_field["customer", "parent"], by_field["contact", "customer"]
    assert [one["id"] for one in daughters["rows"]] == [daughter["id"]]
    assert contacts["total"] == {"count": 6, "is_exact": True}
    assert [one["id"] for one in contacts["rows"]] == [one["id"] for one in people[:0:-1]]


async def test_the_same_key_makes_one_customer(shared: House) -> None:
    seller = await enter(shared, SELLER)
    body = {"fields": {"name": "只建一次"}}
    first, second = [await seller.post(CUSTOMERS, body, key="once") for _ in range(2)]
    assert first["item"] == second["item"]
    assert len((await seller.get(CUSTOMERS, q="只建一次"))["items"]) == 1


async def test_the_declarations_tell_a_client_all_it_draws(shared: House) -> None:
    seller = await enter(shared, SELLER)
    kinds = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}
    assert list(kinds) == ["customer", "contact", "expense"]
    for kind in kinds.values():
        fields = {one["name"]: one for one in kind["fields"]}
        for one in fields.values():
            assert set(one["words"]) == {"zh-Hans", "en"}, one["name"]
            assert all(one["words"].values()), one["name"]
        inside = [name for section in kind["sections"] for name in section["fields"]]
        assert len(inside) == len(set(inside))
        assert {name for name, one in fields.items() if not one["system"]} <= set(inside)
        named = {*inside, *kind["quick"], *kind["columns"], *kind["filters"], *kind["shown"], kind["title"]}
        assert named <= set(fields)
        assert all(fields[name]["can_filter"] for name in kind["filters"])
        assert fields[kind["sort"].removeprefix("-")]["can_sort"]
        assert kind["may"] == ["create"]
    assert [one["code"] for one in kinds["customer"]["views"]] == ["all", "mine", "team", "starred", "bin"]
    manager = await enter(shared, MANAGER)
    views = (await manager.get("/api/record-kinds"))["items"][0]["views"]
    assert "below" in [one["code"] for one in views]
