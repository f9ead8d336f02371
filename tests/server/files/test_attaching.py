"""Files on posts and messages: seen by all who may read the thing and nobody else, each hung up once, found by their names."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from server.background.reactions import catch_up
from server.files.models import FileLink
from tests.chat.talk import group_of
from tests.feed.board import move
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SECOND_SELLER, SELLER, department_id, enter
from tests.server.files.sending import MP4, PDF, begin, download, picture, upload


async def share(client: Client, files: list[int], **audience: Any) -> Any:
    to = audience or {"everyone": True}
    return await client.try_post(
        "/api/posts", {"kind": "share", "text": "见附件", "audience": to, "files": files}
    )


async def say(client: Client, group: int, files: list[int], text: str = "", client_id: str = "") -> Any:
    body = {"client_id": client_id or f"c-{files}", "text": text, "files": files}
    return await client.http.post(f"/api/conversations/{group}/messages", json=body)


def refused(answer: Any) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["field"], error["code"]


async def links(house: House, file_id: int) -> list[tuple[str, int]]:
    query = select(FileLink.kind, FileLink.ref_id).where(FileLink.file_id == file_id)
    return await house.company.read(lambda conn: [(row.kind, row.ref_id) for row in conn.execute(query)])


async def test_a_post_brings_its_files_to_every_reader_at_once(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    photo, paper = await upload(author, "现场.jpg", picture()), await upload(author, "合同.pdf", PDF)
    async with reader.live() as screen:
        post = (await share(author, [paper["id"], photo["id"]], people=[reader.id])).json()
        assert post["files"] == [paper, photo]
        event = await screen.event("post.published", id=post["id"])
    assert event["changes"][0]["data"]["files"] == [paper, photo]
    assert (await reader.get(f"/api/posts/{post['id']}"))["item"]["files"] == [paper, photo]
    assert (await download(reader, photo["id"], size="thumb")).headers["content-type"] == "image/webp"
    assert (await author.http.delete(f"/api/files/{photo['id']}")).status_code == 409
    stranger = await enter(shared, OUTSIDER)
    missing = await download(stranger, 999_999)
    for one in (photo, paper):
        answer = await download(stranger, one["id"])
        assert (answer.status_code, answer.content) == (404, missing.content)


async def test_a_message_may_be_nothing_but_files(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, reader.id)
    view = await upload(author, "clip.mp4", MP4)
    async with reader.live() as screen:
        sent = await say(author, group, [view["id"]])
        assert sent.status_code == 201, sent.text
        event = await screen.event("message.sent", id=sent.json()["id"])
    assert event["changes"][0]["data"]["files"] == [view]
    again = await say(author, group, [view["id"]])
    assert (again.status_code, again.json()) == (201, sent.json())
    other = await say(author, group, [], "words", client_id=sent.json()["client_id"])
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    page = await reader.get(f"/api/conversations/{group}/messages")
    assert page["items"][-1]["files"] == [view]
    assert refused(await say(author, group, [], "", client_id="empty")) == (422, "text", "required")


async def test_the_socket_carries_files_too(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, reader.id)
    view = await upload(author)
    async with author.live() as socket:
        await socket.say(op="send", conversation=group, client_id="s-files", text="", files=[view["id"]])
        sent = await socket.until(lambda frame: frame["op"] == "sent")
        await socket.say(op="send", conversation=group, client_id="s-again", text="", files=[view["id"]])
        problem = (await socket.until(lambda frame: frame["op"] == "refused"))["problem"]
    assert problem["errors"][0]["code"] == "not_ready"
    assert await links(shared, view["id"]) == [("message", sent["id"])]


async def test_a_share_may_be_nothing_but_files_and_is_named_by_them(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    body = {"kind": "share", "text": "  ", "audience": {"people": [reader.id]}}
    assert refused(await author.try_post("/api/posts", {**body, "files": []})) == (422, "text", "required")
    paper = await upload(author, "盘点表.txt", b"1,2")
    ask = {"people": [reader.id]}
    post = await author.post("/api/posts", {**body, "files": [paper["id"]], "receipts": ask})
    assert (post["text"], post["files"]) == ("", [paper])
    todos = (await reader.get("/api/todos"))["items"]
    assert "盘点表.txt" in [todo["title"] for todo in todos]
    await catch_up(shared.company)
    hits = (await reader.get("/api/search", q="盘点"))["items"]
    assert ("post", post["id"]) in [(hit["kind"], hit["id"]) for hit in hits]


@pytest.mark.parametrize("where", ["post", "message"])
async def test_only_ones_own_ready_files_are_attached_and_each_once(shared: House, where: str) -> None:
    author, other = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, other.id)

    async def hang(files: list[int]) -> Any:
        return await (share(author, files) if where == "post" else say(author, group, files))

    mine, theirs = await upload(author), await upload(other)
    unfinished = await begin(author, "a.txt", 5)
    for files in (
        [theirs["id"]],
        [unfinished["id"]],
        [mine["id"], theirs["id"]],
        [mine["id"], mine["id"]],
        [999_999],
    ):
        assert refused(await hang(files)) == (422, "files", "not_ready")
    assert refused(await hang(list(range(1, 22)))) == (422, "files", "too_long")
    assert await links(shared, mine["id"]) == []
    assert (await hang([mine["id"]])).status_code == 201
    assert refused(await share(author, [mine["id"]])) == (422, "files", "not_ready")
    assert len(await links(shared, mine["id"])) == 1


async def test_of_two_who_attach_the_same_file_at_once_one_wins(shared: House) -> None:
    author, other = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, other.id)
    for _ in range(3):
        view = await upload(author)
        answers = await asyncio.gather(
            share(author, [view["id"]]),
            say(author, group, [view["id"]], client_id=f"one-{view['id']}"),
            share(author, [view["id"]]),
            say(author, group, [view["id"]], client_id=f"two-{view['id']}"),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
        assert len(await links(shared, view["id"])) == 1


async def test_a_batch_with_one_bad_file_sends_the_other_messages(shared: House) -> None:
    author, other = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, other.id)
    good = [await upload(author) for _ in range(3)]
    wanted = [[good[0]["id"]], [999_999], [good[1]["id"], good[2]["id"]], []]
    answers = await asyncio.gather(
        *[say(author, group, files, "words", client_id=f"batch-{at}") for at, files in enumerate(wanted)]
    )
    assert [answer.status_code for answer in answers] == [201, 422, 201, 201]
    assert [len(answer.json()["files"]) for at, answer in enumerate(answers) if at != 1] == [1, 2, 0]


async def test_who_was_removed_keeps_the_files_of_their_span_only(shared: House) -> None:
    author, leaver = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, leaver.id)
    early, late = await upload(author), await upload(author)
    await say(author, group, [early["id"]])
    await author.delete(f"/api/conversations/{group}/members/{leaver.id}")
    await say(author, group, [late["id"]])
    assert (await download(leaver, early["id"])).status_code == 200
    assert (await download(leaver, late["id"])).status_code == 404
    newcomer = await enter(shared, SECOND_SELLER)
    await author.post(f"/api/conversations/{group}/members", {"people": [newcomer.id]})
    assert (await download(newcomer, late["id"])).status_code == 404


async def test_who_left_a_department_keeps_the_files_addressed_to_it_before(house: House) -> None:
    author, leaver = await enter(house, MANAGER), await enter(house, SELLER)
    department = await department_id(house, "华东/销售一部")
    kept, later = await upload(author), await upload(author)
    await share(author, [kept["id"]], departments=[department])
    await move(house, leaver.id, await department_id(house, "华南/深圳办"))
    await share(author, [later["id"]], departments=[department])
    assert (await download(leaver, kept["id"])).status_code == 200
    assert (await download(leaver, later["id"])).status_code == 404


async def test_files_are_found_by_their_names(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, reader.id)
    paper, table = await upload(author, "青岛框架协议.pdf", PDF), await upload(author, "青岛报价.txt", b"1,2")
    post = (await share(author, [paper["id"]], people=[reader.id])).json()["id"]
    message = (await say(author, group, [table["id"]])).json()["id"]
    await catch_up(shared.company)
    hits = (await reader.get("/api/search", q="青岛"))["items"]
    assert {("post", post), ("message", message)} <= {(hit["kind"], hit["id"]) for hit in hits}
    stranger = await enter(shared, OUTSIDER)
    assert (await stranger.get("/api/search", q="青岛框架"))["items"] == []


async def test_a_download_says_what_it_is_and_comes_in_parts(shared: House) -> None:
    author = await enter(shared, MANAGER)
    view = await upload(author, '季度 "报告".mp4', MP4)
    got = await download(author, view["id"])
    assert got.headers["content-type"] == "video/mp4"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "private, no-cache"
    assert got.headers["content-disposition"] == (
        "inline; filename=\"__ ____.mp4\"; filename*=UTF-8''%E5%AD%A3%E5%BA%A6%20_%E6%8A%A5%E5%91%8A_.mp4"
    )
    middle = await download(author, view["id"], headers={"Range": "bytes=4-11"})
    assert (middle.status_code, middle.content) == (206, b"ftypisom")
    assert middle.headers["content-range"] == f"bytes 4-11/{len(MP4)}"
    assert (await download(author, view["id"], headers={"Range": "bytes=99999-"})).status_code == 416
    unchanged = await download(author, view["id"], headers={"If-None-Match": got.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    saved = await download(author, view["id"], download=True)
    assert saved.headers["content-disposition"].startswith("attachment;")
    note = await download(author, (await upload(author, "a.csv", b"a,b"))["id"])
    assert note.headers["content-disposition"].startswith("attachment;")
    assert note.headers["content-type"].startswith("text/plain")
    assert (await author.http.get(f"/api/files/{view['id']}/content?size=huge")).status_code == 422


async def test_not_changed_is_said_only_to_who_may_still_read(shared: House) -> None:
    author, stranger = await enter(shared, MANAGER), await enter(shared, OUTSIDER)
    view = await upload(author)
    tag = (await download(author, view["id"])).headers["etag"]
    assert (await download(stranger, view["id"], headers={"If-None-Match": tag})).status_code == 404
