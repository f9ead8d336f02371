"""Searching posts, messages, people and conversations: what is found, by whom, and what never is (FEED-31, CHAT-01)."""

from typing import Any

import pytest
from sqlalchemy import delete, insert

from chat.models import Conversation, Membership
from server.background.reactions import catch_up
from server.events.envelope import Event
from server.search import find, index
from server.search.follow import rebuild
from server.search.models import SearchEntry
from server.work.work import Work
from tests.chat.talk import group_of, send
from tests.feed.board import move, publish
from tests.house import Client, House
from tests.server.api.people import department_id, enter, enter_as, make_person


async def found(client: Client, q: str = "", **more: Any) -> list[tuple[str, int]]:
    """(kind, id) of every hit, page by page, once the index has caught up."""
    await catch_up(client.house.company)
    hits: list[tuple[str, int]] = []
    cursor = ""
    while True:
        page = await client.get("/api/search", q=q, cursor=cursor, **more)
        hits += [(hit["kind"], hit["id"]) for hit in page["items"]]
        if page["next"] is None:
            return hits
        cursor = page["next"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("客户成功经理来了", "客户"),
        ("客户成功经理来了", "成功经"),
        ("客户成功经理来了", "来了"),
        ("客户成功经理来了", "了"),
        ("客户成功经理来了", "经理 客户"),
        ("Quarterly REPORT for Q3", "report"),
        ("Quarterly REPORT for Q3", "quart q3"),
        ("订单A1208已付款", "a1208"),
        ("订单A1208已付款", "A12 付款"),
        ("电话 13812345678 打过", "1381234"),
        ("ＡＢＣ公司", "abc"),
        ("Müller & Söhne", "müller"),
    ],
)
async def test_two_signs_or_the_beginning_of_a_word_suffice(shared: House, said: str, asked: str) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    group = await group_of(author, reader.id)
    message = (await send(author, group, text=said))["id"]
    post = await publish(author, {"people": [reader.id]}, text=said)
    assert {("message", message), ("post", post)} <= set(await found(reader, asked))
    assert ("message", message) in await found(reader, asked, sort="best")


@pytest.mark.parametrize(
    ("said", "asked"),
    [("客户成功", "客户功"), ("客户成功", "户客"), ("report", "port"), ("张伟来了", "李伟")],
)
async def test_what_does_not_stand_there_is_not_found(shared: House, said: str, asked: str) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    message = (await send(author, await group_of(author, reader.id), text=said))["id"]
    assert ("message", message) not in await found(author, asked)


async def test_messages_are_found_within_ones_spans_only(house: House) -> None:
    owner, member, outsider = (
        await enter(house, "1004"),
        await enter(house, "1005"),
        await enter(house, "1013"),
    )
    group = await group_of(owner, member.id)
    first = (await send(owner, group, text="暗号甲"))["id"]
    await owner.delete(f"/api/conversations/{group}/members/{member.id}")
    second = (await send(owner, group, text="暗号乙"))["id"]
    await owner.post(f"/api/conversations/{group}/members", {"people": [member.id], "departments": []})
    third = (await send(owner, group, text="暗号丙"))["id"]
    assert await found(owner, "暗号") == [("message", third), ("message", second), ("message", first)]
    assert await found(member, "暗号") == [("message", third), ("message", first)]
    assert await found(outsider, "暗号") == []
    assert await found(member, "暗号乙") == []


async def test_posts_are_found_by_who_may_read_them_now(house: House) -> None:
    author, leaver = await enter(house, "1004"), await enter(house, "1005")
    department, elsewhere = (
        await department_id(house, "华东/销售一部"),
        await department_id(house, "华南/深圳办"),
    )
    newcomer = await enter_as(house, await make_person(house, "9001"))
    early = await publish(author, {"departments": [department]}, text="返点政策一")
    everybody = await publish(author, {"everyone": True}, text="返点政策零")
    await move(house, leaver.id, elsewhere)
    await move(house, newcomer.id, department)
    later = await publish(author, {"departments": [department]}, text="返点政策二")
    assert await found(leaver, "返点") == [("post", everybody), ("post", early)]
    assert await found(newcomer, "返点政策") == [("post", later), ("post", everybody), ("post", early)]
    external = await enter_as(house, await make_person(house, "9002", "external", "external"))
    assert await found(external, "返点") == []


async def test_filters_narrow_down_what_is_found(house: House) -> None:
    author, other = await enter(house, "1004"), await enter(house, "1005")
    department = await department_id(house, "华东/销售一部")
    group, second = await group_of(author, other.id), await group_of(author, other.id)
    mine = (await send(author, group, text="价格表"))["id"]
    theirs = (await send(other, group, text="价格表收到"))["id"]
    elsewhere = (await send(other, second, text="价格表呢"))["id"]
    post = await publish(author, {"departments": [department]}, text="新价格表")
    assert await found(author, "价格", kind="post") == [("post", post)]
    assert await found(author, "价格", **{"from": other.id}) == [("message", elsewhere), ("message", theirs)]
    assert await found(author, "价格", **{"in": f"conversation:{group}"}) == [
        ("message", theirs),
        ("message", mine),
    ]
    assert await found(author, "价格", **{"in": f"department:{department}"}) == [("post", post)]
    both: dict[str, Any] = {"from": other.id, "in": f"conversation:{group}"}
    assert await found(author, **both) == [("message", theirs)]
    today = (await author.get("/api/search", q="价格"))["items"][0]["at"][:10]
    assert await found(author, "价格", before="2020-01-01") == []
    assert len(await found(author, "价格", after="2020-01-01", limit=1)) == 4
    assert today >= "2026"


async def test_a_place_that_one_is_not_in_shows_nothing(house: House) -> None:
    owner, other, outsider = [await enter(house, one) for one in ("1004", "1005", "1013")]
    group = await group_of(owner, other.id)
    await send(owner, group, text="秘密")
    assert await found(outsider, "秘密", **{"in": f"conversation:{group}"}) == []
    assert await found(outsider, "", **{"in": f"conversation:{group}"}) == []


async def test_people_and_conversations_are_found_by_name(house: House) -> None:
    author, other = await enter(house, "1004"), await enter(house, "1005")
    made = await author.post(
        "/api/conversations", {"kind": "group", "name": "华东报价组", "people": [other.id]}
    )
    assert await found(other, "报价", kind="conversation") == [("conversation", made["id"])]
    assert await found(await enter(house, "1013"), "报价", kind="conversation") == []
    name = other.me["person"]["name"]
    assert ("person", other.id) in await found(author, name, kind="person")


async def test_hits_bring_snippets_with_marks_and_who_is_named(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    group = await group_of(author, reader.id)
    await send(author, group, text="请看 **价目表** 和 @[everyone](everyone:0)")
    await catch_up(shared.company)
    page = await author.get("/api/search", q="价目")
    snippet = page["items"][0]["snippet"]
    assert [snippet["text"][one["start"] : one["end"]] for one in snippet["marks"]] == ["价目"]
    assert "@everyone" in snippet["text"]
    kinds = {(change["kind"], change["id"]) for change in page["also"]}
    assert {("conversation", group), ("person", author.id)} <= kinds


def lose_the_index(work: Work) -> None:
    if work.conn.dialect.name == "sqlite":
        work.conn.exec_driver_sql("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")
    work.conn.execute(delete(SearchEntry))


async def test_a_rebuild_makes_the_same_index(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    group = await group_of(author, reader.id)
    for number in range(5):
        await send(author, group, text=f"第{number}次拜访")
    await publish(author, {"people": [reader.id]}, text="拜访计划")
    before = await found(reader, "拜访")
    await house.company.write(lose_the_index)
    assert await found(reader, "拜访") == []
    await rebuild(house.company, {})
    await rebuild(house.company, {})
    assert await found(reader, "拜访") == before
    assert len(before) == 6


async def test_somebody_in_thousands_of_conversations_can_search_them(house: House) -> None:
    owner, other = await enter(house, "1004"), await enter(house, "1005")
    group = await group_of(owner, other.id)
    made = (await send(owner, group, text="大海捞针"))["id"]
    await catch_up(house.company)

    def join(work: Work) -> None:
        now = work.now
        ids = range(2_000_000, 2_002_500)
        work.conn.execute(
            insert(Conversation),
            [
                {"id": i, "kind": "group", "created_by": owner.id, "created_at": now, "active_at": now}
                for i in ids
            ],
        )
        place = {"person_id": owner.id, "state": "active", "role": "owner", "joined_at": now}
        numbers = {"from_number": 1, "read_number": 0}
        work.conn.execute(insert(Membership), [place | numbers | {"conversation_id": i} for i in ids])
        work.record(Event("test.joined", [], opens={f"conversation:{i}": [owner.id] for i in ids}))

    await house.company.write(join)
    assert await found(owner, "捞针") == [("message", made)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": ""}, "q"),
        ({"q": "！？ 。"}, "q"),
        ({"q": "a", "kind": "secret"}, "kind"),
        ({"q": "a", "in": "conversation:x"}, "in"),
        ({"q": "a", "in": "person:3"}, "in"),
        ({"q": "a", "after": "yesterday"}, "after"),
        ({"q": "a", "sort": "worst"}, "sort"),
        ({"q": "a", "limit": 1000}, "limit"),
        ({"q": "a", "cursor": "x"}, "cursor"),
        ({"q": "a", "from": 0}, "from"),
    ],
)
async def test_a_question_that_is_none_is_refused_by_field(
    shared: House, query: dict[str, Any], field: str
) -> None:
    asker = await enter(shared, "1004")
    answer = await asker.http.get("/api/search", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("tokens", [50, 0])
async def test_nothing_is_passed_over_however_little_is_looked_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch, tokens: int
) -> None:
    monkeypatch.setattr(index, "_MOST_TOKENS", tokens)
    monkeypatch.setattr(find, "LOOKS", find.Looks(first=2, glanced=3, few=2, many=2, glanced_then=3))
    mine, other = await enter(house, "1004"), await enter(house, "1005")
    shared_group, theirs = (
        await group_of(mine, other.id),
        await group_of(other, (await enter(house, "1013")).id),
    )
    sent = []
    for at in range(12):
        if at % 3:
            await send(other, theirs, text=f"寻宝 {at}" if at % 2 else "别的")
        else:
            sent.append((await send(mine, shared_group, text=f"寻宝 {at}"))["id"])
    assert await found(mine, "寻宝") == [("message", one) for one in reversed(sent)]
    assert await found(mine, "寻宝", limit=1) == [("message", one) for one in reversed(sent)]
    assert await found(mine, "寻宝 6") == [("message", sent[2])]
    assert set(await found(mine, "寻宝", sort="best")) == {("message", one) for one in sent}
