"""Comments: by and for who may read the post, numbered densely, changed within a day, deleted down to a stub, heard by who looks."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from feed.comments.models import Comment, CommentVersion
from feed.models import Post
from feed.policies import may_read, readers_among
from notifications.models import Notice
from server.audit.models import AuditEntry
from server.background.reactions import catch_up
from server.org.models import Person
from server.permissions.actor import load_actor
from server.work.work import Work
from tests.feed.board import move, publish, refusal, set_clock
from tests.feed.talk import change, comment, numbers, tallies, try_comment, watch
from tests.feed.test_acting import name_deputy
from tests.house import Client, House
from tests.server.api.people import (
    ADMINISTRATOR,
    BOSS,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    enter_as,
    everything,
    make_person,
)
from tests.server.files.sending import upload
from tests.server.realtime.crowd import all_heard


def at(person: int, name: str = "x") -> str:
    return f"@[{name}](person:{person})"


async def team(house: House) -> tuple[Client, Client, Client, int]:
    """A manager, two sellers of the department, and a post for all of them."""
    author, one, other = [await enter(house, number) for number in (MANAGER, SELLER, SECOND_SELLER)]
    department = await department_id(house, "华东/销售一部")
    return author, one, other, await publish(author, {"departments": [department]})


async def test_who_reads_the_post_comments_and_the_others_learn_of_nothing(shared: House) -> None:
    author, reader, _, post = await team(shared)
    outsider = await enter(shared, OUTSIDER)
    said = await comment(reader, post, f"**同意** {at(author.id)}", client_id="c-1")
    assert (said["number"], said["author_id"], said["version"], said["client_id"]) == (1, reader.id, 1, "c-1")
    assert said["mentions"]["people"] == [author.id]
    assert said["not_notified"] == {"people": [], "departments": []}
    answer = await comment(author, post, "谢谢", reply_to=said["id"])
    assert answer["number"] == 2
    page = await author.get(f"/api/posts/{post}/comments")
    assert [one["id"] for one in page["items"]] == [said["id"], answer["id"]]
    assert await tallies(reader, post) == (2, 0)
    await catch_up(shared.company)
    before = await everything(shared)
    one = f"/api/comments/{said['id']}"
    for method, path, body in (
        ("GET", f"/api/posts/{post}/comments", None),
        ("POST", f"/api/posts/{post}/comments", {"text": "?"}),
        ("GET", one, None),
        ("PATCH", one, {"version": 1, "text": "?"}),
        ("DELETE", one, None),
        ("GET", f"{one}/versions", None),
        ("GET", f"{one}/likes", None),
        ("PUT", f"{one}/like", {}),
        ("PUT", f"/api/posts/{post}/like", {}),
        ("PUT", f"/api/posts/{post}/follow", {}),
    ):
        refused = await outsider.http.request(method, path, json=body, headers={"Idempotency-Key": path})
        assert refusal(refused) == (404, "not_found"), (method, path)
    assert await everything(shared) == before


async def test_a_comment_is_refused_by_field(shared: House) -> None:
    author, reader, _, post = await team(shared)
    elsewhere = await comment(author, await publish(author, {"people": [reader.id]}))
    gone = await comment(author, post)
    await author.delete(f"/api/comments/{gone['id']}")
    await catch_up(shared.company)
    before = await everything(shared)
    for body, field, code in (
        ({"text": " \n"}, "text", "required"),
        ({"text": "x" * 8_001}, "text", "too_long"),
        ({"text": "@[x](person:999999)"}, "text", "mention_unknown"),
        ({"text": "@[everyone](everyone:0)"}, "text", "mention_unknown"),
        ({"text": "好", "reply_to": elsewhere["id"]}, "reply_to", "not_found"),
        ({"text": "好", "reply_to": 999_999}, "reply_to", "not_found"),
        ({"text": "好", "reply_to": gone["id"]}, "reply_to", "deleted"),
        ({"text": "好", "files": [999_999]}, "files", "not_ready"),
    ):
        refused = await reader.try_post(f"/api/posts/{post}/comments", body)
        assert refused.status_code == 422, body
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    assert await everything(shared) == before


async def test_the_same_key_is_one_comment_however_often_and_at_once_it_comes(shared: House) -> None:
    _, reader, _, post = await team(shared)
    answers = await asyncio.gather(*[try_comment(reader, post, "一次", key=f"twin-{post}") for _ in range(6)])
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert await numbers(reader, post) == [1]
    assert refusal(await try_comment(reader, post, "别的", key=f"twin-{post}")) == (
        409,
        "idempotency_mismatch",
    )
    assert refusal(await reader.http.post(f"/api/posts/{post}/comments", json={"text": "没有钥匙"})) == (
        422,
        "needs_key",
    )


async def test_many_at_once_are_numbered_densely_and_any_page_is_found_by_its_numbers(shared: House) -> None:
    author, one, other, post = await team(shared)
    await asyncio.gather(*[comment(who, post, f"第{n}句") for n in range(8) for who in (author, one, other)])
    assert await numbers(one, post, limit=100) == list(range(1, 25))
    assert await numbers(one, post, limit=5) == [20, 21, 22, 23, 24]
    assert await numbers(one, post, limit=5, before=20) == [15, 16, 17, 18, 19]
    assert await numbers(one, post, limit=5, after=3) == [4, 5, 6, 7, 8]
    assert await numbers(one, post, limit=6, around=12) == [9, 10, 11, 12, 13, 14]
    assert await numbers(one, post, limit=6, around=2) == [1, 2, 3, 4, 5, 6]
    assert await numbers(one, post, limit=6, around=24) == [21, 22, 23, 24]
    assert await numbers(one, post, limit=6, around=99) == [22, 23, 24]
    assert await numbers(one, post, before=1) == []


async def test_ten_thousand_comments_are_read_by_their_index(shared: House) -> None:
    author, reader, _, post = await team(shared)

    def fill(work: Work) -> None:
        row = {
            "post_id": post, "author_id": author.id, "client_id": "", "text": "好", "mentions": "{}",
            "created_at": work.now,
        }  # fmt: skip
        work.conn.execute(insert(Comment), [{**row, "number": n} for n in range(1, 10_001)])
        work.conn.execute(update(Post).where(Post.id == post).values(comments=10_000, last_comment=10_000))

    await shared.company.write(fill)
    assert await numbers(reader, post, limit=2) == [9_999, 10_000]
    assert await numbers(reader, post, limit=3, around=5_000) == [4_999, 5_000, 5_001]
    assert await tallies(reader, post) == (10_000, 0)
    said = await comment(reader, post, "第一万零一句")
    assert said["number"] == 10_001
    page = await reader.get("/api/posts", limit=1)
    shown = [one["data"]["number"] for one in page["also"] if one["kind"] == "comment"]
    assert shown == [10_000, 10_001]


async def test_the_author_changes_it_within_a_day_and_every_version_is_kept(house: House) -> None:
    author, reader, other, post = await team(house)
    said = await comment(reader, post, "第一版")
    path = f"/api/comments/{said['id']}"
    assert refusal(await change(author, said["id"], 1, "不是我的")) == (403, "forbidden")
    first = (await change(reader, said["id"], 1, f"第二版 {at(other.id)}")).json()
    assert (first["version"], first["mentions"]["people"]) == (2, [other.id])
    assert first["edited_at"] is not None
    assert refusal(await change(reader, said["id"], 1, "旧的")) == (409, "stale_version")
    twice = await asyncio.gather(*[change(reader, said["id"], 2, f"第三版 {n}") for n in range(4)])
    assert sorted(one.status_code for one in twice) == [200, 409, 409, 409]
    same = (
        await change(reader, said["id"], 3, next(one for one in twice if one.is_success).json()["text"])
    ).json()
    assert same["version"] == 3, "what says the same is no new version"
    kept = await other.get(f"{path}/versions")
    assert [(one["version"], one["text"][:3]) for one in kept["items"]] == [(2, "第二版"), (1, "第一版")]
    await set_clock(await enter(house, ADMINISTRATOR), timedelta(hours=25))
    for late in (await change(reader, said["id"], 3, "太晚"), await reader.http.delete(path)):
        assert refusal(late) == (409, "wrong_state")
        assert late.json()["reason"] == "comment_too_old"
        assert "until" in late.json()


async def test_a_deleted_comment_leaves_a_stub_and_its_words_only_to_the_audit(shared: House) -> None:
    _, reader, other, post = await team(shared)
    file = (await upload(reader))["id"]
    said = await comment(reader, post, "说错了", files=[file])
    answer = await comment(other, post, "哪里?", reply_to=said["id"])
    path = f"/api/comments/{said['id']}"
    assert (await other.http.get(f"/api/files/{file}/content")).status_code == 200
    assert refusal(await other.http.delete(path)) == (403, "forbidden")
    deleted = await asyncio.gather(*[reader.http.delete(path) for _ in range(4)])
    assert {one.status_code for one in deleted} == {204}
    stub = (await other.get(path))["item"]
    assert (stub["text"], stub["files"], stub["deleted_by"], stub["number"]) == ("", [], reader.id, 1)
    assert await tallies(other, post) == (1, 0)
    assert await numbers(other, post) == [1, 2]
    page = await other.get(f"/api/posts/{post}/comments", after=1)
    assert [one["data"]["text"] for one in page["also"] if one["kind"] == "comment"] == [""]
    assert page["items"][0]["reply_to"] == said["id"] == answer["reply_to"]
    for refused in (
        await change(reader, said["id"], 2, "回来"),
        await reader.http.put(f"{path}/like", json={}),
        await reader.http.get(f"{path}/versions"),
        await reader.http.get(f"{path}/likes"),
        await other.http.get(f"/api/files/{file}/content"),
    ):
        assert refused.status_code in (404, 409)

    def kept(conn: Any) -> tuple[str, int]:
        words = conn.execute(
            select(CommentVersion.text).where(CommentVersion.comment_id == said["id"])
        ).scalar_one()
        entries = conn.execute(
            select(func.count()).where(
                AuditEntry.act == "comment.deleted", AuditEntry.object_id == said["id"]
            )
        ).scalar_one()
        return words, entries

    assert await shared.company.read(kept) == ("说错了", 1)


async def test_who_moderates_deletes_any_that_they_may_read_however_old(house: House) -> None:
    author, reader, _, post = await team(house)
    administrator = await enter(house, ADMINISTRATOR)
    hidden = await comment(reader, post)
    assert refusal(await administrator.http.delete(f"/api/comments/{hidden['id']}")) == (404, "not_found")
    seen = await comment(author, await publish(author, {"people": [administrator.id]}))
    await set_clock(administrator, timedelta(days=30))
    await administrator.delete(f"/api/comments/{seen['id']}")
    stub = (await author.get(f"/api/comments/{seen['id']}"))["item"]
    assert stub["deleted_by"] == administrator.id


async def test_a_like_counts_once_however_many_press_at_once_and_however_often(shared: House) -> None:
    author, one, other, post = await team(shared)
    said = await comment(one, post)
    for path in (f"/api/posts/{post}/like", f"/api/comments/{said['id']}/like"):
        pressed = [who.http.put(path, json={}) for who in (author, one, other) for _ in range(5)]
        assert {answer.status_code for answer in await asyncio.gather(*pressed)} == {200}
        liked = await other.get(f"{path}s", limit=2)
        rest = await other.get(f"{path}s", limit=2, cursor=liked["next"])
        people = [row["person_id"] for row in (*liked["items"], *rest["items"])]
        assert sorted(people) == [author.id, one.id, other.id]
        assert rest["next"] is None
        released = [one.http.request("DELETE", path) for _ in range(5)]
        assert {answer.json()["likes"] for answer in await asyncio.gather(*released)} == {2}
        mixed = [one.http.request("PUT" if n % 2 else "DELETE", path) for n in range(9)]
        await asyncio.gather(*mixed)
    assert (await tallies(other, post))[0] == 1
    page = await other.get(f"/api/posts/{post}/comments")
    assert {"tally/comment_likes", "comment_like", "like"} <= {change["kind"] for change in page["also"]}
    await shared.check()


async def test_watchers_hear_everything_from_the_moment_they_look(shared: House) -> None:
    author, reader, other, post = await team(shared)
    first = await comment(author, post, "先说的")
    async with reader.live() as screen, other.live() as elsewhere:
        begun = await watch(screen, post)
        state = {(one["kind"], one["id"]): one.get("data") for one in begun["changes"]}
        assert state["comment", first["id"]]["text"] == "先说的"
        assert state["tally/comments", post] == {"post_id": post, "comments": 1, "last_number": 1}
        assert state["like", post] is None
        said = await comment(other, post, "后说的", reply_to=first["id"], client_id="c-9")
        event = await screen.event("comment.written", id=said["id"])
        assert event["echo"] == "c-9"
        assert [one["id"] for one in event["changes"]] == [said["id"], first["id"]]
        await change(other, said["id"], 1, "改过的")
        changed = await screen.event("comment.changed", id=said["id"])
        assert changed["changes"][0]["data"]["text"] == "改过的"
        await author.put(f"/api/comments/{said['id']}/like")
        assert (await screen.event("comment_likes.counted", comment_id=said["id"]))["changes"][0]["data"][
            "likes"
        ] == 1
        await reader.put(f"/api/posts/{post}/like")
        mine = await screen.event("like.moved")
        assert [(one["kind"], one["id"]) for one in mine["changes"]] == [("like", post)]
        assert (await screen.event("likes.counted", post_id=post))["changes"][0]["data"]["likes"] == 1
        await other.delete(f"/api/comments/{said['id']}")
        gone = await screen.event("comment.deleted", id=said["id"])
        assert gone["changes"][0]["data"]["text"] == ""
        await all_heard(shared, [screen, elsewhere])
        assert not [one for one in elsewhere.events if one["type"].startswith("comment.")], (
            "nobody looks there"
        )


async def test_a_watch_begun_amid_a_flood_misses_nothing(shared: House) -> None:
    author, reader, _, post = await team(shared)
    async with reader.live() as screen:
        flood = asyncio.gather(*[comment(author, post, str(n)) for n in range(30)])
        begun = await watch(screen, post)
        await flood
        await all_heard(shared, [screen])
        heard = [change for event in screen.events for change in event["changes"]]
        known = {one["data"]["number"] for one in (*begun["changes"], *heard) if one["kind"] == "comment"}
        counted = [one["data"] for one in begun["changes"] if one["kind"] == "tally/comments"]
        assert set(range(counted[0]["last_number"] + 1, 31)) <= known


async def test_who_loses_the_post_hears_no_more_of_it_and_cannot_send_what_was_typed(house: House) -> None:
    author, elsewhere = await enter(house, MANAGER), await department_id(house, "华南/深圳办")
    department = await department_id(house, "华东/销售一部")
    post = await publish(author, {"departments": [department]})
    newcomer = await enter_as(house, await make_person(house, "9002"))
    await move(house, newcomer.id, department)
    async with newcomer.live() as screen:
        await watch(screen, post)
        await comment(author, post, "还看得到")
        await screen.event("comment.written", post_id=post)
        await screen.event("comments.counted", post_id=post)
        # Joined after the post, so nothing of it stays (W18).
        await move(house, newcomer.id, elsewhere)
        await comment(author, post, "看不到了")
        mark = await publish(author, {"people": [newcomer.id]})
        await screen.event("post.published", id=mark)
        await all_heard(house, [screen])
        assert not [one for one in screen.events if one["type"].startswith("comment.")]
        ref = {"kind": "post", "id": post}
        await screen.say(op="watch", ref=ref)
        assert (await screen.until(lambda frame: frame["op"] == "error" and frame["ref"] == ref))[
            "code"
        ] == "not_found"
    assert refusal(await try_comment(newcomer, post, "写到一半")) == (404, "not_found")


async def test_whoever_keeps_the_post_goes_on_hearing_it_after_a_move(house: House) -> None:
    author, reader, _, post = await team(house)
    async with reader.live() as screen:
        await watch(screen, post)
        await move(house, reader.id, await department_id(house, "华南/深圳办"))
        said = await comment(author, post, "老同事还看得到")
        await screen.event("comment.written", id=said["id"])


async def test_who_may_read_is_the_same_from_both_sides(house: House) -> None:
    author, _, _, _ = await team(house)
    sales, east, south = [
        await department_id(house, path) for path in ("华东/销售一部", "华东", "华南/深圳办")
    ]
    stranger = await make_person(house, "G9", "external", "external")
    for person, where in ((5, south), (6, east), (stranger, sales)):
        await publish(author, {"departments": [sales]})
        await publish(author, {"everyone": True})
        await publish(author, {"departments": [east], "people": [stranger]})
        await move(house, person, where)

    def compare(conn: Any) -> int:
        people = list(conn.execute(select(Person.id).where(Person.state == "active")).scalars())
        cells = 0
        for post in conn.execute(select(Post.id)).scalars():
            from_there = readers_among(conn, post, people)
            for one in people:
                actor = load_actor(conn, one)
                assert actor is not None
                assert may_read(conn, actor, post) == (one in from_there), (post, one)
                cells += 1
        return cells

    assert await house.company.read(compare) > 200


async def told(client: Client) -> list[tuple[str, int]]:
    """(kind, id of the comment), newest first."""
    await catch_up(client.house.company)
    return [
        (one["kind"], one["about"]["id"])
        for one in (await client.get("/api/notifications"))["items"]
        if one["about"]["kind"] == "comment"
    ]


async def test_everybody_concerned_is_told_once_by_the_nearest_reason(house: House) -> None:
    author, one, other, post = await team(house)
    outsider, follower = await enter(house, OUTSIDER), await enter(house, "1007")
    await follower.put(f"/api/posts/{post}/follow")
    first = await comment(one, post, "第一句")
    assert await told(author) == [("post_comment", first["id"])]
    assert await told(follower) == [("post_comment", first["id"])]
    assert await told(other) == []
    text = f"{at(author.id)} {at(outsider.id)} 请看"
    second = await comment(other, post, text, reply_to=first["id"])
    assert second["not_notified"]["people"] == [outsider.id]
    assert (await told(author))[0] == ("comment_mention", second["id"])
    assert await told(one) == [("comment_reply", second["id"])]
    assert await told(outsider) == []
    assert len(await told(other)) == 0, "nobody is told of what they wrote themselves"
    await one.delete(f"/api/posts/{post}/follow")
    third = await comment(author, post, "第三句")
    assert (await told(one))[0] == ("comment_reply", second["id"]), "who wants no more of it is left alone"
    assert (await told(other))[0] == ("post_comment", third["id"])
    notice = (await other.get("/api/notifications"))["items"][0]
    assert (notice["within"], notice["number"], notice["title"]) == (
        {"kind": "post", "id": post},
        3,
        "第三句",
    )
    await other.delete(f"/api/posts/{post}/follow")
    await author.delete(f"/api/comments/{third['id']}")
    assert (await other.get("/api/notifications"))["items"][0]["title"] == ""
    rows = await house.company.read(
        lambda conn: conn.execute(select(Notice.key).where(Notice.about_kind == "comment")).scalars().all()
    )
    assert len(rows) == len(set(rows))


async def test_comments_are_found_by_who_may_read_the_post_and_open_it_there(house: House) -> None:
    author, reader, _, post = await team(house)
    outsider = await enter(house, OUTSIDER)
    said = await comment(reader, post, "验收单已经寄出", files=[(await upload(reader))["id"]])
    await catch_up(house.company)

    async def hits(client: Client, q: str, **more: Any) -> list[Any]:
        return [
            one for one in (await client.get("/api/search", q=q, **more))["items"] if one["kind"] == "comment"
        ]

    (hit,) = await hits(author, "验收单")
    assert (hit["id"], hit["post_id"], hit["number"]) == (said["id"], post, 1)
    assert await hits(author, "验收单", kind="comment")
    assert await hits(author, "验收单", **{"from": reader.id})
    assert not await hits(author, "验收单", **{"from": author.id}), (
        "it is the reader's, not the post's author's"
    )
    department = await department_id(house, "华东/销售一部")
    assert await hits(reader, "寄出", **{"in": f"department:{department}"})
    assert not await hits(outsider, "验收单")
    await change(reader, said["id"], 1, "发票已经寄出")
    await catch_up(house.company)
    assert not await hits(author, "验收单")
    assert await hits(author, "发票")
    await reader.delete(f"/api/comments/{said['id']}")
    await catch_up(house.company)
    assert not await hits(author, "发票")


async def test_a_deputy_comments_as_the_principal_where_either_may_look(house: House) -> None:
    boss, secretary, author = [await enter(house, one) for one in (BOSS, "1025", MANAGER)]
    assert (await name_deputy(boss, boss.id, secretary.id, "post")).status_code == 201
    both = await publish(author, {"people": [boss.id, secretary.id]})
    boss_only = await publish(author, {"people": [boss.id]})

    async def write_for(post: int) -> Any:
        headers = {"Tenfour-Acting-For": str(boss.id), "Idempotency-Key": f"for-{post}"}
        return await secretary.http.post(
            f"/api/posts/{post}/comments", json={"text": "王总说可以"}, headers=headers
        )

    said = (await write_for(both)).json()
    assert (said["author_id"], said["by_id"]) == (boss.id, secretary.id)
    assert refusal(await write_for(boss_only)) == (404, "not_found")
