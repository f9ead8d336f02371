"""A new version of a post adds and takes away files and cards; the earlier ones keep showing what they carried (FEED-28)."""

import asyncio
from typing import Any

from feed.invariants import INVARIANTS as OF_POSTS
from server.background.reactions import catch_up
from server.files.invariants import INVARIANTS as OF_FILES
from tests.feed.board import publish, refusal
from tests.feed.test_tasks import set_task
from tests.house import Client, House
from tests.server.api.people import BOSS, MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter, everything
from tests.server.cards.test_carrying import refs
from tests.server.files.sending import download, upload


async def change(client: Client, post: int, version: int, text: str = "见附件", **about: Any) -> Any:
    return await client.http.patch(f"/api/posts/{post}", json={"version": version, "text": text, **about})


async def with_files(author: Client, people: list[int], files: list[int]) -> int:
    body = {"kind": "share", "text": "见附件", "audience": {"people": people}, "files": files}
    return int((await author.post("/api/posts", body))["id"])


async def hold(house: House) -> None:
    broken = await house.company.read(
        lambda conn: [
            rule.says for rule in (*OF_POSTS, *OF_FILES) if conn.exec_driver_sql(rule.broken).first()
        ]
    )
    assert broken == []


async def test_a_file_taken_away_stays_in_the_version_that_carried_it_until_the_post_is_deleted(
    shared: House,
) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    first, second = [(await upload(author))["id"] for _ in range(2)]
    post = await with_files(author, [reader.id], [first])
    async with reader.live() as live:
        changed = (await change(author, post, 1, files=[second])).raise_for_status().json()
        event = await live.event("post.changed", version=2)
        assert [one["id"] for one in event["changes"][0]["data"]["files"]] == [second]
    assert (changed["version"], [one["id"] for one in changed["files"]]) == (2, [second])
    kept = (await reader.get(f"/api/posts/{post}/versions"))["items"]
    assert [[one["id"] for one in version["files"]] for version in kept] == [[first]]
    for file in (first, second):
        assert (await download(reader, file)).status_code == 200
        assert (await download(stranger, file)).status_code == 404
    paper = (await reader.get(f"/api/posts/{post}/paper"))["files"]
    assert [(one["id"], one["until"], len(one["sha256"])) for one in paper] == [
        (second, None, 64),
        (first, 1, 64),
    ]
    await catch_up(shared.company)
    found = (await reader.get("/api/search", q=kept[0]["files"][0]["name"], kind="file"))["items"]
    assert first not in [one["id"] for one in found], "the post carries it no longer"
    # The same request once more, because its answer was lost, and putting the file back.
    assert (await change(author, post, 1, files=[second])).json()["version"] == 2
    back = (await change(author, post, 2, files=[first, second])).raise_for_status().json()
    assert [one["id"] for one in back["files"]] == [first, second]
    await hold(shared)
    await change(author, post, 3, files=[])
    await hold(shared)
    await author.delete(f"/api/posts/{post}")
    for file in (first, second):
        assert (await download(reader, file)).status_code == 404
        assert (await download(author, file)).status_code == 404


async def test_who_comes_later_does_not_see_what_was_taken_away_before(shared: House) -> None:
    author, reader, later = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    secret = (await upload(author))["id"]
    post = await with_files(author, [reader.id], [secret])
    (await change(author, post, 1, "没有附件了", files=[])).raise_for_status()
    both = {"people": [reader.id, later.id]}
    (await change(author, post, 2, "没有附件了", audience=both)).raise_for_status()
    assert (await later.get(f"/api/posts/{post}"))["item"]["version"] == 3
    assert (await later.get(f"/api/posts/{post}/versions"))["items"] == []
    assert (await download(later, secret)).status_code == 404
    assert len((await reader.get(f"/api/posts/{post}/versions"))["items"]) == 2
    assert (await download(reader, secret)).status_code == 200
    assert [one["id"] for one in (await later.get(f"/api/posts/{post}/paper"))["files"]] == []


async def test_cards_come_and_go_and_one_that_the_author_no_longer_sees_may_stay(shared: House) -> None:
    author, other = await enter(shared, SELLER), await enter(shared, BOSS)
    source = await publish(other, {"people": [author.id]}, text="来源")
    hidden = await publish(other, {"people": [other.id]}, text="别人的")
    post = await publish(author, {"people": [other.id]})
    added = (await change(author, post, 1, cards=refs(("post", source)))).raise_for_status().json()
    assert [(one["kind"], one["id"]) for one in added["cards"]] == [("post", source)]
    await catch_up(shared.company)
    traces = (await author.get(f"/api/links/post/{source}"))["items"]
    assert post in [one["source"]["id"] for one in traces]
    before = await everything(shared)
    refused = await change(author, post, 2, cards=refs(("post", source), ("post", hidden)))
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("cards[1]", "not_found")]
    assert await everything(shared) == before
    narrowed = {"version": 1, "text": "来源", "audience": {"people": [other.id]}}
    (await other.http.patch(f"/api/posts/{source}", json=narrowed)).raise_for_status()
    person = ("person", other.id)
    kept = (await change(author, post, 2, cards=refs(("post", source), person))).raise_for_status().json()
    assert [one["kind"] for one in kept["cards"]] == ["post", "person"]
    gone = (await change(author, post, 3, cards=[])).raise_for_status().json()
    assert gone["cards"] == []
    versions = (await other.get(f"/api/posts/{post}/versions"))["items"]
    assert [len(one["cards"]) for one in versions] == [2, 1, 0]
    # Who is to do a task sees what it comes from, also when that comes later.
    task = await set_task(other, [author.id])
    refused = await change(other, task, 1, "续约", cards=refs(("post", source)))
    assert (refusal(refused), refused.json()["ids"]) == ((422, "recipients_lack_access"), [author.id])


async def test_of_two_devices_the_second_is_shown_both_and_foreign_files_are_refused(shared: House) -> None:
    author, other = await enter(shared, MANAGER), await enter(shared, SELLER)
    files = [(await upload(author))["id"] for _ in range(3)]
    foreign = (await upload(other))["id"]
    post = await with_files(author, [other.id], files[:1])
    answers = await asyncio.gather(*[change(author, post, 1, files=[one]) for one in files[1:]])
    assert sorted(one.status_code for one in answers) == [200, 409]
    [won] = [one.json() for one in answers if one.status_code == 200]
    [lost] = [one.json() for one in answers if one.status_code == 409]
    assert (lost["code"], lost["version"], lost["now_files"]) == (
        "stale_version",
        2,
        [won["files"][0]["name"]],
    )
    assert lost["was_files"] != lost["now_files"]
    for wrong in ([foreign], [files[0], files[0]], [999_999]):
        refused = await change(author, post, 2, files=wrong)
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("files", "not_ready")]
    assert refusal(await change(author, post, 2, "", files=[])) == (422, "invalid")
    await hold(shared)
