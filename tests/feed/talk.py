"""Acts on comments and likes as their tests need them."""

from typing import Any

import httpx2

from tests.house import Client, Live


async def try_comment(client: Client, post: int, text: str = "好", **more: Any) -> httpx2.Response:
    key = more.pop("key", None)
    return await client.try_post(f"/api/posts/{post}/comments", {"text": text, **more}, key=key)


async def comment(client: Client, post: int, text: str = "好", **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await try_comment(client, post, text, **more)).raise_for_status().json()
    return answer


async def change(client: Client, comment: int, version: int, text: str) -> httpx2.Response:
    return await client.http.patch(f"/api/comments/{comment}", json={"version": version, "text": text})


async def numbers(client: Client, post: int, **page: int) -> list[int]:
    found = await client.get(f"/api/posts/{post}/comments", **page)
    return [one["number"] for one in found["items"]]


async def tallies(client: Client, post: int) -> tuple[int, int]:
    """(comments, likes) of a post as its page shows them."""
    also = (await client.get(f"/api/posts/{post}"))["also"]
    found = {
        one["kind"]: one["data"] for one in also if one["id"] == post and one["kind"].startswith("tally/")
    }
    return found["tally/comments"]["comments"], found["tally/likes"]["likes"]


async def watch(live: Live, post: int) -> dict[str, Any]:
    """The state from which the watch goes on."""
    ref = {"kind": "post", "id": post}
    await live.say(op="watch", ref=ref)
    return await live.until(lambda frame: frame["op"] == "watching" and frame["ref"] == ref)
