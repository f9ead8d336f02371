"""Sales records (WORK-15 … 17): posts that are follow-ups, whose words stay with the post, and the clock that always stands at the newest
follow-up that counts (W7, M49, CUST-14)."""

import asyncio
from typing import Any

import httpx2

from tests.crm_objects.desk import CUSTOMERS, errors, make, make_contact, row_of, said
from tests.feed.board import timeline
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, HEAD, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter
from tests.server.files.sending import upload as send

WORDS = "上门演示了两小时，客户要报价"
SECRET = "canary-sales-record"


def ref(row: dict[str, Any]) -> dict[str, Any]:
    return {"kind": row["kind"], "id": row["id"]}


async def try_record(
    author: Client, row: dict[str, Any], text: str = WORDS, *readers: Client, sort: str = "visit", **more: Any
) -> httpx2.Response:
    """A sales record about this record, for these people."""
    details = {"record": ref(row), "sort": sort}
    to = {"people": [one.id for one in readers] or [author.id]}
    body = {"kind": "sales_record", "text": text, "audience": to, "details": details, **more}
    return await author.try_post("/api/posts", body)


async def record(
    author: Client, row: dict[str, Any], text: str = WORDS, *readers: Client, **more: Any
) -> dict[str, Any]:
    reply = await try_record(author, row, text, *readers, **more)
    assert reply.status_code == 201, reply.text
    post: dict[str, Any] = reply.json()
    return post


async def followups(client: Client, row: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/records/{row['kind']}/{row['id']}/followups"))[
        "items"
    ]
    return found


async def clock(client: Client, row: dict[str, Any]) -> Any:
    return (await row_of(client, row["id"], f"/api/records/{row['kind']}"))["last_followed_at"]


async def acts(client: Client, row: dict[str, Any]) -> list[str]:
    history = await client.get(f"/api/records/{row['kind']}/{row['id']}/history")
    return [one["act"] for one in history["items"]]


async def edit(author: Client, post: dict[str, Any], text: str, **more: Any) -> httpx2.Response:
    body = {"version": (await author.get(f"/api/posts/{post['id']}"))["item"]["version"], "text": text}
    return await author.http.patch(f"/api/posts/{post['id']}", json=body | more)


async def test_a_sales_record_is_a_post_with_its_card_and_moves_the_clock(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    row = await make(seller)
    assert row["moves_clock"]
    post = await record(seller, row, WORDS, second)
    assert post["details"] == {"kind": "sales_record", "record": ref(row), "sort": "visit"}
    now = await row_of(seller, row["id"])
    assert (now["last_followed_at"], now["version"]) == (post["created_at"], 2)
    assert post["cards"] == [{**ref(row), "version": 2}], "as the follow-up left it"
    (entry,) = await followups(seller, row)
    assert (entry["text"], entry["post"], entry["counts"], entry["closed"]) == (
        WORDS,
        post["id"],
        True,
        False,
    )
    assert await acts(seller, row) == ["followed_up", "created"]
    # Everything that posts have for nothing: the reader's timeline, the filters by kind and record, what says where it is named.
    assert post["id"] in await timeline(second)
    for narrowed in ({"kind": "sales_record"}, {"record": f"customer-{row['id']}"}):
        first, *_ = (await second.get("/api/posts", **narrowed))["items"]
        assert first["id"] == post["id"]
    (card,) = (await second.post("/api/cards", {"refs": [ref(row)]}))["items"]
    assert card["restricted"], "who reads the post does not read the record for that"


async def test_of_a_sales_record_whose_post_one_may_not_read_only_the_fact_is_told(shared: House) -> None:
    seller, head, boss, second = [await enter(shared, one) for one in (SELLER, HEAD, BOSS, SECOND_SELLER)]
    row = await make(seller)
    post = await record(seller, row, SECRET, second)
    async with head.live() as live:
        await live.say(op="watch", ref=ref(row))
        await edit(seller, post, f"{SECRET} anew")
        heard: list[str] = []
        path = f"{CUSTOMERS}/{row['id']}"
        for tail in ("", "/followups", "/history", "/family", "/related", "/relations"):
            heard.append((await head.http.get(path + tail)).text)
        heard.append((await head.http.get("/api/posts", params={"limit": 100})).text)
        heard.append((await head.http.get(f"/api/posts/{post['id']}")).text)
        heard.append((await head.http.get("/api/search", params={"q": SECRET})).text)
        heard.append((await head.try_post("/api/cards", {"refs": [ref(row), _post(post)]})).text)
        heard.append((await head.http.get(f"/api/links/customer/{row['id']}")).text)
        await live.quiet()
        heard.append(repr(live.frames))
    assert not [one for one in heard if "anew" in one or f'"{SECRET}' in one]
    (entry,) = await followups(head, row)
    assert entry == {
        **entry,
        "text": "",
        "post": None,
        "files": [],
        "closed": True,
        "counts": True,
        "actor": seller.id,
    }
    assert (await followups(boss, row))[0]["closed"]
    # Of what does not count the clock says nothing, and neither does the list.
    note = await record(head, row, SECRET, boss)
    assert len(await followups(seller, row)) == 1
    assert [one["post"] for one in await followups(boss, row)] == [note["id"], None]
    assert (await seller.get(f"{CUSTOMERS}/{row['id']}/family"))["followups"] == 1
    assert (await boss.get(f"{CUSTOMERS}/{row['id']}/family"))["followups"] == 2


async def test_what_counts_is_seen_by_who_leads_its_author(shared: House) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    row = await make(seller)
    post = await record(seller, row, WORDS, second)
    assert sorted(post["audience"]["people"]) == sorted([second.id, manager.id])
    assert (await followups(manager, row))[0]["text"] == WORDS
    alone = {"everyone": False, "departments": [], "people": [second.id]}
    refused = await edit(seller, post, WORDS, audience=alone)
    assert errors(refused) == {"audience": "manager"}
    named = {"departments": [seller.me["person"]["department_ids"][0]]}
    body = {"kind": "sales_record", "text": WORDS, "audience": named}
    told = await seller.post("/api/posts", {**body, "details": {"record": ref(row), "sort": "call"}})
    assert told["audience"]["people"] == [], "who is among them is not named besides"


def _post(post: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "post", "id": post["id"]}


async def test_only_the_owner_and_the_writing_team_move_the_clock(shared: House) -> None:
    seller, manager, second, outsider = [
        await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER, OUTSIDER)
    ]
    row = await make(seller)
    path = f"{CUSTOMERS}/{row['id']}"
    assert not (await row_of(manager, row["id"]))["moves_clock"], "a manager's comment does not count"
    await record(manager, row)
    await seller.put(f"{path}/team/{second.id}", {"role": "member", "access": "read"})
    assert not (await row_of(second, row["id"]))["moves_clock"]
    await record(second, row)
    assert (await clock(seller, row), (await row_of(seller, row["id"]))["version"]) == (None, 1)
    await seller.put(f"{path}/team/{second.id}", {"role": "member", "access": "write"})
    post = await record(second, row)
    assert await clock(seller, row) == post["created_at"]
    # Who may not read it is answered as for one that is not there.
    assert errors(await try_record(outsider, row)) == {"details.record": "not_found"}
    assert errors(await try_record(outsider, {"kind": "customer", "id": 10**9})) == {
        "details.record": "not_found"
    }
    assert errors(await try_record(seller, {"kind": "post", "id": 1})) == {"details.record.kind": "choice"}
    assert errors(await try_record(seller, row, sort="lunch")) == {"details.sort": "choice"}
    assert errors(await try_record(await enter(shared, ADMINISTRATOR), row)) == {
        "details.record": "not_found"
    }
    await seller.put(f"{path}/void", {"reason": ""})
    assert said(await try_record(seller, row)) == "409 wrong_state"


async def test_an_empty_sales_record_counts_for_nothing_and_a_picture_or_document_does(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller)
    await record(seller, row, "……！！")
    assert await clock(seller, row) is None
    assert errors(
        await seller.try_post(f"{CUSTOMERS}/{row['id']}/followups", {"sort": "call", "text": "……"})
    ) == {"text": "too_short"}
    file = await upload(seller, "protocol.txt", b"installed and tested")
    post = await record(seller, row, "", files=[file])
    assert await clock(seller, row) == post["created_at"]
    (entry, _) = await followups(seller, row)
    assert ([one["name"] for one in entry["files"]], entry["counts"]) == (["protocol.txt"], True)


async def upload(client: Client, name: str, content: bytes) -> int:
    return int((await send(client, name, content))["id"])


async def test_the_company_says_how_much_a_follow_up_has_to_say(shared: House) -> None:
    seller, boss, admin = [await enter(shared, one) for one in (SELLER, BOSS, ADMINISTRATOR)]
    row = await make(seller, phone="13800001234")
    path = f"{CUSTOMERS}/{row['id']}"
    assert await seller.get("/api/followup-rule") == {"least": 2, **await _seq(seller)}
    refused = await seller.http.put("/api/followup-rule", json={"least": 10})
    assert said(refused) == "403 forbidden"
    for odd in (0, 201):
        assert said(await boss.http.put("/api/followup-rule", json={"least": odd})) == "422 invalid"
    await boss.put("/api/followup-rule", {"least": 6})
    await boss.put("/api/followup-rule", {"least": 6})
    try:
        short = await seller.try_post(f"{path}/followups", {"sort": "call", "text": "打过电话"})
        assert (errors(short), short.json()["errors"][0]["params"]) == ({"text": "too_short"}, {"minimum": 6})
        await record(seller, row, "打过电话")
        assert await clock(seller, row) is None, "posted, and not counted"
        call = await seller.post(f"{path}/calls", {"field": "phone"})
        await seller.put(f"{path}/calls/{call['id']}", {"connected": True, "text": "接通"})
        at = await clock(seller, row)
        assert at is not None, "that somebody answered counts by itself"
        post = await record(seller, row, "打过电话，约了周三")
        assert await clock(seller, row) == post["created_at"] > at
    finally:
        await boss.put("/api/followup-rule", {"least": 2})
    entries = (await admin.get("/api/audit", act="followup_rule.changed"))["items"]
    assert [one["details"]["least"] for one in entries] == [2, 6], "the same again is nothing"


async def _seq(client: Client) -> dict[str, Any]:
    found = await client.get("/api/followup-rule")
    return {name: value for name, value in found.items() if name != "least"}


async def test_the_clock_goes_back_when_what_counted_is_deleted_or_emptied(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller)
    await seller.post(f"{CUSTOMERS}/{row['id']}/followups", {"sort": "call", "text": "打过电话"})
    first = await clock(seller, row)
    one = await record(seller, row)
    other = await record(seller, row)
    assert await clock(seller, row) == other["created_at"]
    reply = await edit(seller, other, "。")
    assert reply.status_code == 200, reply.text
    assert await clock(seller, row) == one["created_at"], "emptied"
    await seller.delete(f"/api/posts/{one['id']}")
    assert await clock(seller, row) == first, "deleted"
    await edit(seller, other, "补充：客户要报价")
    assert await clock(seller, row) == other["created_at"], (
        "it says something again, and was made when it was made"
    )
    assert await acts(seller, row) == [
        "followed_up",
        "followup_ended",
        "followup_ended",
        "followed_up",
        "followed_up",
        "followed_up",
        "created",
    ]
    assert [entry["post"] for entry in await followups(seller, row)] == [other["id"], None]


async def test_a_sales_record_moves_to_the_record_that_was_meant(shared: House) -> None:
    seller, outsider = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    wrong, right = await make(seller), await make(seller)
    contact = await make_contact(seller, right["id"])
    hidden = await make(outsider)
    post = await record(seller, wrong)
    moved = {"record": ref(right), "sort": "training"}
    assert errors(await edit(seller, post, WORDS, details=moved)) == {"cards": "needed"}
    assert errors(await edit(seller, post, WORDS, cards=[])) == {"cards": "needed"}
    no = {"details": {"record": ref(hidden)}, "cards": [ref(hidden)]}
    assert errors(await edit(seller, post, WORDS, **no)) == {"cards[0]": "not_found"}
    reply = await edit(seller, post, WORDS, details=moved, cards=[ref(right)])
    assert reply.json()["details"] == {"kind": "sales_record", **moved}
    assert [await clock(seller, row) for row in (wrong, right)] == [None, post["created_at"]]
    assert (await acts(seller, wrong))[0] == "followup_ended"
    (entry,) = await followups(seller, right)
    assert (entry["sort"], entry["post"]) == ("training", post["id"])
    assert await followups(seller, wrong) == []
    reply = await edit(
        seller, post, WORDS, details={"record": ref(contact)}, cards=[ref(contact), ref(right)]
    )
    assert reply.status_code == 200, reply.text
    assert [await clock(seller, row) for row in (right, contact)] == [None, post["created_at"]]
    (before, *_) = (await seller.get(f"/api/posts/{post['id']}/versions"))["items"]
    assert before["details"]["record"] == ref(right), "what an earlier version said stays"


async def test_one_whose_record_is_deleted_for_good_can_still_be_changed_and_deleted(shared: House) -> None:
    seller, boss = await enter(shared, SELLER), await enter(shared, BOSS)
    row = await make(seller)
    post, other = await record(seller, row), await record(seller, row)
    await seller.put(f"{CUSTOMERS}/{row['id']}/void", {"reason": ""})
    await seller.delete(f"/api/posts/{other['id']}")
    await boss.delete(f"{CUSTOMERS}/{row['id']}")
    assert (await edit(seller, post, "客户没有了")).status_code == 200
    await seller.delete(f"/api/posts/{post['id']}")


async def test_deleting_beside_a_new_follow_up_leaves_the_clock_at_what_is_there(shared: House) -> None:
    seller, second = await enter(shared, SELLER), await enter(shared, SECOND_SELLER)
    for _ in range(3):
        row = await make(seller)
        path = f"{CUSTOMERS}/{row['id']}"
        await seller.put(f"{path}/team/{second.id}", {"role": "member", "access": "write"})
        post = await record(seller, row)
        gone, noted, made = await asyncio.gather(
            seller.http.delete(f"/api/posts/{post['id']}"),
            second.try_post(f"{path}/followups", {"sort": "call", "text": "打过电话"}),
            try_record(second, row),
        )
        assert (gone.status_code, noted.status_code, made.status_code) == (204, 201, 201)
        assert await clock(seller, row) == max(noted.json()["at"], made.json()["created_at"])


async def test_a_change_of_owner_beside_a_sales_record_counts_it_in_one_order(shared: House) -> None:
    seller, manager, second = [await enter(shared, one) for one in (SELLER, MANAGER, SECOND_SELLER)]
    for _ in range(3):
        row = await make(seller)
        moved, made = await asyncio.gather(
            manager.http.put(f"{CUSTOMERS}/{row['id']}/owner", json={"owner": second.id, "keep": "read"}),
            try_record(seller, row),
        )
        assert moved.is_success
        assert made.status_code == 201
        (entry,) = await followups(seller, row)
        order = [one for one in await acts(second, row) if one in ("owner_changed", "followed_up")]
        assert order == (["owner_changed", "followed_up"] if entry["counts"] else ["owner_changed"])
        assert await clock(second, row) == (made.json()["created_at"] if entry["counts"] else None)


async def test_two_that_move_in_opposite_directions_both_pass(shared: House) -> None:
    seller = await enter(shared, SELLER)
    one, other = await make(seller), await make(seller)
    here, there = await record(seller, one), await record(seller, other)
    replies = await asyncio.gather(
        edit(seller, here, WORDS, details={"record": ref(other)}, cards=[ref(other)]),
        edit(seller, there, WORDS, details={"record": ref(one)}, cards=[ref(one)]),
    )
    assert [reply.status_code for reply in replies] == [200, 200]
    assert [await clock(seller, row) for row in (one, other)] == [there["created_at"], here["created_at"]]


async def test_the_same_request_again_is_one_follow_up(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await make(seller)
    body = {
        "kind": "sales_record",
        "text": WORDS,
        "audience": {"people": [seller.id]},
        "details": {"record": ref(row), "sort": "call"},
    }
    replies = [await seller.try_post("/api/posts", body, key=f"twice-{row['id']}") for _ in range(2)]
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert len(await followups(seller, row)) == 1
