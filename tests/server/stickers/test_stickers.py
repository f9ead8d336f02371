"""The company's stickers (FEED-02): made of a picture that we encoded ourselves, seen by everybody, shown after their retirement."""

import asyncio
from typing import Any

import httpx2
import pytest

from server.background.reactions import catch_up
from server.stickers import stickers
from tests.feed.board import refusal
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, BOSS, MANAGER, SELLER, enter, enter_as, make_person
from tests.server.files.sending import download, film, picture, upload

__all__ = ["shared", "shared_settings"]


async def try_make(admin: Client, name: str, data: bytes, file_name: str = "one.png") -> httpx2.Response:
    file = await upload(admin, file_name, data)
    return await admin.try_post("/api/stickers", {"name": name, "file": file["id"]})


async def make(admin: Client, name: str, data: bytes = b"") -> dict[str, Any]:
    answer = await try_make(admin, name, data or picture("PNG", (128, 96)))
    made: dict[str, Any] = answer.raise_for_status().json()
    return made


async def offered(client: Client) -> list[int]:
    items = (await client.get("/api/stickers"))["items"]
    return [one["id"] for one in items if one["retired_at"] is None]


def wrong(response: httpx2.Response) -> tuple[str, str]:
    assert refusal(response) == (422, "invalid"), response.text
    error = response.json()["errors"][0]
    return error["field"], error["code"]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
async def test_everybody_who_is_signed_in_sees_a_sticker_and_its_picture_at_once(
    shared: House, kind: str
) -> None:
    admin, someone = await enter(shared, ADMINISTRATOR), await enter(shared, SELLER)
    outside = await enter_as(shared, await make_person(shared, f"X{kind}", "external", "external"))
    async with someone.live() as live:
        made = await make(admin, f"干杯{kind}", picture(kind, (200, 100)))
        told = await live.event("sticker.changed", id=made["id"])
        assert told["changes"][0]["data"] == made
    assert (made["file"]["kind"], made["file"]["width"], made["file"]["height"]) == ("picture", 200, 100)
    for client in (someone, outside):
        assert made["id"] in await offered(client)
        assert (await download(client, made["file"]["id"], size="thumb")).status_code == 200
    stranger = shared.anonymous()
    assert (await stranger.http.get("/api/stickers")).status_code == 401
    assert (await download(stranger, made["file"]["id"])).status_code == 401
    # It is no longer a file that could hang on something else.
    body = {"kind": "share", "text": "x", "audience": {"everyone": True}, "files": [made["file"]["id"]]}
    assert wrong(await admin.try_post("/api/posts", body)) == ("files", "not_ready")


async def test_a_moving_picture_goes_on_moving(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    made = await make(admin, "跳舞", film())
    answer = await download(admin, made["file"]["id"], size="full")
    assert (answer.headers["content-type"], answer.content[:3]) == ("image/gif", b"GIF")


async def test_what_is_no_small_picture_of_one_s_own_is_refused_at_its_field(shared: House) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    fine = picture("PNG", (64, 64))
    assert wrong(await try_make(admin, "大", picture("PNG", (513, 20)))) == ("file", "sticker_pixels")
    assert wrong(await try_make(admin, "字", b"words", "a.txt")) == ("file", "wrong_kind")
    for name, code in (
        ("", "required"),
        ("长" * 21, "too_long"),
        ("a]b", "characters"),
        ("a\u202eb", "characters"),
    ):
        assert wrong(await try_make(admin, name, fine)) == ("name", code)
    another = await upload(boss, "theirs.png", fine)
    for file in (another["id"], 10**9):
        refused = await admin.try_post("/api/stickers", {"name": "别人的", "file": file})
        assert wrong(refused) == ("file", "not_ready")
    once = await upload(admin, "once.png", fine)
    body = {"name": "一次", "file": once["id"]}
    tries = await asyncio.gather(*[admin.try_post("/api/stickers", body) for _ in range(3)])
    assert sorted(one.status_code for one in tries) == [201, 422, 422]
    seller = await enter(shared, SELLER)
    assert refusal(await try_make(seller, "我的", fine)) == (403, "forbidden")
    await shared.check()


async def test_what_was_sent_shows_it_after_its_retirement(shared: House) -> None:
    admin, someone, other = [await enter(shared, one) for one in (ADMINISTRATOR, SELLER, MANAGER)]
    made = await make(admin, "撒花")
    text = f":[撒花](sticker:{made['id']})"
    direct = await someone.post("/api/conversations", {"kind": "direct", "people": [other.id]})
    path = f"/api/conversations/{direct['id']}/messages"
    await someone.post(path, {"client_id": "s1", "text": text})
    shared_one = {"kind": "share", "text": text, "audience": {"people": [other.id]}}
    post = (await someone.post("/api/posts", shared_one))["id"]
    await other.post(f"/api/posts/{post}/comments", {"text": text})
    retired = await admin.put(f"/api/stickers/{made['id']}/retirement")
    assert retired["retired_at"] is not None
    assert made["id"] not in await offered(other)
    assert made["id"] in [one["id"] for one in (await other.get("/api/stickers"))["items"]]
    assert (await download(other, made["file"]["id"], size="thumb")).status_code == 200
    messages = (await other.get(path))["items"]
    assert messages[-1]["text"] == text
    # Words that are no marks: what is searched, and what a card says.
    await catch_up(shared.company)
    hits = (await other.get("/api/search", q="撒花"))["items"]
    assert {one["kind"] for one in hits} >= {"post", "comment", "message"}
    assert {one["snippet"]["text"] for one in hits if one["kind"] != "file"} == {"[撒花]"}
    await admin.delete(f"/api/stickers/{made['id']}/retirement")
    assert made["id"] in await offered(other)


async def test_they_stand_in_the_administrators_order_under_the_name_they_have_now(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, boss = await enter(shared, ADMINISTRATOR), await enter(shared, BOSS)
    made = [await make(admin, f"第{at}") for at in range(3)]
    wanted = [one["id"] for one in reversed(made)]
    await admin.put("/api/stickers/order", {"stickers": wanted})
    assert (await offered(boss))[:3] == wanted
    for wrong_order in ([*wanted, wanted[0]], [10**9]):
        refused = await admin.http.put("/api/stickers/order", json={"stickers": wrong_order})
        assert wrong(refused) == ("stickers", "changed")
    path = f"/api/stickers/{made[0]['id']}"
    answers = await asyncio.gather(
        *[
            client.http.patch(path, json={"version": 1, "name": f"新{at}"})
            for at, client in enumerate((admin, boss))
        ]
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    monkeypatch.setattr(stickers, "MOST", 1)
    full = await try_make(admin, "多", picture("PNG", (64, 64)))
    assert (refusal(full), full.json()["reason"]) == ((409, "wrong_state"), "stickers_full")
