"""Topics of posts (FEED-05, 06, 27): found under every spelling, counted exactly for each reader, offered from three sources."""

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from feed.topic import choosing
from server.audit.models import AuditEntry
from server.background.reactions import catch_up
from tests.feed.board import publish, refusal, try_publish
from tests.feed.test_filters import listed
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter


async def page(client: Client, name: str) -> dict[str, Any]:
    found: dict[str, Any] = await client.get("/api/topics/page", name=name)
    return found


async def offered(client: Client, source: str) -> dict[str, int]:
    """Name → how many posts, in the order in which they are offered."""
    return {one["name"]: one["posts"] for one in (await client.get("/api/topics"))[source]}


async def make(client: Client, name: str) -> dict[str, Any]:
    made: dict[str, Any] = await client.post("/api/topics", {"name": name})
    return made


async def rename(client: Client, topic: dict[str, Any], name: str) -> httpx2.Response:
    body = {"version": topic["version"], "name": name}
    return await client.http.patch(f"/api/topics/{topic['id']}", json=body)


async def test_a_topic_is_found_under_every_spelling_and_its_page_counts_what_the_reader_may_see(
    shared: House,
) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    ours, everyone = {"people": [reader.id]}, {"everyone": True}
    one = await publish(author, everyone, text="看 #[Spring 发布](topic) 和 #[复盘](topic)")
    other = await publish(author, ours, text="#[ｓｐｒｉｎｇ  发布](topic)")
    twice = await publish(reader, ours, text="#[spring 发布](topic) #[SPRING 发布](topic)")
    item = (await reader.get(f"/api/posts/{one}"))["item"]
    assert item["topics"] == ["spring 发布", "复盘"]
    for name in ("Spring 发布", " SPRING　发布 "):
        assert await listed(reader, topic=name) == [twice, other, one]
        assert (await page(reader, name))["posts"] == 3
        assert await listed(stranger, topic=name) == [one]
        assert (await page(stranger, name))["posts"] == 1
    # Together with the other filters.
    assert await listed(reader, topic="spring 发布", filter="mine") == [twice]
    assert await listed(reader, topic="spring 发布", person=author.id) == [other, one]
    # A name that nobody used and one that I may not see look the same.
    hidden = await publish(author, {"people": [author.id]}, text="#[秘密项目](topic)")
    assert (await page(reader, "秘密项目")) == {
        "name": "秘密项目", "keys": ["秘密项目"], "is_official": False, "is_retired": False, "posts": 0,
    }  # fmt: skip
    assert {**(await page(reader, "没人用过")), "name": "", "keys": []} == {
        **(await page(reader, "秘密项目")), "name": "", "keys": [],
    }  # fmt: skip
    assert await listed(author, topic="秘密项目") == [hidden]
    # What I hid is not counted, what was changed or deleted belongs to it no more.
    await reader.put(f"/api/posts/{one}/hidden", {})
    assert (await page(reader, "spring 发布"))["posts"] == len(await listed(reader, topic="spring 发布")) == 2
    await author.http.patch(f"/api/posts/{other}", json={"version": 1, "text": "#[复盘](topic)"})
    assert await listed(reader, topic="spring 发布") == [twice]
    assert await listed(reader, topic="复盘") == [other]
    await reader.delete(f"/api/posts/{twice}")
    assert (await page(reader, "spring 发布"))["posts"] == 0


@pytest.mark.parametrize(
    "text",
    [
        f"#[{'长' * 31}](topic)",
        "#[](topic)",
        "#[  ](topic)",
        "#[a#b](topic)",
        "#[a[b](topic)",
        "#[a\u202eb](topic)",
        "#[a\u200bb](topic)",
        "#[＃](topic)",
        "#[ﷺﷺﷺﷺ](topic)",
        " ".join(f"#[t{at}](topic)" for at in range(11)),
    ],
)
async def test_a_hostile_name_is_refused_at_its_field(shared: House, text: str) -> None:
    author = await enter(shared, MANAGER)
    refused = await try_publish(author, {"people": [author.id]}, text=text)
    assert refusal(refused) == (422, "invalid")
    assert refused.json()["errors"][0]["field"] == "text"
    for path, field in (("/api/topics/page", "name"), ("/api/posts", "topic")):
        for name in ("", "#", "a\u202eb", "长" * 31):
            key = "name" if field == "name" else "topic"
            answer = await author.http.get(path, params={key: name})
            assert refusal(answer) == (422, "invalid")
            assert answer.json()["errors"][0]["field"] == field


async def test_three_sources_are_offered_and_none_tells_of_what_the_reader_may_not_see(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    second, admin = await enter(shared, SECOND_SELLER), await enter(shared, ADMINISTRATOR)
    await make(admin, "质量月")
    people = {"people": [reader.id, second.id]}
    for _ in range(3):
        await publish(author, people, text="#[续约](topic)")
    await publish(author, people, text="#[样品](topic)")
    await publish(second, {"people": [reader.id]}, text="#[样品](topic)")
    await publish(author, people, text="#[质量月](topic)")
    await publish(author, {"people": [author.id]}, text="#[裁撤](topic)")
    mine = await offered(author, "mine")
    assert next(iter(mine)) == "续约"
    assert (mine["续约"], mine["裁撤"]) == (3, 1)
    hot = await offered(reader, "hot")
    # By how many people use it, then how often.
    assert list(hot).index("样品") < list(hot).index("续约")
    assert (hot["样品"], hot["续约"], "裁撤" in hot) == (2, 3, False)
    assert "质量月" in await offered(reader, "official")
    assert not {"样品", "续约", "裁撤"} & set(await offered(stranger, "hot"))
    assert await offered(stranger, "mine") == {}


async def test_what_is_hot_is_looked_for_only_so_far(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    await publish(author, {"people": [reader.id]}, text="#[早前](topic)")
    await publish(author, {"people": [reader.id]}, text="#[刚才](topic)")
    monkeypatch.setattr(choosing, "LOOKED_AT", 1)
    assert list(await offered(reader, "hot")) == ["刚才"]


async def test_an_official_topic_keeps_its_posts_through_every_name_it_has(shared: House) -> None:
    admin, reader = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    topic = await make(admin, "客户之声")
    old = await publish(reader, {"everyone": True}, text="#[客户之声](topic)")
    async with reader.live() as live:
        renamed = (await rename(admin, topic, "VOC 客户之声")).raise_for_status().json()
        told = await live.event("topic.changed", id=topic["id"])
        assert told["changes"][0]["data"]["keys"] == ["voc 客户之声", "客户之声"]
    new = await publish(reader, {"everyone": True}, text="#[voc 客户之声](topic)")
    for name in ("客户之声", "VOC 客户之声"):
        assert await listed(reader, topic=name) == [new, old]
        assert await page(reader, name) == {
            "name": "VOC 客户之声", "keys": ["voc 客户之声", "客户之声"], "is_official": True,
            "is_retired": False, "posts": 2,
        }  # fmt: skip
    # Its earlier name is taken by nobody else, and can be taken back; an old version changes nothing.
    assert (await admin.try_post("/api/topics", {"name": "客户之声"})).json()["errors"][0][
        "code"
    ] == "duplicate"
    assert refusal(await rename(admin, topic, "别的")) == (409, "stale_version")
    (await rename(admin, renamed, "客户之声")).raise_for_status()
    # Retired it is offered to nobody, and what was written stays.
    path = f"/api/topics/{topic['id']}/retirement"
    assert (await admin.put(path))["retired_at"] is not None
    assert "客户之声" not in {**await offered(reader, "official"), **await offered(reader, "hot")}
    assert (await page(reader, "客户之声"))["is_retired"]
    assert await listed(reader, topic="客户之声") == [new, old]
    await admin.delete(path)
    assert "客户之声" in await offered(reader, "official")
    acts = await shared.company.read(
        lambda conn: [
            row.act
            for row in conn.execute(
                select(AuditEntry.act, AuditEntry.object_id)
                .where(AuditEntry.object_kind == "topic")
                .order_by(AuditEntry.id)
            )
            if row.object_id == topic["id"]
        ]
    )
    assert acts == ["topic.created", "topic.renamed", "topic.renamed", "topic.retired", "topic.restored"]


async def test_of_two_administrators_who_make_one_name_at_once_one_succeeds(shared: House) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    tries = [client.try_post("/api/topics", {"name": "同一个名字"}) for client in (admin, boss) * 3]
    answers = await asyncio.gather(*tries)
    assert sorted(one.status_code for one in answers) == [201] + [422] * 5
    assert refusal(await (await enter(shared, SELLER)).try_post("/api/topics", {"name": "x"})) == (
        403,
        "forbidden",
    )


async def test_the_search_finds_a_topic_by_its_name_without_its_marks(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    post = await publish(author, {"people": [reader.id]}, text="明天讨论 #[渠道大会](topic) 的安排")
    await catch_up(shared.company)
    hit = (await reader.get("/api/search", q="渠道大会"))["items"][0]
    assert (hit["id"], hit["snippet"]["text"]) == (post, "明天讨论 #渠道大会# 的安排")
