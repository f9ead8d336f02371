"""The story the product exists for: a share that asks for receipts, given once, seen live (issue A, story step 3)."""

import asyncio
from datetime import UTC, datetime, timedelta

from tests.house import House


def tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


async def test_a_share_reaches_its_readers_live_and_collects_one_receipt_per_person(house: House) -> None:
    author, reader = await house.sign_in("1004"), await house.sign_in("1005")
    async with author.live() as wall, reader.live() as phone, reader.live() as desk:
        department = reader.me["person"]["department_ids"][0]
        post = await author.post(
            "/api/posts",
            {
                "kind": "share",
                "text": "1. 看样机\n2. 回电话\n\n@[刘洋](person:5)",
                "audience": {"departments": [department], "people": [1]},
                "receipts": {"departments": [department], "due_at": tomorrow()},
            },
        )
        for socket in (phone, desk):
            seen = await socket.event("post.published", id=post["id"])
            kinds = {change["kind"] for change in seen["changes"]}
            assert kinds == {"post", "receipt_ask"}
        todo = (await reader.get("/api/todos"))["items"][0]
        assert todo["source"] == {"kind": "post", "id": post["id"]}
        before = (await reader.get("/api/todos/counts"))["total"]

        answers = await asyncio.gather(
            *[reader.put(f"/api/posts/{post['id']}/receipt", {"version": 1}) for _ in range(6)]
        )
        assert len({answer["done_at"] for answer in answers}) == 1
        for socket in (phone, desk):
            given = await socket.event("receipt.given", post_id=post["id"])
            assert given["changes"][0]["data"]["state"] == "done"
        assert (await reader.get("/api/todos/counts"))["total"] == before - 1
        counted = await wall.event("receipts.counted", post_id=post["id"], done=1)
        assert counted["changes"][0]["data"]["asked"] == 3

    panel = await author.get(f"/api/posts/{post['id']}/receipts", column="unread")
    assert {row["person_id"] for row in panel["items"]} == {6, 7}
    reminded = await author.post(f"/api/posts/{post['id']}/receipts/remind")
    assert reminded["reminded"] == 2
    refused = await author.try_post(f"/api/posts/{post['id']}/receipts/remind")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_soon")
    assert refused.json()["until"] == reminded["next_at"]
