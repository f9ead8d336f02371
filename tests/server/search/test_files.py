"""Files are found by name, with what they hang on, by whoever may read that (FEED-31, CHAT-01)."""

from typing import Any

from server.background.reactions import catch_up
from server.search.follow import rebuild
from tests.chat.talk import group_of, send
from tests.feed.board import publish
from tests.house import Client, House
from tests.server.api.people import enter
from tests.server.files.sending import upload
from tests.server.search.test_search import found

TEXT = "第一行\n第二行".encode()


async def files(client: Client, q: str, **more: Any) -> list[dict[str, Any]]:
    await catch_up(client.house.company)
    return list((await client.get("/api/search", q=q, kind="file", **more))["items"])


async def test_a_file_is_found_by_its_name_and_leads_to_what_carries_it(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    group = await group_of(author, reader.id)
    quote, minutes, note = [
        await upload(author, name, TEXT) for name in ("鼎盛科技报价单.txt", "minutes-Q3.txt", "报价说明.txt")
    ]
    message = await send(author, group, text="请看附件", files=[quote["id"]])
    share = {"kind": "share", "text": "纪要", "audience": {"people": [reader.id]}, "files": [minutes["id"]]}
    post = (await author.post("/api/posts", share))["id"]
    path = f"/api/posts/{post}/comments"
    comment = await author.post(path, {"text": "说明在此", "files": [note["id"]]})

    newest, older = await files(reader, "报价")
    assert (newest["id"], newest["on"]) == (note["id"], {"kind": "comment", "id": comment["id"]})
    assert (newest["post_id"], newest["number"]) == (post, comment["number"])
    assert (older["id"], older["on"]) == (quote["id"], {"kind": "message", "id": message["id"]})
    assert (older["conversation_id"], older["number"]) == (group, message["number"])
    assert (older["author_id"], older["state"]) == (author.id, "text")
    assert older["snippet"] == {"text": "鼎盛科技报价单.txt", "marks": [{"start": 4, "end": 6}]}
    (third,) = await files(reader, "minutes")
    assert (third["id"], third["on"], third["post_id"]) == (minutes["id"], {"kind": "post", "id": post}, post)
    assert await files(reader, "请看附件") == []
    # Without a kind it is what carries them that is found, once.
    assert ("message", message["id"]) in await found(reader, "鼎盛科技")
    assert "file" not in {kind for kind, _ in await found(reader, "报价")}


async def test_a_file_is_found_by_nobody_else(house: House) -> None:
    author, reader, outsider = [await enter(house, number) for number in ("1004", "1005", "1013")]
    group = await group_of(author, reader.id)
    sent = await upload(author, "机密名单.txt", TEXT)
    await upload(author, "机密草稿.txt", TEXT)
    await send(author, group, files=[sent["id"]])
    assert [one["id"] for one in await files(author, "机密")] == [sent["id"]], (
        "what hangs on nothing is not found"
    )
    assert await files(outsider, "机密") == []
    await author.delete(f"/api/conversations/{group}/members/{reader.id}")
    later = await upload(author, "机密更新.txt", TEXT)
    await send(author, group, files=[later["id"]])
    assert [one["id"] for one in await files(reader, "机密")] == [sent["id"]]


async def test_files_are_narrowed_down_and_survive_a_rebuild(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    group, other = await group_of(author, reader.id), await group_of(author, reader.id)
    mine, theirs = await upload(author, "合同甲.txt", TEXT), await upload(reader, "合同乙.txt", TEXT)
    await send(author, group, files=[mine["id"]])
    await send(reader, other, files=[theirs["id"]])
    for _ in range(2):
        assert [one["id"] for one in await files(author, "合同")] == [theirs["id"], mine["id"]]
        assert [one["id"] for one in await files(author, "合同", **{"from": author.id})] == [mine["id"]]
        assert [one["id"] for one in await files(author, "", **{"in": f"conversation:{other}"})] == [
            theirs["id"]
        ]
        await rebuild(house.company, {})


async def test_a_file_of_a_deleted_comment_is_not_found(house: House) -> None:
    author, reader = await enter(house, "1004"), await enter(house, "1005")
    post = await publish(author, {"people": [reader.id]}, text="纪要")
    sent = await upload(author, "附表.txt", TEXT)
    comment = await author.post(f"/api/posts/{post}/comments", {"text": "表", "files": [sent["id"]]})
    assert [one["id"] for one in await files(reader, "附表")] == [sent["id"]]
    await author.delete(f"/api/comments/{comment['id']}")
    assert await files(reader, "附表") == []
