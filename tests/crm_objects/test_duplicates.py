"""Is this there already? Hard keys refuse, soft ones ask (W15); what is told of what one may not read (W16)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from crm_objects.duplicates.forms import FORMS
from crm_objects.duplicates.models import DuplicateSetting, IdentityKey
from crm_objects.engine.allowances import RecordAllowance
from server.audit.entries import ENTRIES
from tests.crm_objects.desk import CONTACTS, CUSTOMERS, change, errors, make, make_contact, row_of, said
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter

ASK = f"{CUSTOMERS}/duplicates"
SETTING = "/api/duplicate-settings"


async def try_make(client: Client, path: str = CUSTOMERS, *answers: dict[str, Any], **fields: Any) -> Any:
    return await client.try_post(path, {"fields": fields, "duplicates": list(answers)})


def different(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "verdict": "different", "reason": "同名的两家", **more}


@pytest.fixture
async def plain(shared: House) -> House:
    """Nothing made hard, nobody's owner named, nobody's allowance used."""

    def turn(work: Any) -> None:
        work.conn.execute(update(DuplicateSetting).values(hard="[]", names_owner=False))
        work.conn.execute(delete(RecordAllowance))

    await shared.company.write(turn)
    return shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海远帆科技有限公司", "上海遠帆科技股份有限公司"),
        ("上海远帆科技（中国）有限责任公司", " 上海 远帆科技(中国) "),
        ("Ｆａｒｂｒｉｄｇｅ Co., Ltd.", "FARBRIDGE Inc"),
        ("廣東華豐電子有限公司", "广东华丰电子"),
        ("新名字；远帆老公司", "远帆老公司有限公司"),
    ],
)
def test_names_are_compared_without_what_does_not_tell_them_apart(one: str, other: str) -> None:
    assert set(FORMS["company"](one)) & set(FORMS["company"](other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("远帆（上海）有限公司", "远帆（北京）有限公司"),
        ("远帆有限公司上海分公司", "远帆有限公司"),
        ("有限公司", "股份公司"),
    ],
)
def test_names_that_are_others_stay_others(one: str, other: str) -> None:
    assert not set(FORMS["company"](one)) & set(FORMS["company"](other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("021-6888 1234", "+86 (21) 68881234", True),
        ("+8613800001234", "0086 138 0000 1234", True),
        ("+44 20 7946 0000", "0044-20-7946-0000", True),
        ("021-68881234转8001", "021-68881234 ext 8001", True),
        ("021-68881234转8001", "021-68881234", False),
        ("+1 380 000 1234", "13800001234", False),
        ("110", "110", False),
    ],
)
def test_numbers_are_compared_however_they_were_written(one: str, other: str, same: bool) -> None:
    assert bool(set(FORMS["phone"](one)) & set(FORMS["phone"](other))) == same


async def test_what_is_like_it_asks_and_is_kept_with_its_reason(plain: House) -> None:
    seller, manager, outsider = [await enter(plain, one) for one in (SELLER, MANAGER, OUTSIDER)]
    first = await make(seller, "苏州问询科技有限公司", phone="0512-6000 0001")
    asked = await try_make(seller, name="蘇州問詢科技股份有限公司", phone="+86 512 60000001")
    document = asked.json()
    assert said(asked) == "409 duplicate"
    assert errors(asked) == {"fields.name": "duplicate", "fields.phone": "duplicate"}
    told = [(one["field"], one["strength"], one["record"]["id"]) for one in document["matches"]]
    assert told == [("name", "soft", first["id"]), ("phone", "soft", first["id"])]
    one_left = await try_make(
        seller, CUSTOMERS, different("name"), name="苏州问询科技", phone="0512-60000001"
    )
    assert errors(one_left) == {"fields.phone": "duplicate"}, "each has to be answered"
    bare = await try_make(seller, CUSTOMERS, different("name", reason=" "), name="苏州问询科技")
    assert errors(bare) == {"duplicates[0].reason": "required"}
    answers = (different("name", record=first["id"]), {**different("phone"), "verdict": "same"})
    made = (await try_make(seller, CUSTOMERS, *answers, name="苏州问询科技", phone="0512-60000001")).json()[
        "item"
    ]
    history = (await seller.get(f"{CUSTOMERS}/{made['id']}/history"))["items"]
    assert sorted((one["act"], one["reason"]) for one in history) == [
        ("created", ""),
        ("kept_as_different", "同名的两家"),
        ("kept_as_same", "同名的两家"),
    ]
    for reader in (seller, manager):
        kept = (await reader.get(ASK, record=made["id"]))["items"]
        assert {(one["field"], one["verdict"], one["other"]["id"]) for one in kept} == {
            ("name", "different", first["id"]),
            ("phone", "same", first["id"]),
        }
    assert made["id"] in [one["record"]["id"] for one in (await manager.get(ASK))["items"]]
    assert (await outsider.get(ASK))["items"] == []
    assert (await outsider.http.get(ASK, params={"record": made["id"]})).status_code == 404
    # A change asks again, of what changes alone.
    await change(seller, made["id"], 1, level="key")
    again = await seller.http.patch(
        f"{CUSTOMERS}/{made['id']}", json={"version": 2, "fields": {"phone": "0512-60000002"}}
    )
    assert said(again) == "200"
    back = {"version": 3, "fields": {"phone": "0512-60000001"}}
    refused = await seller.http.patch(f"{CUSTOMERS}/{made['id']}", json=back)
    assert (said(refused), errors(refused)) == ("409 duplicate", {"fields.phone": "duplicate"})
    assert (await row_of(seller, made["id"]))["version"] == 3, "nothing was saved"
    kept = await seller.http.patch(
        f"{CUSTOMERS}/{made['id']}", json={**back, "duplicates": [different("phone")]}
    )
    assert said(kept) == "200"


async def test_of_what_one_may_not_read_only_that_it_is_there(plain: House) -> None:
    seller, outsider = await enter(plain, SELLER), await enter(plain, OUTSIDER)
    admin = await enter(plain, ADMINISTRATOR)
    row = await make(seller, "无锡隐秘实业有限公司", phone="0510-6000 0003", former_names="无锡旧名厂")
    nothing = {"field": "name", "strength": "soft", "record": None, "owner": None}
    answer = await outsider.put(ASK, {"fields": {"name": "無錫隱秘實業"}})
    assert answer == {"items": [nothing], "also": []}
    assert (await outsider.put(ASK, {"fields": {"name": "无锡旧名厂有限公司"}}))["items"] == [nothing]
    refused = await try_make(outsider, name="无锡隐秘实业")
    assert (refused.json()["matches"], refused.json()["also"]) == ([nothing], [])
    await admin.put(SETTING, {"names_owner": True, "hard": []})
    named = await outsider.put(ASK, {"fields": {"name": "无锡隐秘实业", "phone": "051060000003"}})
    assert [(one["field"], one["record"], one["owner"]) for one in named["items"]] == [
        ("name", None, seller.id),
        ("phone", None, seller.id),
    ]
    assert [(one["kind"], one["id"]) for one in named["also"]] == [("person", seller.id)]
    text = str(named)
    assert row["number"] not in text
    assert "隐秘" not in text
    # Kept in spite of it, its own keeper sees that there was something, and not what.
    made = (await try_make(outsider, CUSTOMERS, different("name"), name="无锡隐秘实业")).json()["item"]
    (kept,) = (await outsider.get(ASK, record=made["id"]))["items"]
    assert (kept["other"], kept["reason"]) == (None, "同名的两家")


async def test_a_credit_code_is_one_records_in_the_bin_too(plain: House) -> None:
    seller, outsider = await enter(plain, SELLER), await enter(plain, OUTSIDER)
    manager = await enter(plain, "1001")
    row = await make(seller, credit_code="91440300MA5HARD001")
    await seller.put(f"{CUSTOMERS}/{row['id']}/void", {"reason": ""})
    for code in ("91440300ma5hard001", "9144 0300 MA5H ARD0 01"):
        answers = [different("credit_code")]
        refused = await try_make(outsider, CUSTOMERS, *answers, name="另一家", credit_code=code)
        assert (said(refused), errors(refused)) == ("409 duplicate", {"fields.credit_code": "duplicate"})
        assert refused.json()["matches"][0]["strength"] == "hard"
        assert refused.json()["matches"][0]["record"] is None
    other = await make(outsider)
    patched = await outsider.http.patch(
        f"{CUSTOMERS}/{other['id']}", json={"version": 1, "fields": {"credit_code": "91440300MA5HARD001"}}
    )
    assert said(patched) == "409 duplicate"
    reply = await manager.http.delete(f"{CUSTOMERS}/{row['id']}")
    assert reply.status_code == 204, reply.text
    await make(outsider, credit_code="91440300MA5HARD001")


async def test_an_id_number_is_hard_and_nobody_learns_whose(plain: House) -> None:
    seller, second = await enter(plain, SELLER), await enter(plain, SECOND_SELLER)
    customer = await make(seller)
    await make_contact(seller, customer["id"], id_number="110101199001011234")
    mine = await make(second)
    refused = await try_make(
        second, CONTACTS, name="某人", customer=mine["id"], id_number="11010119900101 1234"
    )
    assert errors(refused) == {"fields.id_number": "duplicate"}
    assert [one["record"] for one in refused.json()["matches"]] == [None]
    await seller.put(f"{CUSTOMERS}/{customer['id']}/team/{second.id}", {"role": "member", "access": "read"})
    reader = await try_make(
        second, CONTACTS, name="某人", customer=mine["id"], id_number="110101199001011234"
    )
    seen = reader.json()["matches"][0]["record"]
    assert seen is None or "id_number" in seen["fields"], (
        "only who sees the field, masked, is told which it is"
    )


async def test_an_administrator_makes_phone_hard(plain: House) -> None:
    seller, admin = await enter(plain, SELLER), await enter(plain, ADMINISTRATOR)
    await make(seller, phone="0571-6000 0004")
    await make(seller, phone="0571-60000004")
    assert said(await seller.http.put(SETTING, json={"names_owner": False, "hard": []})) == "403 forbidden"
    assert errors(await admin.http.put(SETTING, json={"names_owner": False, "hard": ["customer.name"]})) == {
        "hard": "choice"
    }
    now = await admin.put(SETTING, {"names_owner": False, "hard": ["customer.phone"]})
    shown = {(one["kind"], one["key"]): one for one in now["keys"]}
    assert shown["customer", "phone"]["is_hard"]
    assert shown["customer", "phone"]["shared"] >= 1, "what is alike already stays, and is counted"
    assert not shown["contact", "phone"]["is_hard"]
    kinds = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}
    strengths = {one["name"]: one["duplicates"] for one in kinds["customer"]["fields"]}
    assert (strengths["phone"], strengths["name"], strengths["level"]) == ("hard", "soft", "")
    refused = await try_make(seller, CUSTOMERS, different("phone"), name="第三家", phone="0571-60000004")
    assert said(refused) == "409 duplicate"
    both = await asyncio.gather(
        *(try_make(seller, name=f"抢号 {at}", phone="0571-6000 0005") for at in range(2))
    )
    assert sorted(map(said, both)) == ["201", "409 duplicate"]


async def test_asking_is_limited_audited_and_says_nothing_of_the_value(plain: House) -> None:
    seller = await enter(plain, SELLER)
    row = await make(seller, "常州限次有限公司")
    assert (await seller.put(ASK, {"fields": {"name": "常州限次"}, "except": row["id"]}))["items"] == []
    outsider = await enter(plain, OUTSIDER)
    beside = await outsider.http.put(ASK, json={"fields": {"name": "常州限次"}, "except": row["id"]})
    assert said(beside) == "404 not_found", "leaving one out would tell which it is"
    assert errors(await seller.http.put(ASK, json={"fields": {"level": "key"}})) == {
        "fields.level": "unknown"
    }
    entry = select(ENTRIES).where(ENTRIES.c.act == "record.duplicate_asked").order_by(ENTRIES.c.id.desc())
    last = await plain.company.read(lambda conn: conn.execute(entry.limit(1)).one())
    assert last.actor_id == seller.id
    assert "常州" not in str(last)
    limit = plain.settings.duplicate_checks_a_day
    await _used(plain, "duplicates_asked", limit - 1)
    assert said(await seller.http.put(ASK, json={"fields": {"name": "x1"}})) == "200"
    over = await seller.http.put(ASK, json={"fields": {"name": "x1"}})
    assert said(over) == "429 rate_limited"
    assert (over.json()["limit"], over.json()["used"]) == (limit, limit)
    assert over.json()["until"]
    assert said(await outsider.http.put(ASK, json={"fields": {"name": "x1"}})) == "200", "each has their own"


async def test_a_list_of_names_counts_for_as_many_questions(plain: House) -> None:
    """Nobody looks for sixty companies by one question, nor by a record of their own."""
    seller = await enter(plain, SELLER)
    limit = plain.settings.duplicate_checks_a_day
    names = "；".join(f"打听来的一家 {at}" for at in range(9))
    await make(seller, "南通撞单有限公司")
    await seller.put(ASK, {"fields": {"name": "南通撞单"}})
    assert said(await try_make(seller, name="南通撞单")) == "409 duplicate"
    for what in ("duplicates_asked", "duplicates_told"):
        await _used(plain, what, limit - 9)
    assert said(await seller.http.put(ASK, json={"fields": {"former_names": names}})) == "429 rate_limited"
    assert said(await try_make(seller, name="打听者", former_names=names)) == "429 rate_limited"
    for what in ("duplicates_asked", "duplicates_told"):
        await _used(plain, what, limit - 10)
    assert said(await seller.http.put(ASK, json={"fields": {"former_names": names}})) == "200"
    assert said(await seller.http.put(ASK, json={"fields": {"name": "再问一家"}})) == "429 rate_limited"
    assert said(await try_make(seller, name="打听者", former_names=names)) == "201"


async def test_being_told_at_saving_is_limited_and_audited_too(plain: House) -> None:
    seller, outsider = await enter(plain, SELLER), await enter(plain, OUTSIDER)
    await make(seller, "镇江撞单有限公司")
    limit = plain.settings.duplicate_checks_a_day
    assert said(await try_make(outsider, name="镇江撞单")) == "409 duplicate"
    entry = select(ENTRIES).where(ENTRIES.c.act == "record.duplicate_told").order_by(ENTRIES.c.id.desc())
    last = await plain.company.read(lambda conn: conn.execute(entry.limit(1)).one())
    assert last.actor_id == outsider.id
    await _used(plain, "duplicates_told", limit - 1)
    replies = await asyncio.gather(*(try_make(outsider, name="镇江撞单") for _ in range(3)))
    assert sorted(map(said, replies)) == ["409 duplicate", "429 rate_limited", "429 rate_limited"]
    fresh = await try_make(outsider, name="从来没有过的一家")
    assert said(fresh) == "429 rate_limited", "whether it passes would tell as much"


async def _used(house: House, what: str, count: int) -> None:
    mine = update(RecordAllowance).where(RecordAllowance.what == what).values(count=count)
    await house.company.write(lambda work: work.conn.execute(mine))


async def test_a_switchboard_is_shared_by_colleagues_and_by_nobody_else(plain: House) -> None:
    seller = await enter(plain, SELLER)
    one, other = await make(seller), await make(seller)
    await make_contact(seller, one["id"], phone="0519-6000 0006")
    colleague = await try_make(seller, CONTACTS, name="同事", customer=one["id"], phone="0519-60000006")
    assert said(colleague) == "201"
    stranger = await try_make(seller, CONTACTS, name="外人", customer=other["id"], phone="0519-60000006")
    assert errors(stranger) == {"fields.phone": "duplicate"}
    hint = await seller.put(
        f"{CONTACTS}/duplicates", {"fields": {"customer": one["id"], "phone": "0519-60000006"}}
    )
    assert hint["items"] == []


async def test_added_fields_of_numbers_count_with_the_declared_one(plain: House) -> None:
    seller, admin = await enter(plain, SELLER), await enter(plain, ADMINISTRATOR)
    field = await admin.post(
        "/api/record-fields",
        {"kind": "customer", "type": "phone", "words": {"en": "Second"}, "class": "contact"},
    )
    await make(seller, **{field["name"]: "0513-6000 0007"})
    assert errors(await try_make(seller, name="通州一家", phone="0513-60000007")) == {
        "fields.phone": "duplicate"
    }
    await make(seller, phone="0513-6000 0008")
    refused = await try_make(seller, name="通州二家", **{field["name"]: "0513-60000008"})
    assert errors(refused) == {f"fields.{field['name']}": "duplicate"}
    await admin.http.patch(f"/api/record-fields/{field['id']}", json={"version": 1, "retired": True})


async def test_a_value_that_was_given_up_is_free(plain: House) -> None:
    seller = await enter(plain, SELLER)
    row = await make(seller, credit_code="91440300MA5FREE001")
    await change(seller, row["id"], 1, credit_code="91440300MA5FREE002")
    await make(seller, credit_code="91440300MA5FREE001")
    await change(seller, row["id"], 2, credit_code=None)
    await make(seller, credit_code="91440300MA5FREE002")


async def test_a_code_is_won_by_one_of_a_new_record_and_a_change(plain: House) -> None:
    seller, manager = await enter(plain, SELLER), await enter(plain, MANAGER)
    for at in range(3):
        row, code = await make(seller), f"91440300MA5RACE00{at}"
        replies = await asyncio.gather(
            seller.http.patch(
                f"{CUSTOMERS}/{row['id']}", json={"version": 1, "fields": {"credit_code": code}}
            ),
            try_make(manager, name=f"竞争者 {at}", credit_code=code),
        )
        assert sum(reply.is_success for reply in replies) == 1
        assert [said(one) for one in replies if not one.is_success] == ["409 duplicate"]


async def test_the_database_holds_no_number_in_clear(plain: House) -> None:
    seller = await enter(plain, SELLER)
    row = await make(seller, phone="0514-6000 0009")
    mine = select(IdentityKey.__table__).where(
        IdentityKey.kind == "customer", IdentityKey.record_id == row["id"]
    )
    rows = await plain.company.read(lambda conn: conn.execute(mine).all())
    assert {one.field for one in rows} == {"name", "phone"}
    assert all(len(one.hash) == 16 and b"6000" not in one.hash for one in rows)
